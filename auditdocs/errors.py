"""What a person may see: one sentence of what is wrong, where, and what to do about it.

Anything a person can mend is an AuditdocsError; a fault of ours is any other exception and keeps
its traceback. No message holds a name, a date of birth or an answer: an error is a log.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, whatever its capitals; "" where none is near."""
    folded = {each.casefold(): each for each in known}
    near = get_close_matches(word.casefold(), folded, n=1)
    return folded[near[0]] if near else ""


class AuditdocsError(Exception):
    """Something a person can mend. `status` is the exit status of cli.md."""

    status: ClassVar[int] = 3
    code: ClassVar[str] = "refused"

    def __init__(self, text: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """The whole message: what, where and what to do, on one line each."""
        lines = [self.text, f"Where: {self.where}" if self.where else ""]
        lines.append(f"What to do: {self.hint}" if self.hint else "")
        return "\n".join(line for line in lines if line)


class UsageFault(AuditdocsError):
    """The command line asks for something that does not exist or does not fit together."""

    status = 2
    code = "usage"


class SettingsFault(AuditdocsError):
    """auditdocs.toml cannot be used as it stands."""

    code = "settings"


class ContractFault(AuditdocsError):
    """The contract of a form (its .toml) cannot be used as it stands."""

    code = "contract"


class TemplateFault(AuditdocsError):
    """A Word template cannot be filled as it stands."""

    code = "template"


class ExtractFault(AuditdocsError):
    """A file that was to be an extract or a staff register cannot be taken.

    `kind` says of one that cannot be read what it is, as for returned forms; "extract" says that it
    was read, and cannot be taken as it stands.
    """

    code = "extract"

    def __init__(
        self, text: str, *, kind: str = "extract", where: str = "", hint: str = ""
    ) -> None:
        super().__init__(text, where=where, hint=hint)
        self.kind = kind


class WorkspaceFault(AuditdocsError):
    """There is no workspace here, or it is not whole."""

    code = "workspace"


class Unavailable(AuditdocsError):
    """A share, the journal or the ledger cannot be used now; later it may.

    `cause` says why without naming the file, which may be called by a child's name.
    """

    status = 4
    code = "unavailable"

    def __init__(self, text: str, *, cause: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(text, where=where, hint=hint)
        self.cause = cause or text


class LedgerFault(AuditdocsError):
    """The ledger workbook cannot be read or posted to as it stands."""

    status = 4
    code = "ledger"


class AlreadyRunning(AuditdocsError):
    """Another instance is at work in this workspace."""

    status = 5
    code = "running"


class FormFault(AuditdocsError):
    """A returned file that cannot be read as a form; `kind` says which of forms.md's it is."""

    def __init__(self, kind: str, text: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(text, where=where, hint=hint)
        self.kind = kind
