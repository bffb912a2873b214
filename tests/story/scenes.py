"""Commands that are to be interrupted, each in an office of its own, and how all must stand after.

A command may be killed, or the disk may refuse it; whatever becomes of it, one more run finishes
what was begun. See kills.py and refusals.py.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from auditdocs.places.archive import is_sound
from auditdocs.places.journal.returns import records, returns, unfinished
from auditdocs.places.journal.soundness import journal_faults
from auditdocs.steps.check import differences
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.office import opened
from auditdocs.steps.tidy import tidied
from auditdocs.steps.turns import at_work
from auditdocs.steps.wish import Wish
from tests.makers.offices import DATA_DATE, Office, a_clock
from tests.makers.wrong_files import a_zip

DAY = DATA_DATE + timedelta(days=10)


@dataclass(frozen=True)
class Scene:
    """A command, the office it is run in, and the run that follows."""

    command: tuple
    office: Office
    again: Callable

    @property
    def words(self):
        """What comes before the command, but for the workspace, and the command."""
        return ("--today", DAY.isoformat(), *self.command)

    def copied(self, root):
        """The office as it was before the command."""
        shutil.copytree(self.office.root, root)
        return Office(root)


def scenes(root):
    """Forms going out; and everything that can come home, taken in once and by a watch."""
    issuing = Office.made(root / "issuing")
    issuing.drops_council(children=30)
    issuing.work(collected)
    home = Office(root / "home")
    shutil.copytree(issuing.root, home.root)
    out = home.work(issued, Wish(type="completeness")).audits
    home.drops("good.docx", home.answers(out[0], DAY))
    home.work(collected, today=DAY)
    home.drops("again.docx", home.answers(out[0], DAY))
    home.drops("corrected.docx", home.answers(out[0], DAY, seed="two"))
    home.drops("faulty.docx", home.form(out[1]))
    home.drops("forms.zip", a_zip(("one.docx", home.answers(out[2], DAY))))
    home.drops("scan.pdf", b"%PDF")
    home.drops_council(children=31, data_date=DAY)
    return (
        Scene(("issue", "completeness"), issuing, _issued_again),
        Scene(("collect",), home, _collected_again),
        Scene(("watch", "--every", "0.1", "--rounds", "2"), home, _collected_again),
    )


def _issued_again(office):
    office.work(issued, Wish(type="completeness"), today=DAY)
    _collected_again(office)


def _collected_again(office):
    """When whatever was put off is due again."""
    later = replace(a_clock(), seconds=lambda: time.time() + 60)
    with opened(office.root, today=DAY, clock=later) as open_, at_work(open_):
        collected(open_)
        tidied(open_)


def stands(office):
    """How everything stands: how each file ended, and each audit. Asserts that all is sound.

    Each file has one end, each accepted audit one record, one row and its archived file; ledger and
    journal are sound, and nothing half done lies about.
    """
    with office.open(DAY) as open_:
        assert unfinished(open_.journal) == ()
        ended = Counter((came.audit_id, came.outcome) for _, came in returns(open_.journal))
        kept = sorted(record.audit_id for record in records(open_.journal))
    audits = office.audits()
    home = [audit for audit in audits if audit.is_home]
    assert kept == sorted(audit.audit_id for audit in home)
    assert all(is_sound(office.root / each.archived, each.sha256) for each in home)
    assert all((office.root / each.file).is_file() for each in audits)
    assert office.tree("inbox") == []
    assert office.tree(".auditdocs/work") == []
    assert [name for name in office.tree("") if name.endswith(".tmp")] == []
    assert office.work(differences, today=DAY)[1] == ()
    assert journal_faults(office.root / ".auditdocs/journal.sqlite3") == ()
    aside = [name for name in office.tree("outbox/set-aside") if not name.endswith("note.docx")]
    return ended, sorted((each.audit_id, each.child_id, each.status) for each in audits), aside
