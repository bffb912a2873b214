"""A guard against part of a caseload that is taken for the whole of it.

An extract of one team, or one that was cut short, would close the cases it leaves out: their forms
would be withdrawn and their audits drop out of every figure. Our decision, November 2026.
"""

FEWEST = 20
"""Open cases below which a caseload may shrink as it will."""


def is_far_smaller(now: int, *, before: int) -> bool:
    """Whether an extract holds less than half of the open cases of the one before it."""
    return before >= FEWEST and 2 * now < before
