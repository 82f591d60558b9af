"""What `composecheck config` prints: the effective project, as `docker compose config` does.

`calling` makes a call of it, `verdicts` says whether there is anything to print, `printing` prints
the project, `origins` where each of its values came from.
"""
