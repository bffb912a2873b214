"""What waits in the Accuracy audit as duties: forms, reviews, lists, and values to be put right.

Source: domain.md C3 (warned four weeks before; overdue listed to TM, BSO and hos_bs), C4 (a list
per due date; a query); the procedure, Process (Accuracy Audit: officers check, and support staff in
updating their records). That a late list is the manager's too is our decision, 2026-11-25.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from auditdocs.model.accuracy import Agreement, AgreementForm, CheckList
from auditdocs.rules.accuracy.results import Finding
from auditdocs.rules.accuracy.reviews import Review
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.addressees import Addressee, Directory
from auditdocs.rules.follow_up.duties import Duty
from auditdocs.rules.plural import number_of

_NAMED = 6
"""How many values a letter names; the others stand in the ledger."""


def review_duties(reviews: Iterable[Review], directory: Directory, *, post: str) -> Iterator[Duty]:
    """A duty for each review: of the two who agree, and when it is late of the Head of Service too.

    `post` is the title of the Head of Service for Business Support, used where nobody is named.
    """
    for review in reviews:
        agreement = review.agreement
        told = "hold the review, change what is to change, and return the form signed by both"
        yield Duty(
            kind="agreement review",
            about=agreement.form_id,
            text=f"Accuracy agreement of {agreement.team}, {review.why}: {told}",
            due=review.due,
            team=agreement.team,
            to=_of_the_team(agreement, directory, late=review.late, post=post),
        )


def agreement_duties(
    forms: Iterable[AgreementForm], directory: Directory, *, today: date, until: date, post: str
) -> Iterator[Duty]:
    """A duty for each form that is out and due by that day: of the two who agree, and when it is
    late of the Head of Service too, whose post is titled `post`."""
    for form in forms:
        if form.due <= until:
            yield Duty(
                kind="agreement out",
                about=form.form_id,
                text=f"Accuracy agreement of {form.team}: agree on it, and return the form signed "
                "by both",
                due=form.due,
                team=form.team,
                to=_of_the_team(form, directory, late=form.due < today, post=post),
            )


def list_duties(
    lists: Iterable[CheckList], directory: Directory, *, today: date, until: date
) -> Iterator[Duty]:
    """A duty for each of the lists that are out which is due by that day: of its checker, and of
    the team's manager when it is late.

    Of several of the same items the last is told, which shows the newest values, and how many are
    out besides.
    """
    for each, earlier in newest_lists(list_ for list_ in lists if list_.due <= until):
        yield _list_duty(each, directory, earlier=earlier, late=each.due < today)


def newest_lists(lists: Iterable[CheckList]) -> Iterator[tuple[CheckList, int]]:
    """Each list whose items no later one of its team asks for, and how many it overtakes."""
    by_team: dict[str, list[CheckList]] = {}
    for each in lists:
        by_team.setdefault(each.team, []).append(each)
    for of_team in by_team.values():
        for each in of_team:
            if not any(_overtakes(other, each) for other in of_team):
                yield each, sum(_overtakes(each, other) for other in of_team)


def besides(earlier: int) -> str:
    """That so many earlier lists are out besides, in words; "" for none."""
    lists = number_of(earlier, "earlier list")
    return f" ({lists} of its items never came back)" if earlier else ""


def _list_duty(of: CheckList, directory: Directory, *, earlier: int, late: bool) -> Duty:
    manager = directory.posts.manager(of.team, directory.day) if late else ""
    return Duty(
        kind="check list",
        about=of.list_id,
        text="Check list of the Accuracy audit: fill in the last columns and return it"
        + besides(earlier),
        due=of.due,
        team=of.team,
        to=_people(of.team, of.checker, manager),
    )


def _overtakes(later: CheckList, earlier: CheckList) -> bool:
    """Whether a list of the same team asks for all that an earlier one asked for."""
    asked, again = ({item.id for item in each.items} for each in (earlier, later))
    return later.due > earlier.due and asked <= again


def query_duties(findings: Iterable[Finding]) -> Iterator[Duty]:
    """A duty for each list in which rows are to be made clear: of its checker."""
    unclear = (each for each in findings if each.said.why)
    for of, found in _by_list(unclear, {}).values():
        rows = number_of(len(found), "row")
        yield Duty(
            kind="check query",
            about=of.list_id,
            text=f"Make {rows} of the Accuracy check list clear, and return it again",
            due=of.due,
            team=of.team,
            to=_people(of.team, of.checker),
            words=_words((each, each.said.why) for each in found),
        )


def correction_duties(
    findings: Iterable[Finding], directory: Directory, *, workers: Mapping[str, str]
) -> Iterator[Duty]:
    """What is to be put right on the system: for each list and worker a duty of the worker's for
    each kind, and for each list one of its checker's, who supports them.

    `workers` are those of the open cases now, by child; without one it is the team manager's.
    """
    wrong = [each for each in findings if each.still_wrong or each.uncorrected]
    for kind in ("not corrected", "to be corrected"):
        mine = (each for each in wrong if each.uncorrected == (kind == "to be corrected"))
        for (_, worker), (of, found) in _by_list(mine, workers).items():
            responsible = worker or directory.posts.manager(of.team, directory.day)
            to, told = _people(of.team, responsible or of.checker), _words((e, "") for e in found)
            yield _correction(of, kind, _to_put_right(found), to, told)
    for of, found in _by_list(wrong, {}).values():
        text = f"See to it that {_values(found)} put right on the system, with the day of each"
        told = "; ".join(f"{n} × {label}" for label, n in Counter(map(_label, found)).items())
        yield _correction(of, "to be corrected", text, _people(of.team, of.checker), told)


def _correction(of: CheckList, kind: str, text: str, to: tuple[Addressee, ...], words: str) -> Duty:
    return Duty(
        kind=kind, about=of.list_id, text=text, due=of.due, team=of.team, to=to, words=words
    )


def _to_put_right(found: Sequence[Finding]) -> str:
    """What is to be done with values of one kind, which an extract shows as before or may not."""
    values = "a value that was" if len(found) == 1 else f"{len(found)} values that were"
    shown = [each.still_wrong for each in found if each.still_wrong]
    if shown:
        as_before = f"the extract of {uk_date(max(shown))} shows the same as before"
        return f"Put right on the system {values} said to be corrected: {as_before}"
    return f"Put right on the system {values} found wrong, and say on which day"


def _values(found: Sequence[Finding]) -> str:
    return "a value is" if len(found) == 1 else f"{len(found)} values are"


def _label(finding: Finding) -> str:
    return finding.item.label


def _of_the_team(
    of: Agreement | AgreementForm, directory: Directory, *, late: bool, post: str
) -> tuple[Addressee, ...]:
    """The two who agree, as the posts are held today; when it is late, or neither is known, the
    Head of Service for Business Support too."""
    known = directory.posts.team(of.team)
    manager = directory.posts.manager(of.team, directory.day) or directory.in_post(of.tm)
    officer = known.business_support or directory.in_post(of.bso)
    two = _people(of.team, manager, officer)
    return (
        tuple(dict.fromkeys((*two, directory.business_support(post)))) if late or not two else two
    )


def _people(team: str, *names: str) -> tuple[Addressee, ...]:
    return tuple(Addressee(team, name) for name in dict.fromkeys(names) if name)


def _by_list(
    findings: Iterable[Finding], workers: Mapping[str, str]
) -> dict[tuple[str, str], tuple[CheckList, list[Finding]]]:
    """The findings of each list and worker, in order."""
    found: dict[tuple[str, str], tuple[CheckList, list[Finding]]] = {}
    for each in findings:
        key = (each.of.list_id, workers.get(each.listed.child_id, ""))
        found.setdefault(key, (each.of, []))[1].append(each)
    return found


def _words(told: Iterable[tuple[Finding, str]]) -> str:
    """What is said, with the items and their children; only the first few are named."""
    every = list(told)
    children: dict[str, dict[str, list[str]]] = {}
    for finding, why in every[:_NAMED]:
        of_this = children.setdefault(why, {})
        of_this.setdefault(finding.item.label, []).append(finding.listed.child_id)
    named = [f"{why} {_listed(of_this)}".lstrip() for why, of_this in children.items()]
    more = len(every) - _NAMED
    return "; ".join(
        (*named, *([f"{more} more in the ledger, sheet Accuracy"] if more > 0 else []))
    )


def _listed(children: Mapping[str, list[str]]) -> str:
    return ", ".join(
        f"{label} ({'child' if len(ids) == 1 else 'children'} {', '.join(ids)})"
        for label, ids in children.items()
    )
