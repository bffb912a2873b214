"""A report written: figures from the journal, a Word document, and the workbook behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditdocs.model.ledger import Cell
from auditdocs.places.journal.audits import audits
from auditdocs.places.journal.posted import staff_columns
from auditdocs.places.journal.returns import records
from auditdocs.places.outbox import put_report, report_place
from auditdocs.rules import register
from auditdocs.rules.figures import Figures, figures, figures_json, traced
from auditdocs.rules.periods import Period, period, quarter_of, quarters_before
from auditdocs.rules.smg_report import smg_report
from auditdocs.steps.office import Office, service
from auditdocs.steps.post import read_back
