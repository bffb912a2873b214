"""Fixtures: an office to work in, and the command line to run."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import settings

from auditdocs.cli import main
from tests.makers.offices import Office

settings.register_profile("house", deadline=None)  # no test fails for a slow machine
settings.load_profile("house")


class Answer:
    """What a run of the command line came to."""

    def __init__(self, result):
        self.status = result.exit_code
        self.out = result.stdout
        self.err = result.stderr

    @property
    def lines(self):
        """What a person reads, line by line."""
        return self.out.splitlines()

    @property
    def data(self):
        """The one JSON object."""
        return json.loads(self.out)


@pytest.fixture(name="run")
def run_(monkeypatch):
    """Runs a command line and insists on its exit status."""
    monkeypatch.delenv("AUDITDOCS_WORKSPACE", raising=False)
    monkeypatch.delenv("AUDITDOCS_TODAY", raising=False)

    def run(*arguments, status=0):
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
        fault = result.exception
        if fault is not None and not isinstance(fault, SystemExit):
            raise fault
        assert result.exit_code == status, result.output
        return Answer(result)

    return run


@pytest.fixture(name="office")
def office_(tmp_path):
    """A new workspace with settings for quick tests."""
    return Office.made(tmp_path / "office")
