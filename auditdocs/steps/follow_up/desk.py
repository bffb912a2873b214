"""An office with the people of today and what staff wrote in the ledger: what letters need."""

from dataclasses import dataclass, field

from auditdocs.errors import ContractFault
from auditdocs.model.people import Staff
from auditdocs.places.journal.caseload import newest_extract
from auditdocs.rules.follow_up.addressees import Directory
from auditdocs.rules.follow_up.followed import Followed
from auditdocs.rules.selection.posts import posts
from auditdocs.steps.gather.followed import Background, background, followed
from auditdocs.steps.office import Office, service


@dataclass(frozen=True, slots=True)
class Desk:
    """All that letters about audits are written from."""

    office: Office
    directory: Directory
    known: Background
    _last: list[Followed] = field(default_factory=list)

    def followed(self, audit_id: str) -> Followed:
        """An audit that is home as it stood when the desk came to it: its letters come together.

        Raises ContractFault for one of a type that is gone.
        """
        if not self._last or self._last[0].audit.audit_id != audit_id:
            self._last[:] = followed(self.office, self.known, (audit_id,))
        if not self._last:
            raise ContractFault(
                f"The contract of {audit_id} is no longer among the templates.",
                hint="Put it back in templates/forms until its letters are made.",
            )
        return self._last[0]


def desk(office: Office) -> Desk:
    """The desk of today. Before the first extract nobody is known, and what forms name is used."""
    known = service(office).staff if newest_extract(office.journal) else Staff()
    return Desk(office, Directory(posts(known), office.today), background(office))
