"""What is left when its keeping time is over: figures, and nobody in them."""

from datetime import date

from auditdocs.model.accuracy import WRONG, CheckedRow, FoundRow, ListedRow
from auditdocs.model.selection import Exclusion, Pick, Selection
from auditdocs.rules.retention import bare_findings, bare_selection, is_past


def test_six_years_are_counted_from_the_end_of_the_financial_year():
    day = date(2020, 2, 29)
    assert not is_past(day, years=6, today=date(2026, 3, 31))
    assert is_past(day, years=6, today=date(2026, 4, 1))
    assert not is_past(day, years=0, today=date(2999, 1, 1))


def test_a_selection_says_nothing_of_a_child_any_more():
    pick = Pick(
        child_id="1234567",
        team="North",
        worker="Ann Archer",
        auditor="Bo Pair",
        auditor_role="tm",
        auditor_team="South",
        due=date(2020, 5, 1),
        why="directed: Kim asked",
        said="Kim asked",
    )
    chosen = Selection(
        type="quality",
        period="2020-04",
        picks=(pick,),
        excluded=(
            Exclusion(child_id="1234567", reason="one child of a family: 7654321 stands for it"),
        ),
        waiting=(Exclusion(child_id="7654321", reason="in the pool, not drawn: North, CP"),),
        warnings=("Case 1234567 was directed although no allocated team",),
        pool=7,
        expression="child_id in ('1234567', '7654321')",
    )
    bare = bare_selection(chosen)
    assert "1234567" not in repr(bare)
    assert "7654321" not in repr(bare)
    assert "Ann Archer" not in repr(bare)
    assert "Kim" not in repr(bare)
    assert (bare.pool, len(bare.picks), bare.picks[0].team) == (7, 1, "North")
    assert bare.left_out == {"one child of a family": 1}


def found(child_id):
    listed = ListedRow(
        child_id=child_id, item_id="a_address", worker="Ann Archer", value="1 High St"
    )
    said = CheckedRow(
        child_id=child_id, item_id="a_address", verdict=WRONG, correct_value="2 Low St"
    )
    return FoundRow(listed=listed, said=said)


def children(lists):
    return {list_id: [row.listed.child_id for row in rows] for list_id, rows in lists.items()}


def test_a_repeat_error_stays_one_and_no_other_becomes_one():
    first = children(bare_findings({"A-1": [found("9"), found("5")], "A-2": [found("5")]}))
    assert first["A-1"][1] == first["A-2"][0] != first["A-1"][0]
    later = children(bare_findings({"A-3": [found("77")]}))
    assert not {*later["A-3"]} & {*first["A-1"], *first["A-2"]}
    assert "High St" not in repr(bare_findings({"A-1": [found("9")]}))
