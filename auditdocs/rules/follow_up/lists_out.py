"""Check lists that are with somebody as duties: who is told that one is due, and that it is late.

Source: domain.md C3 and C4 (a list per due date); that a late one is the manager's too is ours.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from auditdocs.model.accuracy import CheckList
from auditdocs.rules.follow_up.addressees import Addressee, Directory
from auditdocs.rules.follow_up.duties import Duty


def list_duties(
    lists: Iterable[CheckList], directory: Directory, *, today: date, until: date
) -> Iterator[Duty]:
    """A duty for each of the lists that are out which is due by that day: of its checker, and of
    the team's manager when it is late."""
    for each in lists:
        if each.due <= until:
            yield Duty(
                kind="check list",
                about=each.list_id,
                text="Check list of the Accuracy audit: fill in the last columns and return it",
                due=each.due,
                team=each.team,
                to=tuple(dict.fromkeys(_told(each, directory, today))),
            )


def _told(of: CheckList, directory: Directory, today: date) -> Iterator[Addressee]:
    yield Addressee(of.team, of.checker)
    if of.due < today:
        yield Addressee(of.team, directory.posts.manager(of.team, directory.day) or of.checker)
