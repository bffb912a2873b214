"""The documentation: every command stands in it, every example runs, every link leads somewhere."""

import re
import shlex
import shutil
from configparser import ConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditdocs import __version__
from auditdocs.cli import main
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests.commands_page import PAGE, page
from tests.makers.offices import DATA_DATE, Office

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
EVERYTHING = [ROOT / "README.md", ROOT / "GLOSSARY.md", *PAGES]
EXAMPLES = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def text(path):
    return path.read_text(encoding="utf-8")


@pytest.fixture(name="prepared", scope="module")
def prepared_(tmp_path_factory):
    """A workspace with forms out and one home."""
    office = Office.made(tmp_path_factory.mktemp("docs") / "office")
    office.drops_council(children=40)
    office.work(collected)
    first, *_ = office.work(issued, Wish(type="completeness")).audits
    office.drops("back.docx", office.answers(first, DATA_DATE))
    office.work(collected)
    return office


def test_every_command_and_option_is_documented_as_it_is():
    assert text(PAGE) == page(), "run: python -m tests.commands_page"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_example_runs(prepared, tmp_path, monkeypatch, path):
    examples = [
        line[2:] for block in EXAMPLES.findall(text(path)) for line in block.splitlines() if line
    ]
    if not examples:
        return
    root = shutil.copytree(prepared.root, tmp_path / "office")
    monkeypatch.chdir(root)
    monkeypatch.setenv("AUDITDOCS_TODAY", "2026-07-20")
    for example in examples:
        program, *arguments = shlex.split(example)
        assert program == "auditdocs"
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in (0, 1), f"{example}: {result.output}"


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path):
    for target in LINK.findall(text(path)):
        assert (path.parent / target).exists(), target


def test_every_page_is_listed_and_pictures_stay_small():
    front = text(ROOT / "docs" / "README.md")
    assert all(path.name in front for path in PAGES if path.name != "README.md")
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    assert pictures
    assert sum(path.stat().st_size for path in pictures) < 300_000


def test_the_pages_say_the_version_that_is_built():
    named = re.findall(r"auditdocs-([\d.]+)-py3", text(ROOT / "docs" / "looking-after.md"))
    assert set(named) == {__version__}


def test_every_room_and_every_template_is_in_the_wheel():
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    packages = config["options"]["packages"].split()
    rooms = {
        ".".join(init.parent.relative_to(ROOT).parts)
        for init in (ROOT / "auditdocs").rglob("__init__.py")
    }
    kinds = {
        f"auditdocs.templates.{kind.name}"
        for kind in (ROOT / "templates").iterdir()
        if kind.is_dir()
    }
    assert rooms | kinds <= set(packages)
    held = config["options.package_data"]
    for kind in kinds:
        endings = {path.suffix for path in (ROOT / "templates" / kind.rpartition(".")[2]).iterdir()}
        assert all(f"*{ending}" in held[kind] for ending in endings), kind
