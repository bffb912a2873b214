"""The rules of the house that imports cannot show; each failing place is named by file and line.

What imports can show (who may call whom, and what a room may import) stands in setup.cfg.
"""

import ast
import configparser
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "auditdocs"
NAMED_BY_USERS = {"steps/demo.py", "rules/settings.py"}
"""Where an audit type's key is a word of the command line or of auditdocs.toml ([quality])."""
PATIENCE = PACKAGE / "places" / "disk.py"
"""The one place that waits: a file that a virus scanner holds is tried again for 2.5 seconds."""
LONGEST_MODULE = 400
MEDIAN_FUNCTION = 10
VAGUE = {"base", "common", "core", "helper", "helpers", "manager", "util", "utils"}
AUDIT_TYPES = {
    "accuracy-agreement",
    "accuracy-check",
    "completeness",
    "head-of-service",
    "quality",
}
DISK_MODULES = {"fileinput", "os", "shutil", "tempfile"}
NOT_THE_DISK = {"os.PathLike", "os.environ", "os.fspath", "os.getpid", "os.sep"}
DISK_VERBS = {
    "chmod", "exists", "glob", "hardlink_to", "is_file", "is_symlink", "iterdir", "lstat",
    "mkdir", "read_bytes", "read_text", "rename", "rglob", "rmdir", "stat", "symlink_to",
    "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
CLOCK_VERBS = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.gmtime",
    "time.localtime", "time.monotonic", "time.monotonic_ns", "time.perf_counter",
    "time.perf_counter_ns", "time.process_time", "time.sleep", "time.time", "time.time_ns",
}  # fmt: skip
TERMINAL_VERBS = {"input", "print"}
SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|PRAGMA) ")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def modules(*, outside=""):
    """The modules of the package, without those of one room where it is named."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [path for path in paths if path.relative_to(PACKAGE).parts[0] != outside]


@cache
def tree(path):
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path, line, what):
    """A place for a person to open, and what is there: "auditdocs/errors.py:12 print"."""
    return f"{path.relative_to(ROOT).as_posix()}:{line} {what}"


def offences(check, paths):
    """Every place that a check finds fault with, a line for each."""
    return "\n".join(named(path, *fault) for path in paths for fault in check(tree(path)))


def calls(module):
    """Every call: its line, and the name it calls or the last word of it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield node.lineno, getattr(node.func, "id", None) or getattr(node.func, "attr", "")


def uses(module, owners):
    """Every use of something that belongs to a module or class, as "owner.name", and its line."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            owner = getattr(node.value, "id", None) or getattr(node.value, "attr", "")
            if owner in owners:
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in owners:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def disk_verbs(module):
    """Verbs of a path, `open`, and whatever of os, shutil and tempfile touches the disk."""
    yield from ((line, name) for line, name in calls(module) if name in DISK_VERBS)
    yield from (
        (line, name) for line, name in uses(module, DISK_MODULES) if name not in NOT_THE_DISK
    )
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open":
            yield node.lineno, "open"


def clocks_and_terminals(module):
    """Looks at a clock, waits, and words to the terminal; a clock handed in is none of these."""
    owners = {"date", "datetime", "time"}
    yield from ((line, name) for line, name in uses(module, owners) if name in CLOCK_VERBS)
    yield from ((line, name) for line, name in calls(module) if name in TERMINAL_VERBS)


def audit_types(module):
    """The key of an audit type as a literal; docstrings are prose."""
    prose = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and id(node) not in prose and node.value in AUDIT_TYPES:
            yield node.lineno, repr(node.value)


def database_questions(module):
    """What is asked of a database or done to it: text that begins as SQL does."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and SQL.match(str(node.value)):
            yield node.lineno, str(node.value)[:40]


def undescribed(module):
    """The module, public classes, their public methods and public functions without docstring."""
    if not ast.get_docstring(module):
        yield 1, "module"
    for node in public_definitions(module):
        if not ast.get_docstring(node):
            yield node.lineno, node.name


def public_definitions(node):
    """What a module or a public class defines for others."""
    for part in node.body:
        if isinstance(part, (*FUNCTIONS, ast.ClassDef)) and not part.name.startswith("_"):
            yield part
            if isinstance(part, ast.ClassDef):
                yield from public_definitions(part)


def function_lengths(module):
    """Each function's line and how many lines it has, its docstring left out."""
    for node in ast.walk(module):
        if isinstance(node, FUNCTIONS):
            first = node.body[0]
            prose = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0
            yield node.lineno, node.end_lineno - node.lineno + 1 - prose


def in_version_control(*paths):
    """The files git keeps under these paths, "/" between the parts."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a clone: a source archive does not say what is kept")
    listing = ["git", "-c", "core.quotePath=off", "ls-files", "-z", "--", *paths]
    kept = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True)
    return [name for name in kept.stdout.split("\0") if name]


def test_only_places_touch_the_disk():
    assert not (found := offences(disk_verbs, modules(outside="places"))), found


def test_only_the_journal_speaks_to_a_database():
    assert not (found := offences(database_questions, modules(outside="places"))), found


def test_nobody_below_the_command_line_looks_at_a_clock_waits_or_prints():
    paths = [path for path in modules(outside="cli") if path != PATIENCE]
    assert not (found := offences(clocks_and_terminals, paths)), found


def test_no_rule_compares_an_audit_types_key():
    spoken = {PACKAGE / name for name in NAMED_BY_USERS}
    paths = [path for path in modules(outside="cli") if path not in spoken]
    assert not (found := offences(audit_types, paths)), found


def test_no_module_has_a_name_that_says_nothing():
    paths = [path.relative_to(PACKAGE).with_suffix("") for path in modules()]
    assert [path.as_posix() for path in paths if VAGUE & set(path.parts)] == []


def test_no_module_is_longer_than_four_hundred_lines():
    lengths = [(path, len(path.read_text(encoding="utf-8").splitlines())) for path in modules()]
    long = [named(path, size, "lines") for path, size in lengths if size > LONGEST_MODULE]
    assert not long, "\n".join(long)


def test_the_median_function_is_under_ten_lines():
    sizes = [
        (size, path, line) for path in modules() for line, size in function_lengths(tree(path))
    ]
    longest = [named(path, line, f"{size} lines") for size, path, line in sorted(sizes)[-20:]]
    assert median(size for size, _, _ in sizes) < MEDIAN_FUNCTION, "\n".join(longest)


def test_everything_public_says_what_it_is():
    assert not (found := offences(undescribed, modules())), found


def test_every_folder_of_modules_is_in_the_installed_package():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(settings["options"]["packages"].split())
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in modules()}
    assert folders - listed == set()


def test_records_of_children_are_never_in_version_control():
    kept = in_version_control("inbox", "outbox", "archive", ".auditdocs", "ledger.xlsx")
    assert sorted(kept) == ["inbox/.gitignore", "outbox/.gitignore"]


def test_the_readme_names_everything_at_the_top_of_the_repository():
    top = {name.split("/")[0] + "/" * ("/" in name) for name in in_version_control(".")}
    shown = {name for name in top if not name.startswith(".")}
    assert shown >= {"auditdocs/", "inbox/", "outbox/", "templates/", "tests/", "setup.cfg"}
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {word.rstrip(".") for word in re.findall(r"[\w.-]+/?", words)}
    assert shown - told == {"README.md"} - told


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (disk_verbs, "open('x')"),
        (disk_verbs, "Path('x').read_text()"),
        (disk_verbs, "folder.mkdir()"),
        (disk_verbs, "os.replace(a, b)"),
        (disk_verbs, "from shutil import copy"),
        (clocks_and_terminals, "date.today()"),
        (clocks_and_terminals, "datetime.datetime.now()"),
        (clocks_and_terminals, "from time import sleep"),
        (clocks_and_terminals, "wait = time.sleep"),
        (clocks_and_terminals, "print(1)"),
        (audit_types, "contract.key == 'quality'"),
        (audit_types, "def f(kind='completeness'): ..."),
        (database_questions, "journal.asked('SELECT id FROM returns')"),
        (database_questions, "f'DELETE FROM {table}'"),
        (undescribed, "'''A module.'''\ndef f(): ..."),
        (undescribed, "'''A module.'''\nclass C:\n '''A class.'''\n def f(self): ..."),
        (undescribed, "x = 1"),
    ],
)
def test_a_check_sees_what_it_is_for(check, code):
    assert list(check(ast.parse(code)))


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (disk_verbs, "archive.open('part')\nos.environ['A']\nfolder / 'x'\ntext.replace('a', 'b')"),
        (clocks_and_terminals, "clock.now()\nsleep(5)\nfrom datetime import time\ntime()"),
        (audit_types, "'''quality'''\ndef f():\n  '''quality'''\n  return 'quality audits'"),
        (database_questions, "'Select a row'\n'UPDATED'\nlines.append('Create one')"),
        (undescribed, "'''A module.'''\ndef _f(): ...\nclass _C:\n def f(self): ..."),
    ],
)
def test_a_check_leaves_sound_code_alone(check, code):
    assert not list(check(ast.parse(code)))
