"""A ledger made anew from the journal, with what only the old one holds."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from auditdocs.documents.ledger.own import notes, own_columns
from auditdocs.documents.ledger.workbook import posted
from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.ledger import CHANGES, Post
from auditdocs.places import ledger as ledgers
from auditdocs.places.journal import posted as kept
from auditdocs.steps.office import Office
from auditdocs.steps.post import Posting, copies_of, post, read_back, sheets, written


def rebuilt(office: Office) -> Posting:
    """A new ledger from the journal, staff columns included; the old one is kept as a copy.

    What the old one alone holds goes along: people's own columns, and the changes by hand.
    """
    with suppress(LedgerFault):  # the old ledger may be the very thing that is damaged
        read_back(office)
    old = ledgers.ledger(office.workspace.ledger)
    return begun_anew(office, chain(own_posts(office, old), _notes(old)))


def begun_anew(office: Office, taken_along: Iterable[Post]) -> Posting:
    """A new ledger in the place of the one there is, which is kept as a copy.

    What is taken along is worked out once the new one has its rows.
    """
    ledgers.set_by(office.workspace.ledger, copies=copies_of(office), day=office.today)
    done = post(office)
    if done.problem is not None:
        return done
    try:
        _take_along(office, taken_along)
    except Unavailable as problem:
        return replace(done, problem=problem)
    return done


def own_posts(office: Office, workbook: bytes | None) -> Iterator[Post]:
    """What stands in people's own columns of a workbook, beside the rows that are in the ledger."""
    if workbook is None:
        return
    known, stands = sheets(office), kept.posted(office.journal)
    own = own_columns(workbook, known)
    for sheet in known:
        columns, rows = own.get(sheet.name, ((), {}))
        if columns:
            here = {key: row for key, row in rows.items() if key in stands.get(sheet.name, {})}
            yield Post(sheet=replace(sheet, columns=(*sheet.columns, *columns)), rows=here)


def _notes(workbook: bytes | None) -> Iterator[Post]:
    if workbook is not None and (rows := notes(workbook)):
        yield Post(sheet=CHANGES, rows=rows)


def _take_along(office: Office, taken_along: Iterable[Post]) -> None:
    with suppress(LedgerFault):  # the workbook that they come from may be damaged
        posts, now = [*taken_along], ledgers.ledger(office.workspace.ledger)
        if posts and now is not None:
            done = posted(now, posts, last={}, changed_on=office.today)
            kept.keep_posted(office.journal, {}, facts=written(office, done, now))
