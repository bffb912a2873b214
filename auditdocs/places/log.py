"""The log: what went wrong inside the tool, by place in the code, never by what was in hand."""

import os
from pathlib import Path

MOST_BYTES = 1_000_000


def note_down(log: Path, text: str) -> bool:
    """Add lines to the log; an old log of a megabyte is set by. Gives whether it could be done."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.is_file() and log.stat().st_size > MOST_BYTES:
            os.replace(log, log.with_name(f"{log.name}.1"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{text.rstrip()}\n")
    except OSError:
        return False
    return True
