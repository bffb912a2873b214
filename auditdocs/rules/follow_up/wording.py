"""What every letter says at its head and foot."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from auditdocs.model.letter import LETTERS, Letter
from auditdocs.model.settings import Settings
from auditdocs.rules.calendar.dates import uk_date


def common(letter: Letter, settings: Settings, *, today: date) -> Mapping[str, Any]:
    """The values that letters of every kind have."""
    return {
        "service_name": settings.service_name,
        "marking": settings.marking,
        "letter_name": LETTERS[letter.kind],
        "reference": letter.audit_id,
        "to": letter.person,
        "made": uk_date(today),
    }
