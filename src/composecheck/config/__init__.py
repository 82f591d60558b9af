"""What `composecheck config` prints: the effective project, as `docker compose config` does.

`verdicts` says whether there is anything to print, `printing` prints the project or a list of what
it has, `origins` where each of its values came from. `kept_variables` knows what Compose refuses
only where variables stay as they are written.
"""
