"""Tests of the case: worker, status against the lists, child protection plan, alerts, missing.

Source: domain.md C2 (automatic tests).
"""

from auditdocs.model.case import CP, STATUSES, Case
from auditdocs.rules.automatic.test import (
    REGISTER,
    AutomaticTest,
    Surroundings,
    after,
    before_birth,
    passed,
)
from auditdocs.rules.calendar.dates import Limit

_LOOKED_AFTER, _PLAN, _IN_NEED, _ASSESSMENT, _ = STATUSES
_MISSING = Limit("cd", 7)
_INTERVIEW = Limit("cd", 3)
"""A return interview is offered within 72 hours: statutory guidance on children who go missing."""


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


def _cp_dates(case: Case, round_it: Surroundings) -> bool:
    ends_first = bool(case.cp_start and case.cp_end and case.cp_end < case.cp_start)
    odd_start = before_birth(case.cp_start, case) and (case.age or 0) >= 1
    return ends_first or odd_start or after(case.cp_start, round_it)


def _two_plans(case: Case, _: Surroundings) -> bool:
    """Whether a child in need plan runs on while a child protection plan does."""
    start, end = case.cin_plan_start, case.cin_plan_end
    if start is None or case.cp_start is None:
        return False
    began_in_time = case.cp_end is None or start < case.cp_end
    return began_in_time and (end is None or end > case.cp_start)


def _not_interviewed(case: Case, round_it: Surroundings) -> bool:
    return passed(_INTERVIEW, case.missing_end, round_it) and not case.return_interview


def _missing_without_end(case: Case, round_it: Surroundings) -> bool:
    start, end = case.missing_start, case.missing_end
    has_ended = end is not None and (start is None or end >= start)
    return not has_ended and passed(_MISSING, start, round_it)


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
        code="CPP05",
        words="a child in need plan runs beside the child protection plan",
        fields=("cp_start", "cin_plan_start", "cin_plan_end"),
        fails=_two_plans,
    ),
    AutomaticTest(
        code="MIS01",
        words="missing for more than seven days, or the end is not entered",
        fields=("missing_start", "missing_end"),
        fails=_missing_without_end,
    ),
    AutomaticTest(
        code="MIS02",
        words="back for more than three days, and not said whether an interview was offered",
        fields=("missing_end", "return_interview"),
        fails=_not_interviewed,
    ),
    AutomaticTest(
        code="MIS03",
        words="missing in the last year, and not said whether an interview was offered",
        fields=("missing_episodes", "return_interview"),
        fails=lambda case, _: bool(case.missing_episodes) and not case.return_interview,
    ),
    AutomaticTest(
        code="ALE01",
        words="a flag without a date of review",
        fields=("alert", "alert_review"),
        fails=lambda case, _: bool(case.alert) and case.alert_review is None,
    ),
    AutomaticTest(
        code="ALE02",
        words="the review of a flag is past its day",
        fields=("alert", "alert_review"),
        fails=lambda case, round_it: bool(
            case.alert and case.alert_review and case.alert_review < round_it.data_date
        ),
    ),
)
"""The tests, in the order of their items."""
