"""The effective project: what Compose sees of files and an environment, each value with its place.

    call = Call(files=("compose.yaml",), environment=process_environment(), is_here=True)
    project = load_project(call)

`call` says what is asked for, as on the command line, and finds files and variables; `project` is
the way in. A document goes through these modules in turn, which stand for Compose's own steps:

`interpolation`
    aliases followed, variables replaced, texts cast (where: `casts`);
`including`, `resets`, `extending`
    what other files and services supply, and what the document takes away;
`merge`, `unicity`
    laid over what was there before; then it is a Stage, whose shape Compose judges;
`canonical` (with `short_forms`)
    everything in its long form.

At the end `defaults`, `locations` (paths) and `normal` (with `implied_dependencies`) complete the
tree, and `service_files` reads env files and label files. The result is a tree of the nodes of
`composecheck.yaml`, without aliases and merge keys. What has become of a value stands beside it in
the tables of the Project: the text with the place of each character, the short form, what a value
has replaced, what is written nowhere. What Compose would refuse on the way is a `problem`.

`model` prints: plain data as `docker compose config` has it, and where each value was set;
`go_yaml` and `go_json` make the text. `listings` has the short lists.
"""
