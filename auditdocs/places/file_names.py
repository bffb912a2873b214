"""Names that every disk takes, made of whatever people and data are called."""

_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"),
}
_MOST_NAME = 120
_MOST_SUFFIX = 8


def safe_name(text: str) -> str:
    """A name every disk takes: no separators, nothing Windows reserves, at most 120 letters."""
    kept = "".join(
        letter if letter.isprintable() and letter not in '<>:"/\\|?*' else " " for letter in text
    )
    name = " ".join(kept.split()).strip(". ")
    is_reserved = name.partition(".")[0].rstrip().casefold() in _RESERVED
    return _cut(f"_{name}" if is_reserved else name).strip(". ") or "unnamed"


def _cut(name: str) -> str:
    """A name of at most 120 letters, its suffix among them: without it no program opens a file."""
    stem, dot, suffix = name.rpartition(".")
    has_suffix = suffix.isalnum() and len(suffix) <= _MOST_SUFFIX
    kept, ending = (stem, dot + suffix) if has_suffix else (name, "")
    return name if len(name) <= _MOST_NAME else kept[: _MOST_NAME - len(ending)] + ending
