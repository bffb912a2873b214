"""How the Accuracy audit stands: forms and lists out, reviews, queries, what was not corrected.

Source: domain.md C3 (warned four weeks before; overdue listed to TM, BSO and hos_bs).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from auditdocs.errors import WorkspaceFault
from auditdocs.model.accuracy import OUT, AgreementForm, CheckList
from auditdocs.model.standing import Item
from auditdocs.rules.accuracy.results import Finding
from auditdocs.rules.accuracy.reviews import Review, reviews
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.follow_up.of_accuracy import besides, newest_lists
from auditdocs.steps.agreements import forms, in_force, lists_out
from auditdocs.steps.office import Office, service
from auditdocs.steps.rounds import results


def accuracy_out(office: Office) -> Iterator[Item]:
    """The forms and lists that are with somebody, the reviews that are near, what is unclear."""
    yield from _forms(office)
    yield from (_list_item(each, 0, office.today) for each in lists_out(office))
    yield from (_review_item(office, each) for each in agreement_reviews(office, office.today))
    yield from _to_be_looked_at(office)


def accuracy_due(office: Office, on: date) -> Iterator[Item]:
    """Those of them that are due by that day, and reviews from four weeks before theirs.

    Of several lists of the same items the newest is told, and how many are out besides.
    """
    yield from (item for item in _forms(office, on) if item.due and item.due <= on)
    due = (each for each in lists_out(office) if each.due <= on)
    yield from (_list_item(each, earlier, on) for each, earlier in newest_lists(due))
    yield from (_review_item(office, each) for each in agreement_reviews(office, on))
    yield from _to_be_looked_at(office)


def _forms(office: Office, on: date | None = None) -> Iterator[Item]:
    out = (form for form in forms(office) if form.status == OUT)
    return (_out_item("agreement out", form.form_id, form, on or office.today) for form in out)


def _list_item(of: CheckList, earlier: int, on: date) -> Item:
    """The list as it stands; overdue where earlier ones of its items are, whatever its own day."""
    told = _out_item("check list out", of.list_id, of, on)
    return replace(told, text=told.text + besides(earlier), late=told.late or earlier > 0)


def _out_item(kind: str, reference: str, of: AgreementForm | CheckList, on: date) -> Item:
    late = of.due < on
    return Item(
        kind=kind,
        about=reference,
        text=f"{'overdue since' if late else 'due'} {uk_date(of.due)}",
        team=of.team,
        due=of.due,
        late=late,
    )


def agreement_reviews(office: Office, on: date) -> tuple[Review, ...]:
    """The reviews that are near, due, overdue, or needed at once, on that day."""
    known = in_force(office)
    if not known:
        return ()
    try:
        staff = service(office).staff
    except WorkspaceFault:
        return reviews(known.values(), on=on)
    return reviews(known.values(), on=on, people=staff.people, teams=staff.teams)


def _review_item(office: Office, review: Review) -> Item:
    """A review, told to the three who are to know: it is a list of posts, and names nobody."""
    head = office.settings.post("hos_bs")
    told = f"; for the team manager, the business support officer and the {head}"
    since = f" since {uk_date(review.due)}" if review.why == "review overdue" else ""
    day = f" {uk_date(review.due)}" if not review.late else ""
    return Item(
        kind="agreement review",
        about=review.agreement.form_id,
        text=f"{review.why}{since}{day}{told if review.late else ''}",
        team=review.agreement.team,
        due=review.due,
        late=review.late,
    )


def _to_be_looked_at(office: Office) -> Iterator[Item]:
    """What is unclear and what did not reach the system, a line for each item of each list."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for each in results(office).left_open:
        grouped.setdefault((each.of.list_id, each.item.id), []).append(each)
    for found in grouped.values():
        for kind, count, words in _open_words(found):
            if count:
                yield _found_item(found[0], kind, f"{count} {words}")


def _open_words(found: Iterable[Finding]) -> Iterator[tuple[str, int, str]]:
    """Kind of line, how many of the findings it is about, and what is said of them."""
    every = list(found)
    yield "check query", sum(bool(each.said.why) for each in every), "to be made clear"
    still = sum(each.still_wrong is not None for each in every)
    yield "not corrected", still, "said to be corrected, and the extract shows them as before"
    yield "to be corrected", sum(each.uncorrected for each in every), "found wrong, not put right"


def _found_item(finding: Finding, kind: str, words: str) -> Item:
    return Item(
        kind=kind,
        about=finding.of.list_id,
        text=f"{finding.item.label}: {words}",
        team=finding.of.team,
        due=finding.of.due,
        late=True,
    )
