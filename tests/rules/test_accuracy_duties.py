"""What waits in the Accuracy audit: who is told of what, and who is not."""

from dataclasses import replace
from datetime import date, timedelta

from auditdocs.model.accuracy import AgreedItem, AgreementForm, CheckedRow, CheckList, ListedRow
from auditdocs.model.people import Person, Staff, Team
from auditdocs.rules.accuracy.results import Finding
from auditdocs.rules.follow_up.addressees import Directory
from auditdocs.rules.follow_up.of_accuracy import (
    agreement_duties,
    correction_duties,
    list_duties,
    query_duties,
)
from auditdocs.rules.selection.posts import posts

DUE = date(2026, 7, 8)
HEAD = Person(name="Head", role="hos_bs", active_from=date(2020, 1, 1))
STAFF = Staff(people=(HEAD,), teams={"North": Team(name="North", manager="Manager")})
FORM = AgreementForm(
    form_id="AA-2026-07-0001",
    key="accuracy-agreement",
    fingerprint="",
    team="North",
    tm="Former",
    bso="Officer",
    issued=DUE - timedelta(days=14),
    due=DUE,
)
ITEM = AgreedItem(id="a_one", label="Item", start=DUE)
LIST = CheckList(
    list_id="AC-2026-07-0001",
    key="accuracy-check",
    team="North",
    agreement=1,
    due=DUE,
    issued=DUE,
    data_date=DUE,
    checker="Officer",
    items=(ITEM,),
    rows=1,
)


def directory(staff=STAFF):
    """Who holds which post on the day that things are due."""
    return Directory(posts(staff), DUE)


def told(form=FORM, *, today=DUE, staff=STAFF):
    """Who is told of a form by the end of the week in which it is due."""
    until, post = DUE + timedelta(days=3), "Head of Service"
    found = agreement_duties([form], directory(staff), today=today, until=until, post=post)
    return [to.person for duty in found for to in duty.to]


def a_finding(child="1", *, verdict="wrong", why="", **more):
    """A row that was found wrong, or whose meaning is asked."""
    listed = ListedRow(child_id=child, item_id="a_one", value="V1")
    said = CheckedRow(child_id=child, item_id="a_one", verdict=verdict, why=why)
    return Finding(of=LIST, item=ITEM, listed=listed, said=said, **more)


def test_whoever_is_in_post_today_is_told_of_a_form_that_is_out():
    assert told() == ["Manager", "Officer"]
    assert told(replace(FORM, due=DUE + timedelta(days=4))) == []
    assert told(today=DUE + timedelta(days=1)) == ["Manager", "Officer", "Head"]


def test_whoever_the_form_names_and_has_left_is_told_of_nothing():
    gone = date(2026, 7, 1)
    left = [Person(name=name, role="tm", active_to=gone) for name in ("Former", "Officer")]
    staff = Staff(people=(HEAD, *left), teams={})
    assert told(staff=staff) == ["Head"]
    assert told(staff=Staff(people=(HEAD, left[0]), teams={})) == ["Officer"]


def test_a_form_of_a_team_in_which_nobody_is_known_is_told_to_the_head_of_service():
    nobody = replace(FORM, tm="", bso="")
    assert told(nobody, staff=replace(STAFF, teams={})) == ["Head"]
    assert told(nobody, staff=Staff()) == ["Head of Service"]


def test_of_lists_of_the_same_items_that_are_out_the_last_is_told_with_how_many_besides():
    other = AgreedItem(id="a_two", label="Another", start=DUE)
    lists = [
        replace(LIST, list_id=f"L{week}", due=DUE + timedelta(days=7 * week)) for week in range(4)
    ]
    lists.append(replace(LIST, list_id="both", items=(ITEM, other)))
    day = DUE + timedelta(days=20)
    duties = list(list_duties(lists, directory(), today=day, until=day))
    assert [duty.about for duty in duties] == ["L2", "both"], "L3 is not due yet"
    assert duties[0].text.endswith("return it (2 earlier lists of its items never came back)")
    assert duties[1].text.endswith("fill in the last columns and return it")
    assert [to.person for to in duties[0].to] == ["Officer", "Manager"]


def test_what_is_to_be_made_clear_is_one_row_a_list_which_names_the_first_few():
    (duty,) = query_duties([a_finding(), *(a_finding(str(n), why="Say Y.") for n in range(8))])
    assert duty.text == "Make 8 rows of the Accuracy check list clear, and return it again"
    assert duty.words == (
        "Say Y. Item (children 0, 1, 2, 3, 4, 5); 2 more in the ledger, sheet Accuracy"
    )
    assert [to.person for to in duty.to] == ["Officer"]


def test_a_value_that_did_not_reach_the_system_is_told_to_the_worker_and_the_checker():
    shown = date(2026, 7, 10)
    found = [a_finding(str(n), still_wrong=shown) for n in range(3)] + [a_finding("4")]
    found += [a_finding("5", uncorrected=True), a_finding("6")]
    workers = {"0": "Ann", "1": "Ann", "4": "Bo", "5": "Ann"}
    duties = list(correction_duties(found, directory(), workers=workers))
    to = [[to.person for to in duty.to] for duty in duties]
    assert to == [["Ann"], ["Manager"], ["Ann"], ["Officer"]]
    assert duties[0].text.startswith("Put right on the system 2 values that were said to be")
    assert duties[1].text.startswith("Put right on the system a value that was said to be")
    assert "the extract of 10/07/2026 shows the same as before" in duties[0].text
    assert duties[2].text == (
        "Put right on the system a value that was found wrong, and say on which day"
    )
    assert duties[3].text == (
        "See to it that 4 values are put right on the system, with the day of each"
    )
    named = ["Item (children 0, 1)", "Item (child 2)", "Item (child 5)", "4 × Item"]
    assert [duty.words for duty in duties] == named
