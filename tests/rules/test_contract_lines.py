"""A fault of a contract is told with its line."""

import pytest

from auditdocs.rules.forms.contract_lines import line_of

TEXT = """\
key = "visits"
due_dais = 21
[[sections]]
title = "One"
[[sections.items]]
id = "v_a"
type = "yn"
[[sections.items]]
id = "v_b"
label = "B"
type = "grdae"
"""


@pytest.mark.parametrize(
    ("where", "fault", "line"),
    [
        ("section 1, item 2 (v_b)", 'type "grdae" is not known', 11),
        ("section 1, item 1 (v_a)", "label is missing", 6),
        ("section 1, item 2 (v_b)", "min_age is above max_age", 9),
        ("the contract", 'there is no key "due_dais"; did you mean "due_days"?', 2),
        ("the contract", "more than one item is marked overall", 0),
        ("the contract", "prefix is missing", 0),
    ],
)
def test_a_fault_has_the_line_of_its_key_else_of_its_item(where, fault, line):
    assert line_of(where, fault, TEXT) == line
