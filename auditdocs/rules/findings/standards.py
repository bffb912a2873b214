"""Standards met and not met: the answers of audits that ask in place, in time, up to date.

Source: domain.md A3.2 (result of a standard), D2 (compliance), D4 (what is in no denominator).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditdocs.model.audit import Audit
from auditdocs.model.contract import Contract, Item
from auditdocs.model.form import Record
from auditdocs.rules.findings.counts import Counted, Spread, by_label, together
from auditdocs.rules.forms.outcomes import MET, NOT_MET, RESULTS, facets_said, standard_result
from auditdocs.rules.forms.scales import SCALES

STATUTORY = ("reg", "guid")
"""What a standard rests on that the service may not change."""

FACET_SHORTFALLS: Mapping[str, str] = {
    "P": "Not in place",
    "T": "Not in time",
    "U": "Not up to date",
}
"""A "no" to a facet, in words: practice, capacity and recording have different remedies."""

_SCALE = tuple(level.code for level in SCALES["facet"])
_Found = defaultdict[tuple[str, str], list[tuple[str, str]]]
"""Item id and facet, or "" for all of the standard, to what each audit found, with its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard and what the audits found of it."""

    item: Item
    results: Spread
    """By the keys of RESULTS."""
    facets: Mapping[str, Spread]
    """Facet letter to its answers."""

    @property
    def met(self) -> int:
        """In how many audits it is met."""
        return self.results[MET].value

    @property
    def not_met(self) -> int:
        """In how many audits it is not met."""
        return self.results[NOT_MET].value

    @property
    def applicable(self) -> int:
        """In how many audits it is met or not: the denominator of every percentage."""
        return self.met + self.not_met

    @property
    def looked_at(self) -> Counted:
        """The same, with the audits behind it."""
        return together((self.results[MET], self.results[NOT_MET]))

    @property
    def is_statutory(self) -> bool:
        """Whether it rests on regulations or statutory guidance."""
        return self.item.basis in STATUTORY

    def missing(self, facet: str) -> int:
        """In how many audits the facet is answered "no"; 0 for a facet it has not."""
        return self.lacking(facet).value

    def lacking(self, facet: str) -> Counted:
        """The audits in which the facet is answered "no"; none for a facet it has not."""
        return self.facets.get(facet, {}).get("no", Counted())


def standards(
    contract: Contract, audits: Iterable[Audit], records: Mapping[str, Record]
) -> tuple[Standard, ...]:
    """Every standard of the contract, in printed order, over these audits."""
    found: _Found = defaultdict(list)
    for record in (records[a.audit_id] for a in audits if a.audit_id in records):
        for item_id, given in facets_said(record).items():
            found[item_id, ""].append((standard_result(given.values()), record.audit_id))
            for facet, code in given.items():
                found[item_id, facet].append((code, record.audit_id))
    return tuple(_standard(item, found) for item in contract.items if item.facets)


def by_basis(found: Iterable[Standard]) -> Mapping[str, tuple[Standard, ...]]:
    """The standards by what they rest on: those of STATUTORY first, then "" for the local ones."""
    kinds: dict[str, list[Standard]] = {basis: [] for basis in (*STATUTORY, "")}
    for each in found:
        kinds[each.item.basis if each.is_statutory else ""].append(each)
    return {basis: tuple(standards) for basis, standards in kinds.items() if standards}


def sums(found: Iterable[Standard]) -> tuple[Counted, Counted, Counted]:
    """How often one of the standards applied, was met, and was not met."""
    standards = tuple(found)
    met, missed = (together(each.results[key] for each in standards) for key in (MET, NOT_MET))
    return together((met, missed)), met, missed


def most_missed(found: Iterable[Standard]) -> tuple[Standard, ...]:
    """Those not met in some audit: the most audits first, then the greatest share.

    By number and not by share, or a standard asked once and missed once would lead the list.
    """
    missed = (standard for standard in found if standard.not_met)
    return tuple(sorted(missed, key=lambda each: (-each.not_met, each.applicable)))


def _standard(item: Item, found: _Found) -> Standard:
    return Standard(
        item=item,
        results=by_label(found[item.id, ""], order=RESULTS),
        facets={facet: by_label(found[item.id, facet], order=_SCALE) for facet in item.facets},
    )
