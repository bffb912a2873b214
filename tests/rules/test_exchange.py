"""The exchange list reaches those who answer for the two teams of a pair."""

from datetime import date
from types import SimpleNamespace

import pytest

from auditdocs.model.people import Person, Staff, Team
from auditdocs.rules.follow_up.exchange import exchange_letters
from auditdocs.rules.selection.paired_managers import paired_managers
from tests.makers.cases import TODAY, a_case
from tests.makers.selections import a_quality_request

PEER = SimpleNamespace(follow_up=("contact-sheet", "team-manager-feedback"))
PEOPLE = (
    Person(name="Nora North", role="tm", teams=("North",)),
    Person(name="Sid South", role="tm", teams=("South",)),
    Person(name="Hope Head", role="hos"),
)


def told(*, north="Nora North", south="Sid South", people=PEOPLE):
    """Who gets a list of the cases of North, in which folder, and who is said to propose them."""
    teams = {
        "North": Team(name="North", manager=north, head_of_service="Hope Head", pair="South"),
        "South": Team(name="South", manager=south, head_of_service="Hope Head", pair="North"),
    }
    staff = Staff(people, teams)
    cases = (a_case("1"),)
    chosen = paired_managers(a_quality_request(*cases, staff=staff))
    letters = exchange_letters(chosen, PEER, cases, staff, today=TODAY)
    return {(each.person, each.team) for each in letters}, {e.details["manager"] for e in letters}


def test_both_managers_have_the_list():
    assert told() == ({("Nora North", "North"), ("Sid South", "South")}, {"Nora North"})


@pytest.mark.parametrize("gone", ["", "Sid South"])
def test_the_head_of_service_who_covers_a_vacant_post_has_it_instead(gone):
    left = Person(name="Sid South", role="tm", teams=("South",), active_to=date(2026, 9, 1))
    people = (PEOPLE[0], left, PEOPLE[2])
    covered = {("Nora North", "North"), ("Hope Head", "South")}
    assert told(south=gone, people=people) == (covered, {"Nora North"})


def test_the_head_of_service_who_covers_both_has_one_list():
    people, manager = told(north="", south="")
    assert ([who for who, _ in people], manager) == (["Hope Head"], {"Hope Head"})
