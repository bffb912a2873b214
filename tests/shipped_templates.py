"""The Word templates of letters and reports as they are shipped, written from their layouts.

Run `python -m tests.shipped_templates` after a layout has changed.
"""

from pathlib import Path

from auditdocs.documents.letters.build import letter_template
from auditdocs.documents.letters.layouts import LAYOUTS
from auditdocs.documents.reports.layout import report_template

TEMPLATES = Path(__file__).parents[1] / "templates"


def built():
    """Each template by where it lies among the templates."""
    letters = {f"letters/{kind}.docx": letter_template(kind, LAYOUTS[kind]) for kind in LAYOUTS}
    return {**letters, "reports/report.docx": report_template()}


if __name__ == "__main__":
    for name, template in built().items():
        (TEMPLATES / name).write_bytes(template)
