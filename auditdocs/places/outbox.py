"""The outbox: forms by team and worker, notes beside what was set aside, reports."""

from collections.abc import Iterator
from pathlib import Path

from auditdocs.places.disk import files_below, is_folder, is_there, put, put_beside
from auditdocs.places.file_names import safe_name
from auditdocs.places.inbox import is_ignored

_NOTE = ".note.docx"


def form_place(outbox: Path, *, team: str, person: str, name: str) -> Path:
    """Where a form goes: forms/<team>/<person>/<name>.docx, names made safe for any disk."""
    return _persons_place(outbox / "forms", team, person, name)


def blank_place(outbox: Path, *, title: str) -> Path:
    """Where the intranet's copy of a form goes."""
    return outbox / "forms" / "blank" / f"{safe_name(title)}.docx"


def personal_letter_place(outbox: Path, *, team: str, person: str, name: str) -> Path:
    """Where a letter to a person goes: letters/<team>/<person>/<name>.docx."""
    return _persons_place(outbox / "letters", team, person, name)


def preview_place(outbox: Path, *, title: str, case: str) -> Path:
    """Where a template filled with a made-up case goes."""
    return outbox / "preview" / f"{safe_name(title)} - {case} case.docx"


def preview_report_place(outbox: Path, *, name: str) -> Path:
    """Where the template of a report goes, filled with a made-up one."""
    return outbox / "preview" / f"Report template {safe_name(name)}.docx"


def set_aside_place(outbox: Path, name: str) -> Path:
    """Where a file that could not be taken goes."""
    return outbox / "set-aside" / safe_name(name)


def letter_place(outbox: Path, name: str) -> Path:
    """Where a letter goes."""
    return outbox / "letters" / f"{safe_name(name)}.docx"


def check_list_place(outbox: Path, *, team: str, name: str) -> Path:
    """Where a team's check list goes."""
    return outbox / "check-lists" / safe_name(team or "No team") / f"{safe_name(name)}.xlsx"


def status_place(outbox: Path) -> Path:
    """Where the status page stands."""
    return outbox / "status.html"


def report_place(outbox: Path, name: str, suffix: str) -> Path:
    """Where a report goes."""
    return outbox / "reports" / f"{safe_name(name)}{suffix}"


def pack_place(outbox: Path, pack: str, file: str) -> Path:
    """Where a pack's file goes: packs/<period>/<file>, the file's own folders within."""
    return outbox.joinpath("packs", safe_name(pack), *map(safe_name, file.split("/")))


def pack_zip_place(outbox: Path, pack: str) -> Path:
    """Where a pack goes as one zip file."""
    return outbox / "packs" / f"SMG pack {safe_name(pack)}.zip"


def set_aside_files(outbox: Path) -> Iterator[Path]:
    """Every file that lies set aside, by name: neither the notes nor what Office leaves there."""
    folder = outbox / "set-aside"
    found = sorted(files_below(folder)) if is_folder(folder) else []
    yield from (f for f in found if not (f.name.endswith(_NOTE) or is_ignored(f.name)))


def put_note(file: Path, note: bytes) -> Path:
    """Put the note that says what to mend beside a set-aside file; gives where it is."""
    place = file.with_name(f"{file.name}{_NOTE}")
    put(place, note)
    return place


def put_form(place: Path, form: bytes) -> None:
    """Put a form, or a check list, where it goes, under a reference of its own.

    What lies there already stays as it is: it was put out before a stop, and somebody may have
    filled it in since.
    """
    if not is_there(place):
        put(place, form)


def put_anew(place: Path, document: bytes) -> None:
    """Put a blank form or a letter where it goes, in the place of an earlier one."""
    put(place, document)


def put_report(place: Path, document: bytes) -> Path:
    """Put a report beside earlier drafts, which an author may have written in; gives where."""
    return put_beside(place, document)


def put_out(outbox: Path) -> Iterator[Path]:
    """Every form, letter and check list that was put out, blank forms among them."""
    for kind in ("forms", "letters", "check-lists"):
        if is_folder(outbox / kind):
            yield from files_below(outbox / kind)


def _persons_place(folder: Path, team: str, person: str, name: str) -> Path:
    """A document's place below the folders of a team and a person."""
    below = folder / safe_name(team or "No team") / safe_name(person or "No name")
    return below / f"{safe_name(name)}.docx"
