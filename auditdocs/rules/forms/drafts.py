"""The text of a contract drafted from somebody else's form: sound, whole and commented.

Everything a contract needs has a safe default and says what it is for, so that the form can be
issued at once and the draft be put right in a text editor.

Source: cli.md (template adopt), house.md 4; the defaults are our decision, 2026-11-25.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator

from auditdocs.model.draft import Draft, DraftItem
from auditdocs.rules.forms.contract_checks import LABEL_LENGTH, TEMPLATE_TAG, UNPRINTABLE
from auditdocs.rules.forms.fields import AUDITOR, HEADER, SIGN_OFF

_LETTERS = "XYZABCDEFGHIJKLMNOPQRSTUVW"
_ID_MOST, _KEY_MOST, _PREFIX_MOST = 32, 32, 6
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have")
) | frozenset(("in", "is", "it", "of", "on", "or", "the", "to", "was", "with"))
_TAKEN = frozenset({"recommendations", *(f.name for f in (*HEADER, *AUDITOR, *SIGN_OFF))})


def draft_key(title: str, taken: Collection[str]) -> str:
    """The key of a drafted contract: the title in small letters, and a number where it is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    key = plain if plain[:1].isalpha() else f"form-{plain}".rstrip("-")
    return _free(key[: _KEY_MOST - 3].rstrip("-"), taken, between="-")


def draft_prefix(title: str, taken: Collection[str]) -> str:
    """The letters that its audits' references begin with: the initials, never another type's."""
    words = [word for word in re.findall(r"[A-Za-z]+", title) if word.lower() not in _SMALL_WORDS]
    initials = "".join(str(word)[0].upper() for word in words)[: _PREFIX_MOST - 1] or "F"
    tried = (f"{initials}{ending}" for ending in ("", *_LETTERS))
    return next((prefix for prefix in tried if prefix not in taken), _PREFIX_MOST * "Z")


def contract_text(draft: Draft, *, key: str, prefix: str, sheet: str, source: str) -> str:
    """The contract as a person finds it; `source` is the name of the form it was drafted from."""
    return "\n".join(_lines(draft, key, prefix, sheet, source)) + "\n"


def _lines(draft: Draft, key: str, prefix: str, sheet: str, source: str) -> Iterator[str]:
    title = _words(draft.title) or key
    yield f"# {title}: a contract drafted from {_words(source)}."
    yield "#"
    yield "# The form can be issued and read as it stands. Go through the questions: where the type"
    yield "# was guessed, a comment says so. Types: grade, grade+text, yn, yn+text, ynp, facet,"
    yield "# text, date, choice, int, name. After a change give the form the next version and run"
    yield f'# "auditdocs template new {key}.toml"; "auditdocs template check" says what is wrong.'
    if draft.known:
        yield "#"
        yield "# On every form already, and so not asked again:"
        yield f"#   {'; '.join(_words(label) for label in draft.known)[:300]}"
    yield ""
    yield f"key = {_quoted(key)}"
    yield f"prefix = {_quoted(prefix)}    # references begin with it: {prefix}-2026-10-0001"
    yield f"title = {_quoted(title)}"
    yield "version = 1"
    yield f"sheet = {_quoted(sheet)}    # its sheet in the ledger"
    yield 'cadence = "month"    # supervision, month or quarter: what one issue covers'
    yield 'selection = "oldest-first"    # or paired-managers, themed-draw: how cases are chosen'
    yield "due_days = 28    # days from issue to return"
    yield 'follow_up = ["contact-sheet"]'
    if draft.intro:
        yield f"intro = {_quoted(_words(draft.intro, keep_lines=True))}"
    yield from _sections(draft)


def _sections(draft: Draft) -> Iterator[str]:
    ids: set[str] = set(_TAKEN)
    numbers = Counter(item.number for item in draft.items)
    overall = next((item for item in draft.items if _is_overall(item)), None)
    keeps_numbers = all(number and times == 1 for number, times in numbers.items())
    for section in draft.sections:
        yield ""
        yield f"# --- {_words(section.title)} ---"
        yield ""
        yield "[[sections]]"
        yield f"title = {_quoted(_words(section.title)[:LABEL_LENGTH])}"
        for item in section.items:
            item_id = _item_id(item.label, ids)
            ids.add(item_id)
            yield from _item(item, item_id, number=item.number if keeps_numbers else "")
            if item is overall:
                yield "overall = true    # the audit's grade, in the ledger and the reports"


def _item(item: DraftItem, item_id: str, *, number: str) -> Iterator[str]:
    yield ""
    yield "[[sections.items]]"
    yield f"id = {_quoted(item_id)}"
    if number:
        yield f"number = {_quoted(number)}"
    yield f"label = {_quoted(_words(item.label))}"
    found = ", ".join(filter(None, (item.where, item.why)))
    yield f"type = {_quoted(item.type)}    # {_words(found)}"
    yield "required = false"
    if item.facets:
        yield f"facets = {json.dumps(item.facets)}"
        yield 'basis = "local"'
    if item.guidance:
        yield f"guidance = {_quoted(_words(item.guidance))}"
    if item.choices:
        yield "choices = ["
        for choice in item.choices:
            label = _quoted(_words(choice.label))
            yield f"    {{ code = {_quoted(choice.code)}, label = {label} }},"
        yield "]"


def _is_overall(item: DraftItem) -> bool:
    return item.type == "grade" and "overall" in item.label.lower()


def _item_id(label: str, taken: Collection[str]) -> str:
    """A short name for a question: its first words of weight."""
    words = [w for w in re.findall(r"[a-z0-9]+", label.lower()) if w not in _SMALL_WORDS]
    chosen = "_".join(words[:4])[: _ID_MOST - 6].strip("_")
    return _free(f"x_{chosen}".rstrip("_"), taken, between="_")


def _free(wanted: str, taken: Collection[str], *, between: str) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}{between}{number}"
    return found


def _words(text: str, *, keep_lines: bool = False) -> str:
    """Text as a contract takes it: on one line, nothing in it that Word or a template minds."""
    plain = TEMPLATE_TAG.sub(" ", UNPRINTABLE.sub(" ", text))
    if keep_lines:
        return "\n\n".join(" ".join(part.split()) for part in plain.split("\n\n"))
    return " ".join(plain.split())


def _quoted(text: str) -> str:
    """A TOML basic string; JSON escapes as TOML does."""
    return json.dumps(text, ensure_ascii=False)
