"""Directed cases: those that a head of service or a manager names, each with the reason.

Source: Audit procedure 2, Quality Audit ("Head of Services might decide that particular cases
should be selected"); domain.md A1.1, step 3 ("a pick outside the pool is allowed but flagged").
"""

from collections.abc import Mapping
from dataclasses import dataclass

from auditdocs.errors import UsageFault
from auditdocs.model.case import Case
from auditdocs.model.selection import Exclusion
from auditdocs.rules.selection.history import by_child
from auditdocs.rules.selection.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Directed:
    """A case that somebody names, with the reason."""

    case: Case
    reason: str
    bar: str
    """What would have kept it out of the pool, in words, or ""."""
    refusal: str = ""
    """Why it cannot be given all the same, or ""."""

    @property
    def why(self) -> str:
        """Why it was chosen."""
        return f"directed: {self.reason}" + (f" (although {self.bar})" if self.bar else "")

    @property
    def exclusion(self) -> Exclusion:
        """The case as excluded, by its refusal."""
        reason = f"directed, but {self.refusal}"
        return Exclusion(child_id=self.case.child_id, reason=reason)

    @property
    def warning(self) -> str:
        """What the operator should know of it, or ""."""
        if self.refusal:
            return f"Case {self.case.child_id} was directed and is not given: {self.refusal}"
        return f"Case {self.case.child_id} was directed although {self.bar}" if self.bar else ""


def directed_cases(request: Request, bars: Mapping[str, str]) -> tuple[Directed, ...]:
    """The cases that somebody names, in the order named.

    `bars` is, by child id, what keeps an open case out of the pool. A case with a form of the same
    type out is refused: two forms for one audit would come home. Raises UsageFault when an id is
    not in the caseload, stands twice or has no reason.
    """
    cases = {case.child_id: case for case in request.cases}
    out = by_child(request.forms_out(request.own_audits))
    return tuple(
        Directed(
            case=_known(child_id, cases),
            reason=reason,
            bar=bars.get(child_id, "the case is not open"),
            refusal=f"a form is out already: {out[child_id][-1].audit_id}"
            if child_id in out
            else "",
        )
        for child_id, reason in _reasons(request.directed).items()
    )


def _reasons(named: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    reasons: dict[str, str] = {}
    for child_id, reason in ((child_id.strip(), reason.strip()) for child_id, reason in named):
        if child_id in reasons:
            raise UsageFault(f"Case {child_id} is named twice.", hint="Name each case once.")
        if not reason:
            hint = f'Write --case {child_id} --reason "…".'
            raise UsageFault(f"Case {child_id} is named without a reason.", hint=hint)
        reasons[child_id] = reason
    return reasons


def _known(child_id: str, cases: Mapping[str, Case]) -> Case:
    if child_id not in cases:
        hint = "Write the child's id as the extract shows it, leading zeros too."
        raise UsageFault(f"Case {child_id} is not in the caseload.", hint=hint)
    return cases[child_id]
