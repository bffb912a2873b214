"""A ledger made anew from the journal, with the columns that people had added to its tables."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from auditdocs.documents.ledger.own import own_columns
from auditdocs.documents.ledger.workbook import posted
from auditdocs.errors import LedgerFault, Unavailable
from auditdocs.model.ledger import Post
from auditdocs.places import ledger as ledgers
from auditdocs.places.journal import posted as kept
from auditdocs.steps.office import Office
from auditdocs.steps.post import Posting, copies_of, post, read_back, sheets, written


def rebuilt(office: Office) -> Posting:
    """A new ledger from the journal, staff columns included; the old one is kept as a copy."""
    with suppress(LedgerFault):  # the old ledger may be the very thing that is damaged
        read_back(office)
    return begun_anew(office, like=ledgers.ledger(office.workspace.ledger))


def begun_anew(office: Office, *, like: bytes | None) -> Posting:
    """A new ledger in the place of the one there is, which is kept as a copy.

    Its rows bring along what stood in people's own columns of the workbook `like`.
    """
    ledgers.set_by(office.workspace.ledger, copies=copies_of(office), day=office.today)
    done = post(office)
    if like is None or done.problem is not None:
        return done
    try:
        _take_along(office, like)
    except Unavailable as problem:
        return replace(done, problem=problem)
    return done


def _take_along(office: Office, like: bytes) -> None:
    """What stood in people's own columns written beside the rows that are in the new ledger."""
    with suppress(LedgerFault):
        posts, now = [*_own_posts(office, like)], ledgers.ledger(office.workspace.ledger)
        if posts and now is not None:
            done = posted(now, posts, last={}, changed_on=office.today)
            kept.keep_posted(office.journal, {}, facts=written(office, done, now))


def _own_posts(office: Office, like: bytes) -> Iterator[Post]:
    known, stands = sheets(office), kept.posted(office.journal)
    own = own_columns(like, known)
    for sheet in known:
        columns, rows = own.get(sheet.name, ((), {}))
        if columns:
            here = {key: row for key, row in rows.items() if key in stands.get(sheet.name, {})}
            yield Post(sheet=replace(sheet, columns=(*sheet.columns, *columns)), rows=here)
