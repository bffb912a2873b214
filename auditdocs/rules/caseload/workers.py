"""Whose an audit is: workers of one name are told apart by their ids, wherever audits are counted.

Source: domain.md A3.1 (worker name variants), A2.1, step 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.case import Case
from auditdocs.model.selection import Pick
from auditdocs.rules.caseload.matching import name_key
from auditdocs.rules.caseload.open_cases import worker_key


@dataclass(frozen=True, slots=True)
class Workers:
    """The workers of a caseload, who can be told from audits kept with an id and without one."""

    cases: Mapping[str, Case]
    """Those with a worker, by child id."""
    alike: Mapping[str, frozenset[str]]
    """The worker_keys behind each name_key."""
    ids: frozenset[str]
    names: Mapping[str, str]
    """As told_apart gives them."""

    def key(self, audit: Audit | Pick) -> str:
        """The worker_key of the worker on whom the audit fell.

        Where it was kept without an id it fell on the only worker of that name, or on the one of
        them who has the child's case; "" where namesakes cannot be told apart.
        """
        if audit.worker_id in self.ids:
            return audit.worker_id
        alike = self.alike.get(name_key(audit.worker), frozenset())
        may_be = alike - self.ids if audit.worker_id else alike
        if not may_be:
            return audit.worker_id or audit.worker
        if len(may_be) == 1:
            return next(iter(may_be))
        case = self.cases.get(audit.child_id)
        return worker_key(case) if case and worker_key(case) in may_be else ""


def workers(cases: Iterable[Case]) -> Workers:
    """The workers of these cases."""
    held = [case for case in cases if case.worker]
    alike: dict[str, set[str]] = defaultdict(set)
    for case in held:
        alike[name_key(case.worker)].add(worker_key(case))
    return Workers(
        cases={case.child_id: case for case in held},
        alike={name: frozenset(keys) for name, keys in alike.items()},
        ids=frozenset(case.worker_id for case in held if case.worker_id),
        names=told_apart({worker_key(case): case.worker for case in held}),
    )


def told_apart(names: Mapping[str, str]) -> Mapping[str, str]:
    """Each worker_key to the name of its worker, with the key behind it where namesakes are."""
    times = Counter(names.values())
    return {key: name if times[name] == 1 else f"{name} ({key})" for key, name in names.items()}
