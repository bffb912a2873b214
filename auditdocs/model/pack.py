"""A pack for the service management group: what is in it, before it lies anywhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """One file of a pack as it stands in its folder."""

    name: str
    """Its place in the pack's folder, with "/"."""
    title: str
    """What it is, in a few words; an appendix is named by its reference alone."""
    data: bytes
    sha256: str
    marking: str
    audit_id: str = ""
    """The audit whose form an appendix is."""
