"""Made-up cases: children with a sound history, each date after the one that leads to it.

Of forty open cases sixteen are in need, thirteen looked after, three protected and eight under
assessment; two of those looked after are protected too. What recurs (visits, reviews, checks) was
last done in its time, and late once in eight.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from auditdocs.model.case import CIN, CP, LAC, Case
from auditdocs.rules.calendar.dates import is_working_day
from auditdocs.rules.made_up.chance import Chance
from auditdocs.rules.made_up.names import LOCAL_AUTHORITY

_ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "MOTH", "APKN", "ABAN", "BAFR", "OOTH")
_NEEDS = ("N1", "N1", "N1", "N1", "N2", "N3", "N4", "N5", "N5", "N6", "N8")
_CATEGORIES = ("Neglect", "Neglect", "Emotional abuse", "Emotional abuse", "Physical abuse")
_DISABILITIES = ("No",) * 11 + ("Yes",) * 3 + ("",)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of case: its status, its types, and the days it may have been open."""

    status: str
    types: frozenset[str]
    shortest: int
    longest: int


_NEED = _Kind("child in need", frozenset({CIN}), 50, 1095)
_PROTECTED = _Kind("child protection", frozenset({CP}), 75, 900)
_CARE = _Kind("looked after", frozenset({LAC}), 110, 1095)
_BOTH = _Kind("looked after", frozenset({CP, LAC}), 150, 900)
_ASSESSMENT = _Kind("open assessment", frozenset(), 3, 75)
_LETTERS = {"N": _NEED, "P": _PROTECTED, "L": _CARE, "B": _BOTH, "A": _ASSESSMENT}
_PATTERN = tuple(_LETTERS[letter] for letter in "NLANLNPNLANLBNLANLNANLNPALNANLNBNLANLPNA")
_ENDINGS = (_NEED, _CARE, _PROTECTED, _NEED, _ASSESSMENT)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to be looked after, all of one piece; the ages are whole years, both included."""

    share: int
    legal_status: str
    placement: str
    provider: str
    plan: str
    youngest: int = 0
    oldest: int = 17
    uasc: str = "No"


_HOME_AGAIN = _Way(5, "C1", "U6", "PR4", "Return to family", 0, 12)
_WAYS = (
    _HOME_AGAIN,
    _Way(7, "C2", "U6", "PR1", "Long-term fostering", 2),
    _Way(6, "C2", "U4", "PR4", "Long-term fostering", 4),
    _Way(4, "C2", "U3", "PR1", "SGO/CAO"),
    _Way(3, "C1", "U3", "PR1", "SGO/CAO", 0, 10),
    _Way(4, "V2", "U6", "PR1", "Return to family"),
    _Way(2, "V2", "K2", "PR4", "Supported living in the community", 15),
    _Way(2, "C2", "K2", "PR4", "Long-term residential placement", 10),
    _Way(1, "V2", "H5", "PR4", "Supported living in the community", 16, 17, "Yes"),
    _Way(2, "C1", "P1", "PR0", "Return to family", 1, 14),
    _Way(1, "E1", "A5", "PR1", "Adoption", 1, 4),
    _Way(1, "V4", "U6", "PR1", "other", 5),
    _Way(1, "J1", "R5", "PR3", "other", 14),
)
_WAYS_IN_TURN = tuple(way for way in _WAYS for _ in range(way.share))
_ANY_AGE = _Way(0, "", "", "", "", 0, 16)


@dataclass(frozen=True, slots=True)
class _Life:
    """What happens to one child up to a day."""

    chance: Chance
    today: date

    def after(self, name: str, day: date, *, low: int, high: int) -> date:
        """A working day about `low` to `high` days after that one, today at the latest."""
        room = (self.today - day).days
        days = self.chance.number(name, low=min(low, room), high=min(high, room))
        return worked_on(day + timedelta(days=days))

    def latest(self, name: str, day: date, *, first: int, every: int) -> date | None:
        """The last day of something that begins `first` days after the day and recurs, if any."""
        room = (self.today - day).days - first
        if room < 0:
            return None
        reach = every * 3 // 2 if self.chance.happens(f"{name} late", one_in=8) else every
        ago = self.chance.number(name, low=0, high=min(reach, room))
        return max(day, worked_on(self.today - timedelta(days=ago)))


def made_up_cases(chance: Chance, *, children: int, data_date: date) -> Iterator[Case]:
    """That many open cases, then one closed in the last five months for every thirty."""
    for number in range(children):
        life = _Life(chance.about("child", number), data_date)
        yield _open_case(_child_id(chance, number), _kind(number), _way(number), life)
    for number in range(children, children + children // 30):
        life = _Life(chance.about("child", number), data_date)
        yield _closed_case(_child_id(chance, number), _ENDINGS[number % len(_ENDINGS)], life)


def worked_on(day: date) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _child_id(chance: Chance, number: int) -> str:
    offset = chance.number("identities", low=0, high=8_999_999)
    return str(1_000_000 + (offset + number * 7_654_321) % 9_000_000)


def _kind(number: int) -> _Kind:
    return _PATTERN[number % len(_PATTERN)]


def _way(number: int) -> _Way:
    if LAC not in _kind(number).types:
        return _ANY_AGE
    laps, place = divmod(number, len(_PATTERN))
    rank = laps * _rank(len(_PATTERN)) + _rank(place)
    return _WAYS_IN_TURN[rank * 16 % len(_WAYS_IN_TURN)]


def _rank(place: int) -> int:
    return sum(LAC in kind.types for kind in _PATTERN[:place])


def _open_case(child_id: str, kind: _Kind, way: _Way, life: _Life) -> Case:
    born = _born(kind, way, life)
    opened = _opened(kind, born, life)
    case = _assessed(_child(child_id, kind, born, life), opened, life)
    if CP in kind.types:
        case = _protected(case, opened, life)
    elif kind is _NEED and life.chance.happens("stepped down", one_in=10):
        case = _stepped_down(case, opened, life)
    if LAC in kind.types:
        case = _looked_after(case, way, opened, life)
    return _seen(case, opened, life)


def _closed_case(child_id: str, kind: _Kind, life: _Life) -> Case:
    end = life.after("closed", worked_on(life.today - timedelta(days=150)), low=0, high=145)
    way = _HOME_AGAIN if LAC in kind.types else _ANY_AGE
    case = _open_case(child_id, kind, way, _Life(life.chance, end))
    return replace(
        case,
        close_date=end,
        case_status="closed",
        assess_end=case.assess_end or end,
        cp_end=case.cp_end or (end if case.cp_start else None),
        care_end=end if case.care_start else None,
    )


def _born(kind: _Kind, way: _Way, life: _Life) -> date:
    youngest, oldest = max(way.youngest * 366, kind.shortest + 30), way.oldest * 365 + 364
    return life.today - timedelta(days=life.chance.number("age", low=youngest, high=oldest))


def _opened(kind: _Kind, born: date, life: _Life) -> date:
    lived = (life.today - born).days
    days = life.chance.number("open", low=kind.shortest, high=min(kind.longest, lived - 14))
    return worked_on(life.today - timedelta(days=days))


def _child(child_id: str, kind: _Kind, born: date, life: _Life) -> Case:
    return Case(
        child_id=child_id,
        case_status=kind.status,
        case_types=kind.types,
        dob=born,
        gender=life.chance.one_of("gender", ("Male", "Female")),
        ethnicity=life.chance.one_of("ethnicity", _ETHNICITIES),
        disability=life.chance.one_of("disability", _DISABILITIES),
        primary_need=life.chance.one_of("need", _NEEDS),
    )


def _assessed(case: Case, opened: date, life: _Life) -> Case:
    start = life.after("assessed", opened, low=0, high=3)
    done = life.after("authorised", start, low=20, high=70)
    return replace(
        case,
        open_date=opened,
        referral_date=opened,
        assess_start=start,
        assess_end=None if case.case_status == _ASSESSMENT.status else done,
    )


def _protected(case: Case, opened: date, life: _Life) -> Case:
    strategy = life.after("strategy", opened, low=0, high=(life.today - opened).days - 45)
    start = life.after("conference", strategy, low=8, high=24)
    alone = case.dob is not None and (life.today - case.dob).days > 1_100
    return replace(
        case,
        strategy_date=strategy,
        icpc_date=start,
        cp_start=start,
        cp_category=life.chance.one_of("category", _CATEGORIES),
        cp_last_visit=life.latest("protection visit", start, first=5, every=14),
        cp_seen_alone="Yes" if alone and not life.chance.happens("kept", one_in=6) else "No",
        cp_last_review=life.latest("conference review", start, first=80, every=180),
    )


def _stepped_down(case: Case, opened: date, life: _Life) -> Case:
    """The case with a plan that ended in the last five months, where it was open long enough."""
    end = worked_on(life.today - timedelta(days=life.chance.number("stepped", low=10, high=150)))
    if (end - opened).days < _PROTECTED.shortest:
        return case
    return replace(_protected(case, opened, _Life(life.chance, end)), cp_end=end)


def _looked_after(case: Case, way: _Way, opened: date, life: _Life) -> Case:
    start = life.after("care", opened, low=0, high=min(180, (life.today - opened).days - 60))
    return replace(
        _placed(case, way, start, life),
        care_start=start,
        permanence_plan=way.plan,
        uasc=way.uasc,
        lac_last_review=life.latest("care review", start, first=18, every=180),
        lac_last_visit=life.latest("care visit", start, first=5, every=42),
        iro_last_visit=life.latest("reviewer", start, first=18, every=120),
        last_health=life.latest("health", start, first=18, every=330),
        last_dental=life.latest("dentist", start, first=40, every=330),
    )


def _placed(case: Case, way: _Way, start: date, life: _Life) -> Case:
    by_court = way.legal_status in ("C2", "E1")
    moved = life.chance.happens("moved", one_in=2)
    place = life.chance.number("place", low=1, high=999)
    away = life.chance.happens("away", one_in=4)
    return replace(
        case,
        disability="Yes" if way.legal_status == "V4" else case.disability,
        legal_status=way.legal_status,
        legal_start=life.after("order", start, low=60, high=270) if by_court else start,
        placement_type=way.placement,
        placement_provider=way.provider,
        placement_start=life.after("move", start, low=14, high=700) if moved else start,
        placement_postcode=f"ZZ{place % 90 + 10} {place % 9 + 1}ZZ",
        placement_urn="" if way.provider == "PR0" else f"SC{place:06d}",
        placement_la="Neighbouring authority" if away else LOCAL_AUTHORITY,
    )


def _seen(case: Case, opened: date, life: _Life) -> Case:
    home = life.latest("seen", opened, first=5, every=30)
    days = [day for day in (home, case.cp_last_visit, case.lac_last_visit) if day]
    return replace(case, last_seen=max(days, default=None))
