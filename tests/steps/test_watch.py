"""The watch: collect again and again, whatever becomes of the share."""

from itertools import islice

from auditdocs.errors import Unavailable
from auditdocs.steps.office import at_work
from auditdocs.steps.watch import rounds
from tests.makers.offices import Office

PACE = 0.02


def test_what_is_dropped_is_taken_in_the_next_round(office):
    office.drops_council(children=40)
    with office.open() as opened, at_work(opened) as beat:
        watch = rounds(opened, every=PACE, beat=beat)
        assert {came.outcome for came in next(watch).returns} == {"extract", "register"}
        office.drops("scan.pdf", b"%PDF")
        assert [came.outcome for came in next(watch).returns] == ["set-aside"]


def test_a_share_that_is_gone_is_told_and_taken_up_again_when_it_is_back(office):
    away = office.root / "away"
    with office.open() as opened, at_work(opened) as beat:
        watch = rounds(opened, every=PACE, beat=beat)
        next(watch)
        office.inbox.rename(away)
        assert isinstance(next(watch), Unavailable)
        away.rename(office.inbox)
        office.drops("scan.pdf", b"%PDF")
        assert next(watch).ended("set-aside")


def test_forms_that_are_due_go_out_when_an_extract_comes_where_settings_say_so(tmp_path):
    settings = "[inbox]\nsettled = 0\n[on_extract]\nissue = ['completeness']\n"
    office = Office.made(tmp_path / "office", settings=settings)
    office.drops_council(children=40)
    with office.open() as opened, at_work(opened) as beat:
        list(islice(rounds(opened, every=PACE, beat=beat), 1))
    assert {audit.status for audit in office.audits()} == {"issued"}
