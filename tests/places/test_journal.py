"""The journal: what goes in comes out, all of a change or none of it."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import PurePosixPath, PureWindowsPath

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.errors import Unavailable
from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.extract import Extract, Register, RowProblem
from auditdocs.model.form import Answer, Reason, Recommendation, Record, Return
from auditdocs.model.people import Person
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.places import journal as journals
from auditdocs.places.journal import audits, caseload, posted, returns
from auditdocs.places.journal.codec import decoded, encoded
from auditdocs.places.journal.copies import keep_copy, newest_copy
from auditdocs.places.journal.day_book import changes
from auditdocs.places.journal.soundness import journal_faults, read_only
from tests.makers.cases import TODAY, a_case, a_person, an_audit
from tests.makers.records import a_record

KINDS = (Case, Person, Audit, Selection, Record, Return, Extract, Register)
WORDS = st.text(max_size=12)
MAPPINGS = st.dictionaries(WORDS, WORDS, max_size=3)
for mapped in (Audit, Extract, Register, Record, Return):
    st.register_type_strategy(
        mapped,
        lambda kind, mapped=mapped: st.builds(
            kind,
            **{
                name: MAPPINGS
                for name in ("header", "mapping", "comments", "fields", "details")
                if name in kind.__dataclass_fields__
            },
        ),
    )


@pytest.fixture(name="journal")
def journal_(tmp_path):
    """An open journal."""
    opened = journals.opened(tmp_path / "state" / "journal.sqlite3", day=TODAY)
    yield opened
    opened.close()


@given(st.one_of(*(st.from_type(kind) for kind in KINDS)))
def test_every_value_of_the_model_comes_out_as_it_went_in(value):
    assert decoded(type(value), encoded(value)) == value


@pytest.mark.parametrize("kind", [RowProblem, Answer, Reason, Recommendation, Pick, Exclusion])
def test_the_smaller_values_too(kind):
    @given(st.from_type(kind))
    def law(value):
        assert decoded(kind, encoded(value)) == value

    law()


def test_the_caseload_is_the_newest_one_of_its_day(journal):
    july = Extract(data_date=date(2026, 7, 1), cases=(a_case("1"), a_case("2")))
    october = Extract(data_date=date(2026, 10, 1), cases=(a_case("2"),))
    for taken in (july, october):
        caseload.keep_extract(journal, taken, taken=TODAY, sha256="x", stored="a")
    assert caseload.caseload(journal).cases == october.cases
    assert caseload.caseload(journal, on=date(2026, 9, 30)).cases == july.cases
    assert caseload.caseload(journal, on=date(2026, 6, 30)) is None


def test_the_same_extract_is_kept_once(journal):
    extract = Extract(data_date=TODAY, cases=(a_case("1"),))
    for _ in range(2):
        caseload.keep_extract(journal, extract, taken=TODAY, sha256="x", stored="a")
    assert journal.asked("SELECT COUNT(*) FROM extracts") == [(1,)]


def test_the_newest_register_counts(journal):
    for name in ("Ann Archer", "Bea Baker"):
        people = Register(people=(a_person(name),))
        caseload.keep_register(journal, people, taken=TODAY, sha256=name, stored="a")
    assert [person.name for person in caseload.register(journal).people] == ["Bea Baker"]


def test_a_record_makes_the_earlier_return_a_superseded_one(journal):
    audit = an_audit()
    record = Record(
        audit_id=audit.audit_id,
        date_audited=TODAY,
        auditor="Ann Archer",
        answers=(),
        comments={},
        recommendations=(),
        fields={},
    )
    for version in (1, 2):
        came = Return(
            seen=TODAY,
            file=f"inbox/{version}.docx",
            sha256=str(version),
            outcome="accepted",
            audit_id=audit.audit_id,
            version=version,
            digest=str(version),
        )
        number = returns.keep_return(journal, came, audit=audit, record=record)
        returns.finish(journal, number, came)
    assert [came.outcome for _, came in returns.returns(journal)] == ["superseded", "accepted"]
    assert returns.digests(journal, audit.audit_id) == ("1", "2")
    assert returns.unfinished(journal) == ()
    assert len(returns.records(journal)) == 1


def test_a_change_that_fails_half_way_never_happened(journal):
    with pytest.raises(Unavailable), journal.transaction() as change:
        change.execute("INSERT INTO facts VALUES ('a', 'b')")
        change.execute("INSERT INTO nowhere VALUES (1)")
    assert journal.fact("a") == ""


def test_changes_made_together_are_one_change_in_the_journal_and_its_day_book(tmp_path):
    book = tmp_path / "book"
    with closing(journals.opened(tmp_path / "journal.sqlite3", day=TODAY, book=book)) as journal:
        with journal.together():
            journal.remember("a", "1")
            journal.remember("b", "2")
            assert journal.fact("a") == "1"
        with pytest.raises(RuntimeError), journal.together():
            journal.remember("a", "3")
            raise RuntimeError
        assert (journal.fact("a"), journal.fact("b")) == ("1", "2")
        (written,), cut = changes(book, after=0)
        assert [rows for _, rows in written][:2] == [[["a", "1"]], [["b", "2"]]]
        assert cut == 0


def test_after_one_that_fails_none_of_the_changes_made_together_happened(journal):
    with pytest.raises(Unavailable), journal.together():
        journal.remember("a", "1")
        with pytest.raises(Unavailable), journal.transaction() as change:
            change.execute("INSERT INTO nowhere VALUES (1)")
        with pytest.raises(Unavailable):
            journal.remember("b", "2")
    assert (journal.fact("a"), journal.fact("b")) == ("", "")
    journal.remember("c", "3")
    assert journal.fact("c") == "3"


def test_every_move_of_an_audit_is_an_event_with_its_day_and_cause(journal):
    audits.keep_audits(journal, (an_audit(),), day=TODAY, cause="issued")
    audits.keep_audits(journal, (an_audit(),), day=TODAY, cause="nothing changed")
    audits.keep_audits(journal, (an_audit(status="withdrawn"),), day=TODAY, cause="moved")
    assert [event[1:] for event in audits.events(journal, an_audit().audit_id)] == [
        ("issued", "issued"),
        ("withdrawn", "moved"),
    ]


def keep(journal, audit, *, day=TODAY, recommends=True):
    """The audit kept on that day, with a form that recommends something or nothing."""
    audits.keep_audits(journal, (audit,), day=day, cause="made up")
    came = Return(
        seen=TODAY,
        file="inbox/form.docx",
        sha256=audit.audit_id,
        outcome="accepted",
        audit_id=audit.audit_id,
        version=1,
    )
    record = a_record(audit_id=audit.audit_id, **({} if recommends else {"recommendations": ()}))
    returns.keep_return(journal, came, audit=audit, record=record)


def about(journal, *, since=TODAY, child="another", worker="Ann Archer"):
    """The ids of the audits about a child or a worker that are not over, or were not on a day."""
    found = audits.audits_about(journal, child_id=child, worker=worker, over_since=since)
    return [audit.audit_id for audit in found]


def test_the_audits_about_a_worker_or_a_child_are_those_that_recommend_something(journal):
    keep(journal, an_audit("C-2026-09-0001"))
    keep(journal, an_audit("C-2026-09-0002"), recommends=False)
    keep(journal, an_audit("C-2026-09-0003", worker="Bea Baker", child_id="7"))
    keep(journal, an_audit("C-2026-09-0004", worker="Bea Baker", child_id="8"))
    assert about(journal) == ["C-2026-09-0001"]
    assert about(journal, child="7") == ["C-2026-09-0001", "C-2026-09-0003"]
    assert about(journal, child="7", worker="nobody") == ["C-2026-09-0003"]
    found = [audit.audit_id for audit in audits.audits_recommending(journal, "1000001")]
    assert found == ["C-2026-09-0001"]


def test_a_closed_audit_is_about_a_worker_from_the_day_it_was_closed_on_until_it_is_reopened(
    journal,
):
    def move(status, day):
        audits.keep_audits(journal, (an_audit(status=status),), day=day, cause="made up")

    keep(journal, an_audit(status="filed"))
    move("closed", TODAY)
    assert about(journal) == [an_audit().audit_id]
    assert about(journal, since=TODAY + timedelta(days=1)) == []
    move("filed", TODAY)
    assert about(journal, since=TODAY + timedelta(days=1)) == [an_audit().audit_id]


def test_an_audit_whose_worker_was_taken_away_is_about_nobody(journal):
    keep(journal, an_audit())
    audits.keep_audits(journal, (an_audit(worker=""),), day=TODAY, cause="keeping time over")
    assert about(journal) == []
    held = journal.asked("SELECT worker FROM audits_of_workers")
    assert held == [("",)], "a name must not outlive its audit"


def test_a_childs_audits_are_found_by_type_and_day_and_by_what_they_asked_after(journal):
    first = an_audit("C-2026-09-0001", issued=date(2026, 9, 1))
    later = an_audit("C-2026-10-0001", issued=date(2026, 10, 1), carried=("C-2026-09-0001/1",))
    other = an_audit("Q-2026-10-0001", issued=date(2026, 10, 1), type="quality")
    audits.keep_audits(journal, (first, later, other), day=TODAY, cause="issued")
    child = {"child_id": "1000001", "type": "completeness"}
    assert audits.audits_issued_after(journal, date(2026, 9, 1), **child) == (later,)
    assert audits.audits_issued_after(journal, date(2026, 10, 1), **child) == ()
    assert audits.audits_asking_after(journal, "1000001") == (later,)


def test_serials_go_on_where_they_stopped(journal):
    kept = [an_audit(f"C-2026-09-{n:04d}") for n in (1, 2, 9, 10000)]
    audits.keep_audits(journal, kept, day=TODAY, cause="issued")
    assert audits.last_serial(journal, "C-2026-09-") == 10000
    assert audits.last_serial(journal, "C-2026-10-") == 0


def test_ledger_rows_keep_their_dates_and_numbers(journal):
    rows = {"Quality": {"Q-1": {"Due": date(2026, 1, 2), "Version": 3, "Child ID": "007"}}}
    posted.keep_posted(journal, rows)
    assert posted.posted(journal) == rows
    posted.keep_staff_columns(journal, rows)
    assert posted.staff_columns(journal)["Quality"]["Q-1"]["Due"] == date(2026, 1, 2)
    posted.keep_staff_columns(journal, {"Quality": {}})
    assert posted.staff_columns(journal) == rows, "a row that is gone from the ledger comes back"
    emptied = {heading: None for heading in rows["Quality"]["Q-1"]}
    posted.keep_staff_columns(journal, {"Quality": {"Q-1": emptied}})
    assert "Q-1" not in posted.staff_columns(journal).get("Quality", {})


def test_rows_of_the_ledger_stand_in_the_order_of_their_numbers(journal):
    posted.keep_posted(journal, {"Returns": {n: {"Number": n} for n in ("2", "10", "1")}})
    assert list(posted.posted(journal)["Returns"]) == ["1", "2", "10"]


def test_a_journal_that_is_no_journal_is_told(tmp_path):
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 40)
    with pytest.raises(Unavailable, match="journal cannot be used") as caught:
        journals.opened(path, day=TODAY)
    assert "auditdocs recover" in caught.value.hint
    assert str(path) not in {file.path for file in psutil.Process().open_files()}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (
            PureWindowsPath(r"\\server\share\My audits\j.sqlite3"),
            "//server/share/My%20audits/j.sqlite3",
        ),
        (PureWindowsPath(r"C:\audits\j.sqlite3"), "/C:/audits/j.sqlite3"),
        (PurePosixPath("/srv/what?#.sqlite3"), "/srv/what%3F%23.sqlite3"),
    ],
)
def test_a_journal_on_a_share_is_looked_at_like_any_other(path, address):
    told = read_only(path)
    assert told == f"file://{address}?mode=ro"
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):  # and not its address
        sqlite3.connect(told, uri=True)


def test_a_look_at_a_journal_finds_nothing_wrong_with_a_sound_one(tmp_path):
    path = tmp_path / "über & 100%" / "j?#.sqlite3"
    journals.opened(path, day=TODAY).close()
    before = path.read_bytes()
    assert journal_faults(path) == ()
    assert path.read_bytes() == before


def test_changes_follow_each_other_in_the_books_whatever_day_who_makes_them_goes_by(tmp_path):
    """Around midnight, on two computers, or where a clock was put back."""
    path, book = tmp_path / "journal.sqlite3", tmp_path / "book"
    with (
        closing(journals.opened(path, day=TODAY, book=book)) as watch,
        closing(journals.opened(path, day=TODAY + timedelta(days=1), book=book)) as command,
    ):
        for number, journal in enumerate((watch, command, watch, command)):
            journal.remember(f"change {number}", "made")
    found, cut = changes(book, after=0)
    assert (len(found), cut) == (4, 0)


def test_the_copy_that_was_made_last_is_the_newest_whatever_day_it_was_made_on(tmp_path):
    archive = tmp_path / "archive"
    for day, told in ((TODAY + timedelta(days=1), "first"), (TODAY, "then")):
        with closing(journals.opened(tmp_path / "journal.sqlite3", day=day)) as journal:
            journal.remember("said", told)
            assert keep_copy(journal, archive, day=day)
    with closing(journals.opened(newest_copy(archive), day=TODAY)) as copy:
        assert copy.fact("said") == "then"
