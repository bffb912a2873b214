"""Tests of what recurs: visits, reviews, and who holds them.

Source: domain.md C2 (automatic tests), A3.4 to A3.7 (limits).
"""

from auditdocs.model.case import CP, LAC, Case
from auditdocs.rules.automatic.test import AutomaticTest, Surroundings, after, passed
from auditdocs.rules.calendar.dates import Limit

_FIRST_LAC_REVIEW = Limit("wd", 20)
_LAC_REVIEW = Limit("mo", 6)
_FIRST_CP_REVIEW = Limit("mo", 3)
_CP_REVIEW = Limit("mo", 6)
_CIN_VISIT = Limit("wd", 20)
_CP_VISIT = Limit("wd", 10)
_CARE_VISIT = Limit("cd", 42)
_WITH_PARENTS_VISIT = Limit("cd", 28)
_SETTLED_VISIT = Limit("mo", 6)
_SETTLED = Limit("mo", 12)
_LONG_TERM = frozenset({"U1", "U4"})
_INTERIM_ORDER = "C1"
_NAMED = Limit("wd", 5)


def _visit_late(case: Case, round_it: Surroundings) -> bool:
    is_in_need = case.case_types.isdisjoint((CP, LAC))
    return is_in_need and passed(_CIN_VISIT, case.last_seen or case.open_date, round_it)


def _care_visit(case: Case, round_it: Surroundings) -> Limit:
    """The longest time between visits that the law allows where the child lives.

    Source: domain.md A3.7. What the extract cannot show, such as the child's agreement to fewer
    visits, is taken to be so: a list that flags what is right is soon read no more.
    """
    if "short_breaks" in case.circumstances:
        return _SETTLED_VISIT
    if "with_parents" in case.circumstances and case.legal_status == _INTERIM_ORDER:
        return _WITH_PARENTS_VISIT
    long_term = case.placement_type in _LONG_TERM
    settled = long_term and passed(_SETTLED, case.placement_start, round_it)
    return _SETTLED_VISIT if settled else _CARE_VISIT


def _visit_ahead(case: Case, round_it: Surroundings) -> bool:
    visits = (case.last_seen, case.cp_last_visit, case.lac_last_visit, case.iro_last_visit)
    return any(after(day, round_it) for day in visits)


def _lac_review_late(case: Case, round_it: Surroundings) -> bool:
    return passed(_LAC_REVIEW, case.lac_last_review, round_it)


def _no_lac_review(case: Case, round_it: Surroundings) -> bool:
    started, last = case.care_start, case.lac_last_review
    held = last is not None and (started is None or last >= started)
    return not held and passed(_FIRST_LAC_REVIEW, started, round_it)


def _cp_review_late(case: Case, round_it: Surroundings) -> bool:
    started, last = case.cp_start, case.cp_last_review
    if last is None or (started is not None and last <= started):
        return passed(_FIRST_CP_REVIEW, started, round_it)
    return passed(_CP_REVIEW, last, round_it)


TESTS = (
    AutomaticTest(
        code="VIS01",
        words="a visit after the extract's date",
        fields=("last_seen",),
        fails=_visit_ahead,
    ),
    AutomaticTest(
        code="VIS02",
        words="no visit entered within twenty working days",
        fields=("last_seen",),
        fails=_visit_late,
    ),
    AutomaticTest(
        code="VIS03",
        words="not said whether the child was seen alone",
        fields=("cp_seen_alone",),
        applies=(CP,),
        fails=lambda case, _: not case.cp_seen_alone,
    ),
    AutomaticTest(
        code="VIS04",
        words="no visit entered within ten working days, on a child protection plan",
        fields=("cp_last_visit", "cp_start"),
        applies=(CP,),
        fails=lambda case, round_it: passed(
            _CP_VISIT, case.cp_last_visit or case.cp_start, round_it
        ),
    ),
    AutomaticTest(
        code="VIS05",
        words="no visit entered within the time for this placement",
        fields=("lac_last_visit", "care_start"),
        applies=(LAC,),
        fails=lambda case, round_it: passed(
            _care_visit(case, round_it), case.lac_last_visit or case.care_start, round_it
        ),
    ),
    AutomaticTest(
        code="REV01",
        words="no looked-after review, and 20 working days in care are over",
        fields=("lac_last_review", "care_start"),
        applies=(LAC,),
        fails=_no_lac_review,
    ),
    AutomaticTest(
        code="REV02",
        words="the last looked-after review is more than six months ago",
        fields=("lac_last_review",),
        applies=(LAC,),
        fails=_lac_review_late,
    ),
    AutomaticTest(
        code="REV03",
        words="no review conference within three months of the first, or six of the last",
        fields=("cp_last_review", "cp_start"),
        applies=(CP,),
        fails=_cp_review_late,
    ),
    AutomaticTest(
        code="REV04",
        words="a review after the extract's date",
        fields=("lac_last_review",),
        fails=lambda case, round_it: (
            after(case.lac_last_review, round_it) or after(case.cp_last_review, round_it)
        ),
    ),
    AutomaticTest(
        code="IRO01",
        words="no IRO, and five working days in care are over",
        fields=("iro", "care_start"),
        applies=(LAC,),
        fails=lambda case, round_it: not case.iro and passed(_NAMED, case.care_start, round_it),
    ),
    AutomaticTest(
        code="IRO02",
        words="no conference chair",
        fields=("cp_chair",),
        applies=(CP,),
        fails=lambda case, _: not case.cp_chair,
    ),
)
"""The tests, in the order of their items."""
