"""Collect: every file in exactly one end state, whatever comes and wherever it stops."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditdocs.documents.forms.answer import answered
from auditdocs.errors import UsageFault
from auditdocs.places.archive import is_sound
from auditdocs.places.journal import Journal
from auditdocs.places.journal.returns import records, returns
from auditdocs.rules.made_up.answers import made_up_answers
from auditdocs.steps.check import differences
from auditdocs.steps.collect import collected
from auditdocs.steps.explain import explained
from auditdocs.steps.issue import blanks, issued
from auditdocs.steps.set_aside import put_back, set_aside
from auditdocs.steps.standing import status, withdrawn
from auditdocs.steps.wish import Wish
from tests import outline
from tests.makers.damaged_forms import as_pandoc_leaves_it
from tests.makers.offices import DATA_DATE, Office
from tests.makers.refusing_disk import REFUSALS, THOUGH_DONE, refusing

DAY = DATA_DATE + timedelta(days=10)


class PowerCut(BaseException):
    """The machine stops."""


@contextmanager
def power_cut(monkeypatch, after):
    """The power goes after so many writes to disk or journal."""
    left = [after]

    def counted(action):
        def done(*arguments, **options):
            if left[0] == 0:
                raise PowerCut
            left[0] -= 1
            return action(*arguments, **options)

        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", counted(os.replace))
        patch.setattr(Path, "unlink", counted(Path.unlink))
        patch.setattr(Journal, "transaction", counted(Journal.transaction))
        try:
            yield left
        except PowerCut:
            left.append("cut")


@pytest.fixture(name="out")
def out_(office):
    """The Completeness forms of a small council, issued."""
    office.drops_council(children=40)
    office.work(collected)
    return office.work(issued, Wish(type="completeness")).audits


def outcomes(office):
    """How every returned form ended, by audit id."""
    with office.open() as opened:
        found = [came for _, came in returns(opened.journal)]
    return sorted((came.audit_id, came.outcome) for came in found if came.audit_id)


def test_a_form_is_accepted_archived_and_gone_from_the_inbox(office, out):
    audit = out[0]
    office.drops("anything.docx", office.answers(audit, DAY))
    took = office.work(collected, today=DAY)
    assert [came.outcome for came in took.returns] == ["accepted"]
    home = office.audit(audit.audit_id)
    assert (home.status, home.returned, home.date_audited) == ("accepted", DAY, DAY)
    assert is_sound(office.root / home.archived, home.sha256)
    assert office.tree("inbox") == []


def test_a_stop_after_any_write_loses_nothing_and_counts_nothing_twice(
    tmp_path, monkeypatch, office, out
):
    good, faulty, again = out[0], out[1], out[2]
    dropped = {
        "good.docx": office.answers(good, DAY),
        "faulty.docx": office.form(faulty),
        "again.docx": office.answers(again, DAY),
        "again too.docx": office.answers(again, DAY),
    }
    expected, cut = None, 0
    for writes in (1_000, *range(0, 60, 7)):
        here = copy_of(office, tmp_path / f"after {writes}")
        for name, data in dropped.items():
            here.drops(name, data)
        with power_cut(monkeypatch, writes) as left:
            here.work(collected, today=DAY)
        the_process_is_dead(here)
        here.work(collected, today=DAY)
        ended = (outcomes(here), [r.audit_id for r in here.work(lambda o: records(o.journal))])
        expected = expected or ended
        assert ended == expected, f"stopped after {writes} writes"
        assert here.tree("inbox") == []
        assert here.work(differences)[1] == ()
        assert len(here.tree("outbox/set-aside")) == 2
        cut += "cut" in left
    assert cut > 5
    assert expected[0] == sorted(
        [
            (good.audit_id, "accepted"),
            (again.audit_id, "accepted"),
            (again.audit_id, "duplicate"),
            (faulty.audit_id, "set-aside"),
        ]
    )


def test_a_stop_while_forms_go_out_leaves_the_same_forms_to_go_out(tmp_path, monkeypatch, office):
    office.drops_council(children=40)
    office.work(collected)
    expected = None
    for writes in (0, 1, 2, 3, 5, 1000):
        here = copy_of(office, tmp_path / f"after {writes}")
        with power_cut(monkeypatch, writes):
            here.work(issued, Wish(type="completeness"))
        the_process_is_dead(here)
        here.work(issued, Wish(type="completeness"))
        forms = [name for name in here.tree("outbox/forms") if "C-2026" in name]
        expected = expected or forms
        assert forms == expected, f"stopped after {writes} writes"
        assert {audit.status for audit in here.audits()} == {"issued"}


def the_process_is_dead(office):
    """Its locks name a process that is no more; here it would be our own."""
    for lock in ("lock", "turn"):
        (office.root / ".auditdocs" / lock).unlink(missing_ok=True)


def copy_of(office, root):
    """The same office somewhere else."""
    shutil.copytree(office.root, root)
    return Office(root)


def test_a_form_that_the_journal_refuses_holds_up_none_that_came_with_it(office, out):
    refused, *others = out[:20]
    for audit in out[:20]:
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY))
    with office.open() as opened:
        opened.journal.connection.execute(
            "CREATE TRIGGER refuses BEFORE INSERT ON records "
            f"WHEN NEW.audit_id = '{refused.audit_id}' BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
    took = office.work(collected, today=DAY)
    assert {came.audit_id for came in took.returns} == {audit.audit_id for audit in others}
    assert [Path(each.file).stem for each in took.waiting] == [refused.audit_id]
    assert office.tree("inbox") == [f"{refused.audit_id}.docx"]


def test_a_change_that_was_made_though_the_disk_denied_it_is_not_made_again(office, out):
    for audit in out[:3]:
        office.drops(f"{audit.audit_id}.docx", office.answers(audit, DAY))
    with refusing(office.root, refusal=REFUSALS[2], mode=THOUGH_DONE, only="COMMIT") as share:
        took = office.work(collected, today=DAY)
    assert share.refused == ["COMMIT journal"]
    assert [came.outcome for came in took.returns] == ["accepted"] * 3
    assert outcomes(office) == [(audit.audit_id, "accepted") for audit in out[:3]]
    assert office.tree("inbox") == []


def test_a_corrected_form_takes_the_earlier_ones_place(office, out):
    audit = out[0]
    office.drops("first.docx", office.answers(audit, DAY))
    office.work(collected, today=DAY)
    office.drops("better.docx", office.answers(audit, DAY, seed="better"))
    took = office.work(collected, today=DAY + timedelta(days=5))
    assert [(came.version, came.outcome) for came in took.returns] == [(2, "accepted")]
    assert [came.file for came in took.superseded] == ["inbox/first.docx"]
    assert took.returns[0].details["Changed"]
    assert office.audit(audit.audit_id).returned == DAY
    assert len(office.tree("archive/2026/Completeness")) == 2


def test_another_auditors_answers_go_to_a_person(office, out):
    audit = out[0]
    office.drops("mine.docx", office.answers(audit, DAY, signed_worker="Ann Archer"))
    office.work(collected, today=DAY)
    office.drops("theirs.docx", office.answers(audit, DAY, seed="x", signed_worker="Bob Bow"))
    took = office.work(collected, today=DAY)
    assert [came.reasons[0].code for came in took.returns] == ["second-auditor"]
    assert office.audit(audit.audit_id).form_version == 1


def test_a_form_of_somebody_elses_is_set_aside(office, out):
    form = office.answers(out[0], DAY)
    other = Office.made(office.root.parent / "other")
    other.drops_council(children=40)
    other.work(collected)
    other.drops("theirs.docx", form)
    took = other.work(collected, today=DAY)
    assert [came.reasons[0].code for came in took.returns] == ["unknown-audit"]


def test_a_form_for_a_withdrawn_audit_is_kept_and_said(office, out):
    office.work(withdrawn, out[0].audit_id, reason="Zquorn moved away", today=DAY)
    office.drops("late.docx", office.answers(out[0], DAY))
    took = office.work(collected, today=DAY)
    (reason,) = took.returns[0].reasons
    assert (reason.code, "Zquorn" in reason.text) == ("withdrawn", False)
    assert f"was withdrawn on {DAY:%d/%m/%Y}" in reason.text
    told = office.work(explained, out[0].audit_id)
    assert told.events[-1][1:] == ("withdrawn", "why stands in the ledger, on the sheet Forms out")
    assert (office.root / took.returns[0].stored).is_file()


def test_a_form_that_somebody_has_open_waits(office, out):
    office.drops("open.docx", office.answers(out[0], DAY))
    owner = office.drops("~$open.docx", b"\x03Ann")
    took = office.work(collected, today=DAY)
    assert [(each.file, took.returns) for each in took.waiting] == [("inbox/open.docx", ())]
    owner.unlink()
    assert office.work(collected, today=DAY).ended("accepted")


def test_a_file_that_is_still_growing_is_left_alone(tmp_path):
    office = Office.made(tmp_path / "slow", settings="[inbox]\nsettled = 5\n")
    half = office.drops("coming.docx", b"PK half")
    with office.open(DAY) as opened:

        def arrives(seconds):
            half.write_bytes(b"PK half and more")

        took = collected(replace(opened, clock=replace(opened.clock, pause=arrives)))
    assert [each.file for each in took.waiting] == ["inbox/coming.docx"]
    assert half.exists()


def a_blank_filled_in(office, audit):
    """The intranet's form with the answers, the child and the auditor of an audit."""
    (place,) = office.work(blanks, [audit.type])
    with office.open() as opened:
        said = made_up_answers(opened.contract(audit.type), audit, audited=DAY)
    header = {"child_id": audit.child_id, "auditor": audit.auditor}
    blank = (office.root / place).read_bytes()
    return answered(blank, {**said.answers, **header}, said.recommendations)


def test_a_blank_form_from_the_intranet_finds_the_audit_that_is_out(office, out):
    office.drops("blank.docx", a_blank_filled_in(office, out[0]))
    took = office.work(collected, today=DAY)
    assert [(came.audit_id, came.outcome) for came in took.returns] == [
        (out[0].audit_id, "accepted")
    ]


def test_the_note_of_a_form_to_mend_says_how_its_answers_were_found(office, out):
    faulty = office.answers(out[0], DAY, date_audited="soon")
    office.drops("faulty.docx", as_pandoc_leaves_it(faulty))
    (came,) = office.work(collected, today=DAY).ended("set-aside")
    assert "Found by their place in the form" in came.details["To know"]
    told = outline.text(outline.part((office.root / came.note).read_bytes(), "word/document.xml"))
    assert f"How the form was read: {came.details['To know']}" in told


def test_a_blank_form_that_pandoc_saved_is_known_by_its_title(office, out):
    office.drops("blank.docx", as_pandoc_leaves_it(a_blank_filled_in(office, out[0])))
    (came,) = office.work(collected, today=DAY).ended("accepted")
    assert came.audit_id == out[0].audit_id
    assert "Found by their place in the form" in came.details["To know"]


def test_a_blank_form_for_a_case_nobody_chose_is_an_unplanned_audit(office, out):
    """Its version has been followed by another since it was put on the intranet."""
    audit = out[0]
    (place,) = office.work(blanks, ["completeness"])
    changed = office.root / "templates/forms/completeness.toml"
    text = changed.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    changed.write_text(text.replace('id = "c_ids"', 'id = "c_numbers"'), encoding="utf-8")
    with office.open() as opened:
        asked = opened.editions()[audit.fingerprint]
        said = made_up_answers(asked, audit, audited=DAY)
    header = {"child_id": audit.child_id, "auditor": "Somebody Else"}
    blank = (office.root / place).read_bytes()
    office.drops("blank.docx", answered(blank, {**said.answers, **header}, said.recommendations))
    took = office.work(collected, today=DAY)
    assert [came.outcome for came in took.returns] == ["accepted"]
    new = office.audit(took.returns[0].audit_id)
    assert (new.auditor, new.child_id, new.version) == ("Somebody Else", audit.child_id, 1)
    assert new.audit_id not in {each.audit_id for each in out}


def test_a_form_mended_under_a_new_name_leaves_no_note_behind(office, out):
    office.drops("empty.docx", office.form(out[0]))
    office.drops("other.docx", office.form(out[1]))
    office.work(collected, today=DAY)
    aside = office.root / "outbox/set-aside"
    (aside / "empty.docx").unlink()
    (aside / "mended.docx").write_bytes(office.answers(out[0], DAY))
    (aside / "other.docx").rename(aside / "renamed.docx")
    office.work(put_back, ("mended.docx",))
    assert office.tree("outbox/set-aside") == ["other.docx.note.docx", "renamed.docx"]


def test_set_aside_files_are_tried_again_when_they_are_put_back(office, out):
    office.drops("mended.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    assert len(office.work(set_aside)) == 1
    (office.root / "outbox/set-aside/mended.docx").write_bytes(office.answers(out[0], DAY))
    office.work(put_back, ("mended.docx",))
    assert office.tree("outbox/set-aside") == []
    assert office.work(collected, today=DAY).ended("accepted")


def test_a_set_aside_file_is_named_as_the_list_shows_it(office, out):
    office.drops("blank.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    for folder in ("", "outbox/set-aside/"):
        with pytest.raises(UsageFault, match=r'Did you mean "blank\.docx"'):
            office.work(put_back, (f"{folder}blnk.docx",))
    assert len(office.work(put_back, ("outbox\\set-aside\\blank.docx",))) == 1


def test_a_file_mended_where_it_lies_is_tried_anew_and_its_note_goes(office, out):
    office.drops("mended.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    (office.root / "outbox/set-aside/mended.docx").write_bytes(office.answers(out[0], DAY))
    files = office.work(put_back, ())
    assert office.work(collected, files, today=DAY).ended("accepted")
    assert office.tree("outbox/set-aside") == []
    assert office.work(set_aside) == ()
    assert [outcome for _, outcome in outcomes(office)] == ["accepted", "set-aside"]


def test_a_file_tried_again_that_is_still_wrong_lies_there_once_with_one_note(office, out):
    office.drops("wrong.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    faulty = office.answers(out[0], DAY, date_audited="31/02/2026")
    (office.root / "outbox/set-aside/wrong.docx").write_bytes(faulty)
    for _ in range(2):
        files = office.work(put_back, ("wrong.docx",))
        assert office.work(collected, files, today=DAY).ended("set-aside")
    assert office.tree("outbox/set-aside") == ["wrong.docx", "wrong.docx.note.docx"]
    ((_, came),) = office.work(set_aside)
    assert [reason.code for reason in came.reasons] == ["not-a-date"]


def test_a_set_aside_file_that_was_renamed_is_known_by_its_content(office, out):
    office.drops("wrong.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    ((before, _),) = office.work(set_aside)
    folder = office.root / "outbox/set-aside"
    (folder / "wrong.docx").rename(folder / "renamed.docx")
    ((number, came),) = office.work(set_aside)
    assert (number, came.stored) == (before, "outbox/set-aside/renamed.docx")
    files = office.work(put_back, ())
    assert office.work(collected, files, today=DAY).ended("set-aside")
    assert office.tree("outbox/set-aside") == ["renamed.docx", "renamed.docx.note.docx"]


def test_a_form_mended_and_saved_under_another_name_is_listed_and_tried(office, out):
    office.drops("wrong.docx", office.form(out[0]))
    office.work(collected, today=DAY)
    folder = office.root / "outbox/set-aside"
    (folder / "wrong.docx").unlink()
    (folder / "mended.docx").write_bytes(office.answers(out[0], DAY))
    (folder / "~$mended.docx").write_bytes(b"\x04Anna")
    ((number, came),) = office.work(set_aside)
    assert (number, came.reasons[0].code) == (0, "put-by-hand")
    assert any("retry" in item.text for item in office.work(status))
    files = office.work(put_back, ("mended.docx",))
    assert office.work(collected, files, today=DAY).ended("accepted")
    assert office.work(set_aside) == ()


def test_a_form_from_a_contract_changed_since_is_read_by_its_own(office, out):
    contract = office.root / "templates/forms/completeness.toml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    office.drops("old.docx", office.answers(out[0], DAY))
    assert office.work(collected, today=DAY).ended("accepted")


def test_the_ledger_open_in_excel_makes_rows_wait_and_loses_none(office, out):
    owner = office.root / "~$ledger.xlsx"
    owner.write_bytes(b"\x0bKaren Smith" + b"\0" * 40)
    office.drops("good.docx", office.answers(out[0], DAY))
    took = office.work(collected, today=DAY)
    assert took.ended("accepted")
    assert took.posting.pending > 0
    assert "Karen Smith" in took.posting.problem.text
    owner.unlink()
    assert office.work(collected, today=DAY).posting.posted > 0
    assert office.work(differences)[1] == ()


def test_a_day_after_the_return_is_no_day_of_an_audit(office, out):
    tomorrow = date.fromordinal(DAY.toordinal() + 1)
    office.drops("early.docx", office.answers(out[0], tomorrow))
    took = office.work(collected, today=DAY)
    codes = [reason.code for reason in took.returns[0].reasons]
    assert codes == ["date-in-future"]
