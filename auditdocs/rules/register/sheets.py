"""Every sheet of the ledger, in the order in which people turn to them."""

from collections.abc import Iterable
from dataclasses import replace

from auditdocs.model.contract import Contract
from auditdocs.model.ledger import Column, Sheet
from auditdocs.rules.register.accuracy import ACCURACY, AGREEMENTS, ROUNDS
from auditdocs.rules.register.audits import audit_sheet
from auditdocs.rules.register.concerns import CONCERNS
from auditdocs.rules.register.contact_sheets import CONTACT_SHEETS
from auditdocs.rules.register.coverage import CAPACITY, COVERAGE
from auditdocs.rules.register.discussions import DISCUSSIONS
from auditdocs.rules.register.disputes import DISPUTES
from auditdocs.rules.register.forms_out import FORMS_OUT
from auditdocs.rules.register.letters import LETTERS_MADE
from auditdocs.rules.register.recommendations import RECOMMENDATIONS
from auditdocs.rules.register.returns import RETURNS
from auditdocs.rules.register.selections import SELECTIONS
from auditdocs.rules.register.smg_actions import SMG_ACTIONS
from auditdocs.rules.register.standards import STANDARDS

_AFTER_THE_AUDITS = (
    CONCERNS,
    RECOMMENDATIONS,
    DISCUSSIONS,
    DISPUTES,
    CONTACT_SHEETS,
    LETTERS_MADE,
    FORMS_OUT,
    RETURNS,
    SELECTIONS,
    ACCURACY,
    ROUNDS,
    AGREEMENTS,
    COVERAGE,
    CAPACITY,
    STANDARDS,
    SMG_ACTIONS,
)


def sheets(contracts: Iterable[Contract]) -> tuple[Sheet, ...]:
    """Every sheet for these audit types, in order; all are there from the first post."""
    kinds = (audit_sheet(contract) for contract in contracts if contract.sections)
    return (*kinds, *_AFTER_THE_AUDITS)


def without_links(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The same, with paths as text: for a ledger that does not lie beside the archive."""
    return tuple(replace(each, columns=tuple(map(_as_text, each.columns))) for each in sheets)


def _as_text(column: Column) -> Column:
    return replace(column, kind="path") if column.kind == "link" else column
