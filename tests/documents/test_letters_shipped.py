"""The letters as they are shipped: each is what its layout gives, and none has lost its layout."""

from pathlib import Path

import pytest

from auditdocs.documents.letters.build import letter_template
from auditdocs.documents.letters.layouts import LAYOUTS

SHIPPED = Path(__file__).parents[2] / "templates" / "letters"


def test_every_letter_has_a_layout_and_every_layout_a_letter():
    assert sorted(path.stem for path in SHIPPED.glob("*.docx")) == sorted(LAYOUTS)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_shipped_letter_is_what_its_layout_gives(kind):
    shipped = (SHIPPED / f"{kind}.docx").read_bytes()
    assert letter_template(kind, LAYOUTS[kind]) == shipped
