"""The note beside a file that was set aside: what to mend, to be forwarded to whoever sent it."""

from dataclasses import replace
from pathlib import Path

from auditdocs.documents.reports.note import note_document
from auditdocs.model.form import Return
from auditdocs.places.outbox import put_note
from auditdocs.steps.office import Office


def noted(office: Office, came: Return, place: Path) -> Return:
    """The return with its note beside the file that lies at that place. Raises Unavailable."""
    chosen, relative = office.settings, office.workspace.relative
    letter = note_document(came, service=chosen.service_name, marking=chosen.marking)
    note = put_note(place, letter)
    return replace(came, stored=relative(place), note=relative(note))
