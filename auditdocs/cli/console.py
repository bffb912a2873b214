"""What a console can show: an old one on Windows knows few letters."""

import json
import sys
from collections.abc import Mapping
from typing import Any


def printable(line: str, *, error: bool = False) -> str:
    """The line as the console can show it: an old one knows few letters."""
    encoding = _encoding(sys.stderr if error else sys.stdout)
    return line.encode(encoding, "replace").decode(encoding)


def as_json(data: Mapping[str, Any]) -> str:
    """The object as JSON; letters that an old console does not know are written by number."""
    knows_all = _encoding(sys.stdout).lower().startswith("utf")
    return json.dumps(data, ensure_ascii=not knows_all, default=str)


def _encoding(stream: object) -> str:
    return getattr(stream, "encoding", None) or "utf-8"
