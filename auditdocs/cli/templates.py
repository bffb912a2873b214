"""template: Word templates checked, previewed, described, built and drafted."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditdocs.cli.call import Call, needs_a_person
from auditdocs.rules.plural import number_of

if TYPE_CHECKING:
    from auditdocs.steps.templates import Checked

CANNOT_BE_READ = 3


@click.group()
def template() -> None:
    """Check, preview and build Word templates."""


@template.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option(
    "--comments", is_flag=True, help="Also write copies with Word comments at the places."
)
@click.pass_obj
def check(call: Call, files: tuple[Path, ...], comments: bool) -> None:
    """Tell everything wrong with these templates or contracts, or with all of the workspace."""
    from auditdocs.steps.templates import CONTRACT, checked, checked_file

    root = Path() if files else call.root()
    told = [each for file in files for each in checked_file(file)] if files else checked(root)
    copies = _copies(told) if comments else []
    rows = [row for each in told for row in _rows(each, root)]
    call.tell(
        {"findings": rows, "files": copies}, [*_lines(told), *map("Commented: {}".format, copies)]
    )
    if any(row["rule"] == CONTRACT for row in rows):
        raise SystemExit(CANNOT_BE_READ)
    needs_a_person(rows)


@template.command()
@click.argument("what", default="", metavar="[TYPE|FILE]")
@click.pass_obj
def preview(call: Call, what: str) -> None:
    """Fill the longest, the shortest and the emptiest made-up case, into outbox/preview/.

    Of a template of reports (reports/report, say) it makes a made-up report.
    """
    from auditdocs.steps.templates import previewed

    files = previewed(call.root(), what)
    call.tell({"files": list(files)}, list(files))


@template.command()
@click.pass_obj
def fields(call: Call) -> None:
    """List what the template of each audit type, letter and report may use."""
    from auditdocs.steps.templates import described

    known = described(call.root())
    rows = [{"type": key, **word._asdict()} for key, words in known.items() for word in words]
    lines = []
    for key, words in known.items():
        lines += ["", key, *(f"  {word.kind:<9} {word.written:<34} {word.text}" for word in words)]
    call.tell({"fields": rows}, lines[1:])


@template.command()
@click.argument("contract", type=click.Path(path_type=Path))
@click.pass_obj
def new(call: Call, contract: Path) -> None:
    """Build the Word form of a CONTRACT (.toml), named for its key, beside it.

    An earlier form of that name is kept under another.
    """
    from auditdocs.steps.build import built

    form = built(contract)
    call.tell({"files": [form.as_posix()]}, [f"Built {form}."])


@template.command()
@click.argument("form", type=click.Path(path_type=Path))
@click.pass_obj
def adopt(call: Call, form: Path) -> None:
    """Draft a contract and build a Word form from a FORM that people already have.

    Both are put among the workspace's templates under a key of their own, ready to be issued.
    """
    from auditdocs.steps.adopt import adopted
    from auditdocs.steps.office import workspace_of

    made = adopted(form, workspace_of(call.root())[0].templates)
    items = made.draft.items
    looks = [item for item in items if "look whether" in item.why]
    rows = [{"label": item.label, "type": item.type, "why": item.why} for item in items]
    data = {
        "files": [made.contract.as_posix(), made.form.as_posix()],
        "type": made.contract.stem,
        "items": rows,
        "known": list(made.draft.known),
    }
    lines = [
        f"{number_of(len(items), 'question')} found in "
        f"{number_of(len(made.draft.sections), 'section')}.",
        f"Contract: {made.contract}",
        f"Word form: {made.form}",
        *(f"Look at the type of: {item.label} ({item.type})" for item in looks),
        f"To issue it: auditdocs issue {made.contract.stem}",
    ]
    call.tell(data, lines)


def _copies(told: "Iterable[Checked]") -> list[str]:
    from auditdocs.steps.templates import with_comments

    remarked = [each for each in told if each.remarks and each.file.suffix == ".docx"]
    return [with_comments(each.file, each.remarks).as_posix() for each in remarked]


def _rows(each: "Checked", root: Path) -> list[dict[str, Any]]:
    is_within = each.file.is_relative_to(root)
    file = each.file.relative_to(root) if is_within else each.file
    return [
        {
            "file": file.as_posix(),
            "rule": remark.rule,
            "where": remark.where,
            "text": remark.text,
            "hint": remark.hint,
            "severity": remark.severity,
        }
        for remark in each.remarks
    ]


def _lines(told: "Iterable[Checked]") -> list[str]:
    lines = []
    for each in told:
        for remark in each.remarks:
            lines += [
                f"{each.file.name}: {remark.severity}: {remark.text}",
                f"  Where: {remark.where}",
                f"  What to do: {remark.hint}",
            ]
    count = sum(len(each.remarks) for each in told)
    lines.append(f"{number_of(count, 'finding')}." if count else "Nothing found.")
    return lines
