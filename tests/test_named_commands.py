"""Every command and every option that a message names is there, as it is said."""

import ast
import re
from pathlib import Path

import click
import pytest

import auditdocs
from auditdocs.cli import main
from tests.commands_page import commands
from tests.test_sentences import words

TYPED = re.compile(r'(?:^  |["“]|: |as in )auditdocs ((?:-w \S+ |--today \S+ )*)([^.,;”"]+)')
"""A command as it is typed: in quotation marks or behind a colon, unlike the tool's own name."""
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
SCHEDULED = 'auditdocs collect" /SC'
"""What Windows is to call the task."""


def texts():
    """Every text of the package that is no docstring, with where it is written."""
    room = Path(auditdocs.__file__).parent
    for path in sorted(room.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        parts = {id(v) for node in ast.walk(tree) for v in getattr(node, "values", ())}
        for node in ast.walk(tree):
            if id(node) not in explained | parts and (text := words(node)):
                yield f"{path.relative_to(room)}:{node.lineno}", text


def commands_named(text):
    """The words behind the tool's name of each command in a text, up to what closes it."""
    for _, typed in TYPED.findall("" if SCHEDULED in text else text):
        yield typed.split()


def fault(typed):
    """What is wrong with a command as typed; "" where it is there with every option."""
    command, rest = main, list(typed)
    while isinstance(command, click.Group) and rest:
        inner = command.get_command(click.Context(command), rest.pop(0))
        if inner is None:
            return f"no command: {' '.join(typed)}"
        command = inner
    if isinstance(command, click.Group):
        return f"not whole: {' '.join(typed)}"
    known = {option for given in command.params for option in given.opts}
    return "".join(f"no option {word}" for word in rest if word[0] == "-" and word not in known)


@pytest.fixture(name="said", scope="module")
def said_():
    return list(texts())


def test_every_command_that_a_message_names_is_there_with_its_options(said):
    named = [(place, typed) for place, text in said for typed in commands_named(text)]
    assert len(named) > 40
    assert [(place, wrong) for place, typed in named if (wrong := fault(typed))] == []


def test_every_option_that_a_message_names_is_one_of_some_command(said):
    given = [*main.params, *(each for _, command in commands(main, ()) for each in command.params)]
    known = {option for each in given for option in each.opts} | {"--help"}
    named = [
        (place, option)
        for place, text in said
        for option in OPTION.findall(text)
        if not place.startswith("places/libreoffice.py")
    ]
    assert len(named) > 40
    assert [(place, option) for place, option in named if option not in known] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('Run "auditdocs ledgr post".', "no command: ledgr post"),
        ("Run: auditdocs ledger mend", "no command: ledger mend"),
        ('"auditdocs ledger" does it.', "not whole: ledger"),
        ('Run "auditdocs retention --all".', "no option --all"),
        ('Run "auditdocs retention --apply".', ""),
        ("  auditdocs -w {} --today {} due", ""),
    ],
)
def test_a_command_that_is_not_there_is_found(text, wrong):
    assert [fault(typed) for typed in commands_named(text)] == [wrong]
