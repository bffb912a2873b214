"""The letters as they are shipped: each is what its layout gives, and none has lost its layout."""

from auditdocs.documents.letters.layouts import LAYOUTS
from tests.shipped_templates import TEMPLATES, built

SHIPPED = TEMPLATES / "letters"


def test_every_letter_has_a_layout_and_every_layout_a_letter():
    assert sorted(path.stem for path in SHIPPED.glob("*.docx")) == sorted(LAYOUTS)


def test_what_is_shipped_is_what_its_layout_gives():
    others = [name for name, made in built().items() if (TEMPLATES / name).read_bytes() != made]
    assert others == [], "run: python -m tests.shipped_templates"
