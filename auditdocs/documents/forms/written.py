"""What somebody wrote in a cell: its text less the prompts, and nothing where it is blank."""

import re
from collections.abc import Iterable

from auditdocs.model.contract import Contract

_BLANK = re.compile(r"[\s\u2002\u200b_.\-–—☐]*")


def is_blank(text: str) -> bool:
    """Whether nothing was written: spaces, dashes, dots or an empty box alone."""
    return _BLANK.fullmatch(text) is not None


def prompts_of(contract: Contract) -> tuple[str, ...]:
    """The prompts of the contract's controls, longest first, so that none is left half taken away.

    A prompt without words, such as an empty box, is blank when it stands alone, and somebody's own
    when it stands beside what they wrote.
    """
    worded = {prompt for prompt in contract.prompts.values() if not is_blank(prompt)}
    return tuple(sorted(worded, key=len, reverse=True))


def without_prompts(text: str, prompts: Iterable[str]) -> str:
    """Text less the prompts round it: editors add what is typed to the prompt, before or after."""
    left = text.strip()
    for prompt in prompts:
        if prompt in left:
            left = left.removeprefix(prompt).removesuffix(prompt).strip()
    return left


def written(texts: Iterable[str], prompts: tuple[str, ...]) -> str:
    """What somebody wrote in these cells, "" where nobody did.

    Empty lines are how a text was laid out: editors add them and drop them, so none is kept.
    """
    bare = [without_prompts(text, prompts) for text in texts]
    whole = "\n".join([text for text in bare if not is_blank(text)])
    return "\n".join(filter(None, map(str.strip, whole.split("\n"))))
