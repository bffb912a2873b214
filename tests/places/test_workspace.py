"""The workspace's places: none runs into another, least of all into the inbox."""

import pytest

from auditdocs.places.workspace import Workspace, run_together


@pytest.mark.parametrize(
    ("elsewhere", "told"),
    [
        ({}, ()),
        ({"inbox": "/share/in", "archive": "kept/here", "outbox": "outbox/inbox"}, ()),
        ({"ledger": "outbox/ledger.xlsx", "inbox": "outbox/back"}, ()),
        ({"archive": "inbox/kept"}, ("archive",)),
        ({"inbox": "outbox/.."},
         ("outbox, archive, ledger, templates, journal, auditdocs.toml",)),
        ({"inbox": "ROOT"},
         ("outbox, archive, ledger, templates, journal, auditdocs.toml",)),
        ({"inbox": "outbox/forms"}, ("inbox holds outbox/forms:",)),
        ({"inbox": "templates/forms"}, ("inbox holds templates/forms:",)),
        ({"inbox": ".auditdocs", "journal": "C/kept"}, ("inbox holds .auditdocs:",)),
        ({"outbox": ".", "templates": "."}, ("outbox and templates are one",)),
        ({"outbox": ".", "archive": "old"}, ()),
        ({"outbox": "inbox"}, ("inbox holds outbox:",)),
        ({"outbox": "archive"}, ("outbox and archive are one place",)),
        ({"journal": "./ledger.xlsx", "templates": "outbox/"},
         ("outbox and templates are one", "ledger and journal are one")),
    ],
)  # fmt: skip
def test_places_that_run_together_are_told(tmp_path, elsewhere, told):
    moved = {name: place.replace("ROOT", str(tmp_path)) for name, place in elsewhere.items()}
    found = run_together(Workspace(tmp_path, moved))
    assert len(found) == len(told)
    assert all(words in line for words, line in zip(told, found, strict=True)), found
