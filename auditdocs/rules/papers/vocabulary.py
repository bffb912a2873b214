"""What the template of a report may use, each with what it stands for.

Source: cli.md (template fields); docs/reports.md.
"""

from collections.abc import Mapping

from auditdocs.rules.forms.template_words import TAG, Word

_TAGS: Mapping[str, str] = {
    "service": "the service's name, from auditdocs.toml",
    "marking": "the marking of the paper",
    "title": "what the report is called",
    "subtitle": "the period it is of",
    "reference": "the report's short name, for the footer",
    "contents": "the contents list: alone in a paragraph",
    "report": "the chapters: alone in a paragraph",
}


def report_words() -> tuple[Word, ...]:
    """Every tag and the one loop, over the facts of the title block."""
    tags = (Word(TAG, f"{{{{ {name} }}}}", told) for name, told in _TAGS.items())
    facts = Word(
        "loop", "{%p for fact in facts %}", "the title block's facts, a paragraph for each"
    )
    cells = (
        Word(TAG, f"{{{{ fact.{name} }}}}", f"within that loop: the fact's {name}")
        for name in ("label", "value")
    )
    return (*tags, facts, *cells)
