"""The names that copies of one file get."""

import pytest

from auditdocs.rules.returns.copies import are_copies, folded

FORM = "QA-2026-09-0001 Quality C1001.docx"


@pytest.mark.parametrize(
    "ending",
    [
        " (1)",
        " - Copy",
        " - Copy (2)",
        "-COUNCIL-PC12",
        " (Ann's conflicted copy 2026-10-01)",
        ".sync-conflict-20261001-101010-ABCDEFG",
        "(AutoRecovered)",
    ],
)
def test_a_copy_is_folded_to_the_name_it_had(ending):
    copy = FORM.replace(".docx", f"{ending}.docx")
    assert folded(copy) == folded(FORM)
    assert are_copies(f"inbox/{copy}", f"inbox/team/{FORM}")


@pytest.mark.parametrize("other", [FORM, "QA-2026-09-0002 Quality C1001.docx", "form v2.docx"])
def test_another_form_is_no_copy(other):
    assert not are_copies(FORM, other)
