"""auditdocs: case audits for an English children's service, on Word forms and shared folders.

The house is one corridor. A piece of data walks down it, changes its type at each door, and
never walks back::

    cli/         options in, one step, one summary out; the only room that talks to the terminal
    steps/       the order of things: gather, decide, apply
    places/      paths to bytes, rows and values; the only room on disk
    documents/   bytes to values; no paths, no clock
    rules/       the procedure, pure
    model/       the nouns, frozen, in the order in which data becomes them
    errors.py    what a person may see

``cli -> steps -> places | documents -> rules -> model -> errors``: a room calls only the rooms
below it. Going out, ``rows -> Case -> Selection -> Audit -> filled form``; coming home,
``file -> Package -> Form -> Record or set aside -> ledger row -> Finding -> report``. Past a door
nothing is checked again.
"""

__version__ = "1.0.0"
