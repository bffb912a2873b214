"""An agreement goes out, comes home signed, becomes a version, and is copied."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from auditdocs.documents.forms.answer import answered
from auditdocs.documents.package import package
from auditdocs.documents.wordml import NAMESPACES
from auditdocs.errors import AuditdocsError
from auditdocs.places.journal.agreements import keep_forms
from auditdocs.places.libreoffice import converted, program
from auditdocs.steps.collect import collected
from auditdocs.steps.follow_up.desk import desk
from auditdocs.steps.follow_up.waiting import reminders
from auditdocs.steps.issue import blanks
from tests.makers.agreements import agreed, forms_out, in_the_journal, signed
from tests.makers.damaged_forms import as_pandoc_leaves_it
from tests.makers.forms import edited
from tests.makers.offices import DATA_DATE, Office

W = f"{{{NAMESPACES['w']}}}"
LATER = date(2026, 9, 1)


@pytest.fixture(scope="module", name="prepared")
def prepared_(tmp_path_factory):
    """An office, and every team's form."""
    office = Office.made(tmp_path_factory.mktemp("agreements") / "office")
    office.drops_council(children=60)
    office.work(collected)
    return office, forms_out(office, DATA_DATE)


@pytest.fixture(name="office")
def office_(prepared, tmp_path):
    """That office, for one test to do with as it likes."""
    return prepared[0].copied(tmp_path / "office")


@pytest.fixture(name="out")
def out_(prepared):
    """Every team's form."""
    return prepared[1]


def words(path):
    """Every word of a Word document, those in content controls among them."""
    body = package(path.read_bytes()).xml("word/document.xml")
    return "\n".join("".join(block.itertext()) for block in body.iter(f"{W}p"))


def returned(office, form, day, **options):
    """The form sent back on that day."""
    office.drops(f"{form.form_id}.docx", agreed(office, form, day, **options))
    return office.work(collected, today=day).returns


def test_a_form_holds_the_25_items_and_the_usual_choice(office, out):
    form = next(iter(out.values()))
    shown = words(office.root / form.file)
    _, rows = in_the_journal(office)
    assert len(rows) == len(out) > 1
    assert "4.8 Care leavers: in touch, accommodation, activity" in shown
    assert "Read through at a team meeting" in shown
    assert form.team in shown


def test_a_signed_form_becomes_the_first_version_and_is_copied(office, out):
    team, form = next(iter(out.items()))
    came = returned(office, form, DATA_DATE)[0]
    agreement = in_the_journal(office)[0][team]
    assert came.outcome == "accepted"
    assert (agreement.version, len(agreement.included)) == (1, 25)
    assert agreement.review_due == date(2027, 1, 1)
    assert agreement.copied == DATA_DATE
    letter = words(office.root / agreement.copy)
    assert "To: Head of Service for Business Support" in letter
    assert team in letter
    assert (office.root / came.stored).is_file()


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_a_signed_form_saved_as_doc_says_the_same_and_is_kept_as_it_came(office, out):
    """What .odt and .rtf have in common with it is shown with the forms of single cases."""
    team, form = next(iter(out.items()))
    own = [{"label": "Bus pass number", "method": "Other", "frequency": "Weekly"}]
    left_out = {"a_pep__include": "No", "a_pep__reason_if_no": "The virtual school does it"}
    word = agreed(office, form, DATA_DATE, local_items=own, **left_out)
    theirs = converted(word, suffix=".docx", to="doc")
    office.drops("agreement.doc", theirs)
    (came,) = office.work(collected).ended("accepted")
    assert came.stored.endswith(".doc")
    assert (office.root / came.stored).read_bytes() == theirs
    assert "It came as .doc and was converted" in came.details["To know"]
    agreement = in_the_journal(office)[0][team]
    assert len(agreement.included) == 25
    assert [item.label for item in agreement.items if item.local] == ["Bus pass number"]
    reasons = [item.reason_if_no for item in agreement.items if not item.include]
    assert reasons == ["The virtual school does it"]
    office.drops("the same in word.docx", word)
    assert [each.outcome for each in office.work(collected).returns] == ["duplicate"]


def test_the_copy_is_worded_by_the_services_own_template_and_waits_for_a_sound_one(office, out):
    team, form = next(iter(out.items()))
    template = office.root / "templates" / "letters" / "agreement-copy.docx"
    sound = template.read_bytes()
    template.unlink()
    office.drops("back.docx", agreed(office, form, DATA_DATE))
    first = office.work(collected, today=DATA_DATE)
    assert [each.outcome for each in first.returns] == ["accepted"]
    assert "Copies of agreements wait" in " ".join(first.warnings)
    assert in_the_journal(office)[0][team].copied is None
    template.write_bytes(sound)
    office.work(collected, today=LATER)
    assert in_the_journal(office)[0][team].copied == LATER


def stopped_before(office, form):
    """A stop came after the journal knew of the form and before the form was put out."""
    (office.root / form.file).unlink()
    office.work(lambda o: keep_forms(o.journal, [replace(form, file="", header={})]))


def test_the_journal_knows_a_form_before_it_lies_in_the_outbox(tmp_path, prepared):
    office = prepared[0].copied(tmp_path / "office")
    before = in_the_journal(office)[1]
    shutil.rmtree(office.root / "outbox/forms")
    (office.root / "outbox/forms").write_text("in the way", encoding="utf-8")
    with pytest.raises(AuditdocsError):
        forms_out(office, LATER)
    left = [form for form in in_the_journal(office)[1] if form.status == "out"]
    assert [(form.team, form.file) for form in left] == [(form.team, "") for form in before]
    (office.root / "outbox/forms").unlink()
    again = forms_out(office, LATER)
    assert sorted(form.form_id for form in again.values()) == [form.form_id for form in left]
    assert all((office.root / form.file).is_file() for form in again.values())


def test_a_form_that_a_stop_kept_from_being_put_out_is_put_out_by_the_next_run(office, out):
    team, form = next(iter(out.items()))
    stopped_before(office, form)
    office.work(collected)
    assert (office.root / form.file).is_file()
    assert form in in_the_journal(office)[1]
    (came,) = returned(office, form, DATA_DATE)
    assert came.outcome == "accepted"
    assert in_the_journal(office)[0][team].version == 1


def test_a_form_that_was_put_out_before_a_stop_and_filled_in_since_stays_as_it_is(office, out):
    form = next(iter(out.values()))
    filled = agreed(office, form, DATA_DATE)
    stopped_before(office, form)
    (office.root / form.file).write_bytes(filled)
    office.work(collected)
    assert (office.root / form.file).read_bytes() == filled
    assert form in in_the_journal(office)[1]


def test_a_form_that_cannot_be_put_out_after_a_stop_holds_up_no_other_file(office, out):
    (_, first), (_, second), *_ = out.items()
    office.drops("second.docx", agreed(office, second, DATA_DATE))
    stopped_before(office, first)
    template = office.root / "templates/forms/accuracy-agreement.docx"
    template.write_bytes(b"not a form")
    took = office.work(collected)
    assert [came.outcome for came in took.returns] == ["accepted"]
    assert any("Agreement forms that a stop held up" in each for each in took.warnings)


def test_everything_wrong_is_told_at_once_and_nothing_is_taken(office, out):
    team, form = next(iter(out.items()))
    came = returned(
        office,
        form,
        DATA_DATE,
        signed_tm="",
        agreed_date="01/07/62",
        signed_bso_date="31/02/2026",
        a_pep__include="No",
        a_upn__frequency="now and then",
        a_gp_school__method="",
        local_items=[
            {"notes": "no name"},
            {"label": "NHS-number", "method": "Other", "frequency": "Weekly"},
        ],
    )[0]
    assert came.outcome == "set-aside"
    assert {(reason.code, reason.where) for reason in came.reasons} == {
        ("missing", "Signed by the team manager"),
        ("date-too-early", "Date the team manager and the officer met"),
        ("not-a-date", "Business support officer: date signed"),
        ("missing", "4.5 Personal education plan (PEP) date, Reason if not included"),
        ("not-a-choice", "1.6 Unique pupil number (UPN), Frequency"),
        ("missing", "1.7 GP, school and health visitor, Method"),
        ("missing", "Local items, row 1"),
        ("missing", "Local items, row 1, Method"),
        ("missing", "Local items, row 1, Frequency"),
        ("twice", "Local items: NHS-number"),
    }
    assert {reason.section for reason in came.reasons} == {
        "",
        "This agreement",
        "Sign-off",
        "1 Child and family",
        "4 Looked after children",
    }
    assert team not in in_the_journal(office)[0]


def test_the_next_form_holds_what_was_agreed_and_a_change_is_a_new_version(office, out):
    team, form = next(iter(out.items()))
    mine = [{"label": f"Bus pass {n}", "method": "Other", "frequency": "Monthly"} for n in range(5)]
    returned(office, form, DATA_DATE, local_items=mine, a_pep__include="No",
             a_pep__reason_if_no="Somebody else does it")  # fmt: skip
    second = forms_out(office, LATER, team=team)[team]
    assert "Somebody else does it" in words(office.root / second.file)
    assert "Bus pass 4" in words(office.root / second.file)
    returned(office, second, LATER, a_address__frequency="Quarterly")
    agreement = in_the_journal(office)[0][team]
    starts = {item.id: item.start for item in agreement.items}
    assert agreement.version == 2
    assert agreement.supersedes == f"{team}, version 1"
    assert agreement.changes == (
        "Family address and phone: how often was “Monthly”, is “Quarterly”."
    )
    assert starts["a_address"] == LATER
    assert starts["a_ethnicity"] == DATA_DATE
    assert sum(item.local for item in agreement.items) == 5
    assert sum("Accuracy agreement" in name for name in office.tree("outbox/letters")) == 2


def test_a_review_is_told_four_weeks_before_to_two_and_overdue_to_all_three(office, out):
    form = next(iter(out.values()))
    returned(office, form, DATA_DATE)
    two = {form.tm, form.bso}
    assert told(office, date(2026, 11, 30), "hold the review") == set()
    assert told(office, date(2026, 12, 7), "hold the review") == two
    late = told(office, date(2027, 1, 5), "hold the review")
    assert late > two
    assert len(late) == 3


def test_a_form_that_is_out_is_told_in_the_week_it_is_due_and_overdue_to_all_three(office, out):
    home, form, *_ = out.values()
    returned(office, home, DATA_DATE)
    mine = f"Accuracy agreement of {form.team}: agree on it"
    assert told(office, form.due - timedelta(days=7), mine) == set()
    assert told(office, form.due, mine) == {form.tm, form.bso}
    late = told(office, form.due + timedelta(days=7), mine)
    assert late > {form.tm, form.bso}
    assert len(late) == 3
    other = f"Accuracy agreement of {home.team}: agree on it"
    assert told(office, form.due + timedelta(days=14), other) == set(), "it is home"


def told(office, day, text):
    """Who gets a letter on that day in which the text stands."""
    letters = office.work(lambda o: reminders(desk(o)), today=day)
    return {each.person for each in letters if text in " ".join(each.details.values())}


@pytest.mark.parametrize("saved", [lambda form: form, as_pandoc_leaves_it])
def test_a_blank_form_that_names_the_team_is_that_teams(office, out, saved):
    team, form = next(iter(out.items()))
    blank = next(path for path in office.work(blanks, []) if "agreement" in path)
    with office.open() as opened:
        items = [item.id for item in opened.contract("accuracy-agreement").items]
    said = {f"{item}.include": "No" for item in items[1:]}
    said |= {f"{item}.reason_if_no": "Not ours" for item in items[1:]}
    first = {"include": "Yes", "method": "Other", "frequency": "Weekly"}
    said |= {f"{items[0]}.{part}": text for part, text in first.items()}
    said |= {"team": team.upper(), **signed(DATA_DATE)}
    office.drops("blank.docx", saved(answered((office.root / blank).read_bytes(), said)))
    came = office.work(collected, today=DATA_DATE).returns[0]
    assert (came.outcome, came.audit_id, came.reasons) == ("accepted", form.form_id, ())
    assert len(in_the_journal(office)[0][team].included) == 1


def renamed(office, old):
    """The team has another name from now on."""
    with (office.root / "auditdocs.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[teams."Family Hub"]\nrenamed_from = ["{old}"]\n')


def test_a_form_that_went_out_before_its_team_was_renamed_comes_home_as_its_next_version(
    office, out
):
    team, form = next(iter(out.items()))
    assert returned(office, form, DATA_DATE)[0].outcome == "accepted"
    late = forms_out(office, LATER, team=team)[team]
    renamed(office, team)
    (came,) = returned(office, late, LATER)
    assert (came.outcome, came.version) == ("accepted", 2)
    (again,) = returned(office, late, LATER, a_pep__frequency="Weekly")
    assert (again.outcome, again.version) == ("accepted", 3)
    agreements, _ = in_the_journal(office)
    assert agreements["Family Hub"].version == 3
    assert team not in agreements


def test_the_form_of_a_renamed_team_is_replaced_by_its_next_one(office, out):
    team, form = next(iter(out.items()))
    renamed(office, team)
    assert [*forms_out(office, LATER, team=team)] == ["Family Hub"]
    _, forms = in_the_journal(office)
    assert [each.status for each in forms if each.form_id == form.form_id] == ["replaced"]
    assert [each.team for each in forms if each.status == "out"].count("Family Hub") == 1


def test_a_row_with_the_words_of_another_goes_to_a_person(office, out):
    _, form = next(iter(out.items()))

    def edit(body):
        for text in body.iter(f"{W}t"):
            if (text.text or "").startswith("1.1 Name, spelling"):
                text.text = "1.1 Family address and phone"

    office.drops("form.docx", edited(as_pandoc_leaves_it(agreed(office, form, DATA_DATE)), edit))
    (came,) = office.work(collected, today=DATA_DATE).returns
    told = [(reason.code, reason.where) for reason in came.reasons]
    assert ("unclear-row", "1.2 Family address and phone") in told


def test_a_form_sent_twice_is_counted_once(office, out):
    team, form = next(iter(out.items()))
    returned(office, form, DATA_DATE)
    office.drops("Copy of it.docx", agreed(office, form, DATA_DATE))
    office.drops("again.docx", agreed(office, form, DATA_DATE, signed_tm="the manager"))
    came = office.work(collected).returns
    assert [each.outcome for each in came] == ["duplicate", "duplicate"]
    assert in_the_journal(office)[0][team].version == 1


def test_a_team_with_more_items_of_its_own_than_the_form_has_rows_gets_them_all(office, out):
    team, form = next(iter(out.items()))
    mine = [{"label": f"Own {n}", "method": "Other", "frequency": "Weekly"} for n in range(9)]
    returned(office, form, DATA_DATE, local_items=mine)
    second = forms_out(office, LATER, team=team)[team]
    returned(office, second, LATER)
    assert sum(item.local for item in in_the_journal(office)[0][team].items) == 9
