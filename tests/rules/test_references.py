"""Audit ids: what is printed is what is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.rules.references import Reference, reference, references_in

PERIODS = st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0")) | st.builds(
    "{:04d}-{:02d}-Q{}".format, st.integers(1000, 9999), st.integers(0, 99), st.integers(1, 4)
)
REFERENCES = st.builds(
    Reference,
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=6),
    PERIODS,
    st.integers(0, 999_999),
)


@given(REFERENCES)
def test_a_reference_is_read_back_from_what_is_printed(made):
    assert reference(str(made)) == made
    assert reference(f"  {str(made).lower()}\n") == made


@given(st.lists(REFERENCES, max_size=4), st.sampled_from([" ", ", ", "\n", "/1 ", "(", " – see "]))
def test_every_reference_in_a_text_is_found_in_order(made, between):
    text = between.join(map(str, made))
    assert references_in(text) == tuple(map(str, made))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Q-2026-10-0012", ("Q", "2026-10", 12)),
        ("H-2026-27-Q3-0002", ("H", "2026-27-Q3", 2)),
        ("C-2026-09-12345", ("C", "2026-09", 12345)),
        ("q–2026‑10‐0012", ("Q", "2026-10", 12)),
    ],
)
def test_a_reference_has_type_period_and_serial(text, parts):
    found = reference(text)
    assert (found.prefix, found.period, found.serial) == parts


@pytest.mark.parametrize(
    "text",
    [
        "", "Q", "Q-2026-10", "Q-2026-10-12", "Q-2026-10-1234567", "2026-10-0012", "Q-26-10-0012",
        "QUALITY-2026-10-0012", "Q-2026-10-0012/1", "Q 2026 10 0012", "Q-2026-27-Q5-0001",
        "Q-٢٠٢٦-10-0012",
    ],
)  # fmt: skip
def test_what_is_no_reference_is_none(text):
    assert reference(text) is None


def test_a_longer_number_or_word_is_not_cut_down_to_a_reference():
    assert references_in("Q-2026-10-00123456") == ()
    assert references_in("7Q-2026-10-0012") == ()
    assert references_in("LETTERQ-2026-10-0012") == ()
    assert references_in("see Q-2026-10-0012.") == ("Q-2026-10-0012",)


@given(st.text(max_size=40))
def test_any_text_has_references_that_can_be_read_or_none(text):
    for found in references_in(text):
        assert str(reference(found)) == found


def test_references_sort_as_they_were_given_out():
    made = [
        reference(f"Q-2026-{month}-{serial}")
        for month in ("09", "10")
        for serial in ("0002", "0010")
    ]
    assert sorted(reversed(made)) == made
