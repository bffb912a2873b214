"""What the tool says when it refuses: whole sentences, and what to do."""

import ast
from pathlib import Path

import auditdocs

FAULTS = {
    "AlreadyRunning",
    "ContractFault",
    "ExtractFault",
    "FormFault",
    "LedgerFault",
    "Reason",
    "SettingsFault",
    "TemplateFault",
    "Unavailable",
    "UsageFault",
    "WorkspaceFault",
}
SAID = ("text", "hint")
ENDS = (".", "…", "?", ".”")


def words(node):
    """A text as far as it is written in the code: {} for what is filled in; "" when it is not."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            words(part) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return ""


def sayings():
    """Every text and hint of a refusal, with where it is written."""
    room = Path(auditdocs.__file__).parent
    for path in sorted(room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAULTS:
                named = [each.value for each in node.keywords if each.arg in SAID]
                for text in map(words, (*node.args, *named)):
                    if " " in text:
                        yield f"{path.relative_to(room)}:{node.lineno}", text


def is_sentence(text):
    """Whether it begins and ends as one, as far as it is written in the code."""
    begins = not text[0].islower() or text.startswith("auditdocs")
    return begins and text.endswith((*ENDS, "{}", '"'))


def test_every_refusal_and_every_hint_is_a_sentence():
    wrong = [f"{place}: {text}" for place, text in sayings() if not is_sentence(text)]
    assert wrong == []
