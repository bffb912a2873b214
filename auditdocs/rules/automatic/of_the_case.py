"""Tests of the case: worker, status against the lists, visits, child protection plan, reviews.

Source: domain.md C2 (automatic tests), A3.5, A3.6 (limits).
"""

from datetime import date

from auditdocs.model.case import CP, LAC, STATUSES, Case
from auditdocs.rules.automatic.test import REGISTER, AutomaticTest, Surroundings
from auditdocs.rules.calendar.dates import Limit

_LOOKED_AFTER, _PLAN, _IN_NEED, _ASSESSMENT, _ = STATUSES
_FIRST_LAC_REVIEW = Limit("wd", 20)
_LAC_REVIEW = Limit("mo", 6)
_FIRST_CP_REVIEW = Limit("mo", 3)
_CP_REVIEW = Limit("mo", 6)
_CP_VISIT = Limit("wd", 10)
_LAC_VISIT = Limit("cd", 42)
_CIN_VISIT = Limit("wd", 20)
_NAMED = Limit("wd", 5)


def after(day: date | None, round_it: Surroundings) -> bool:
    """Whether a date lies after the extract's."""
    return day is not None and day > round_it.data_date


def passed(limit: Limit, since: date | None, round_it: Surroundings) -> bool:
    """Whether a limit that runs from that day had passed when the extract was made."""
    return since is not None and round_it.data_date > limit.last_day(since)


def before_birth(day: date | None, case: Case) -> bool:
    """Whether a date lies before the child was born."""
    return day is not None and case.dob is not None and day < case.dob


def _not_on_register(case: Case, round_it: Surroundings) -> bool:
    return bool(case.worker) and not round_it.worker_of(case)


def _has_left(case: Case, round_it: Surroundings) -> bool:
    people = round_it.worker_of(case)
    return bool(people) and not any(p.active_on(round_it.data_date) for p in people)


def _other_team(case: Case, round_it: Surroundings) -> bool:
    teams = {team for person in round_it.worker_of(case) for team in person.teams}
    return bool(case.team) and bool(teams) and case.team not in teams


def _is_planned(case: Case) -> bool:
    return case.cp_start is not None and case.cp_end is None


def _is_cared_for(case: Case) -> bool:
    return case.care_start is not None and case.care_end is None


def _plan_said_not_shown(case: Case, _: Surroundings) -> bool:
    return case.case_status == _PLAN and not _is_planned(case)


def _care_said_not_shown(case: Case, _: Surroundings) -> bool:
    return case.case_status == _LOOKED_AFTER and not _is_cared_for(case)


def _more_than_said(case: Case, _: Surroundings) -> bool:
    lower = case.case_status in (_IN_NEED, _ASSESSMENT)
    in_care = _is_cared_for(case) and case.case_status != _LOOKED_AFTER
    return in_care or (lower and _is_planned(case))


def _visit_late(case: Case, round_it: Surroundings) -> bool:
    if CP in case.case_types:
        return passed(_CP_VISIT, case.cp_last_visit or case.cp_start, round_it)
    if LAC in case.case_types:
        return passed(_LAC_VISIT, case.lac_last_visit or case.care_start, round_it)
    return passed(_CIN_VISIT, case.last_seen or case.open_date, round_it)


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


def _cp_dates(case: Case, round_it: Surroundings) -> bool:
    ends_first = bool(case.cp_start and case.cp_end and case.cp_end < case.cp_start)
    odd_start = before_birth(case.cp_start, case) and (case.age or 0) >= 1
    return ends_first or odd_start or after(case.cp_start, round_it)


def _opened_oddly(case: Case, round_it: Surroundings) -> bool:
    return case.open_date is None or after(case.open_date, round_it)


TESTS = (
    AutomaticTest(
        code="WRK01",
        words="no worker, or a placeholder",
        fields=("worker",),
        fails=lambda case, _: not case.worker,
    ),
    AutomaticTest(
        code="WRK02",
        words="the worker is not on the staff register",
        fields=("worker", REGISTER),
        fails=_not_on_register,
    ),
    AutomaticTest(
        code="WRK03",
        words="the worker was not in post",
        fields=("worker", REGISTER),
        fails=_has_left,
    ),
    AutomaticTest(
        code="WRK04",
        words="the worker belongs to another team",
        fields=("worker", "team", REGISTER),
        fails=_other_team,
    ),
    AutomaticTest(
        code="STA01",
        words="no case status that is known",
        fields=("case_status",),
        fails=lambda case, _: not case.case_status,
    ),
    AutomaticTest(
        code="STA02",
        words="said to be on a plan, and no current plan in the list",
        fields=("case_status", "cp_start"),
        fails=_plan_said_not_shown,
    ),
    AutomaticTest(
        code="STA03",
        words="said to be looked after, and not so in the list",
        fields=("case_status", "care_start"),
        fails=_care_said_not_shown,
    ),
    AutomaticTest(
        code="STA04",
        words="in a list of plans or care, and the status says less",
        fields=("case_status", "cp_start", "care_start"),
        fails=_more_than_said,
    ),
    AutomaticTest(
        code="OPN01",
        words="no open date, or one after the extract's",
        fields=("open_date",),
        fails=_opened_oddly,
    ),
    AutomaticTest(
        code="OPN02",
        words="opened before the child was expected",
        fields=("open_date", "dob"),
        fails=lambda case, _: bool(
            case.dob and case.open_date and (case.dob - case.open_date).days > 280
        ),
    ),
    AutomaticTest(
        code="VIS01",
        words="a visit after the extract's date",
        fields=("last_seen",),
        fails=_visit_ahead,
    ),
    AutomaticTest(
        code="VIS02",
        words="no visit entered within the time for one",
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
        code="CPP01",
        words="no category of abuse",
        fields=("cp_category",),
        applies=(CP,),
        fails=lambda case, _: not case.cp_category,
    ),
    AutomaticTest(
        code="CPP02",
        words="the plan did not start on the day of the conference",
        fields=("cp_start", "icpc_date"),
        applies=(CP,),
        fails=lambda case, _: bool(
            case.cp_start and case.icpc_date and case.cp_start != case.icpc_date
        ),
    ),
    AutomaticTest(
        code="CPP03",
        words="the plan starts and ends on the same day",
        fields=("cp_start", "cp_end"),
        fails=lambda case, _: bool(case.cp_start and case.cp_start == case.cp_end),
    ),
    AutomaticTest(
        code="CPP04",
        words="the dates of the plan are not in order",
        fields=("cp_start",),
        fails=_cp_dates,
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
