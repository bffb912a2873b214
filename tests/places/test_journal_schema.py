"""The journal's tables: brought up to date without losing a row, a copy kept before."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditdocs.errors import Unavailable
from auditdocs.places import journal as journals
from auditdocs.places.journal.schema import MIGRATIONS, Migration, bring_up_to_date
from tests.makers.cases import TODAY

NEXT = Migration(
    "a table and a column, with a trigger",
    """
CREATE TABLE letters (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
ALTER TABLE facts ADD COLUMN since TEXT NOT NULL DEFAULT '';
CREATE TRIGGER told AFTER INSERT ON letters BEGIN
    UPDATE facts SET since = 'x'; DELETE FROM letters WHERE id = 0; END;
""",
)
BROKEN = Migration("half of it fails", "CREATE TABLE one (id); CREATE TABLE facts (id);")


@pytest.fixture(name="path")
def path_(tmp_path):
    """Where the journal goes."""
    return tmp_path / "journal.sqlite3"


def at_version(path, version):
    """A journal as an earlier auditdocs left it, with a row in each table."""
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, day=TODAY, migrations=MIGRATIONS[:version])
    for table in tables(connection):
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        row = [7 if kind == "INTEGER" else "{}" for _, _, kind, *_ in columns]
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
    return connection


def tables(connection):
    """The names of the tables."""
    question = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return [name for (name,) in connection.execute(question)]


def rows(connection):
    """Every row of every table, by column."""
    connection.row_factory = sqlite3.Row
    return {
        table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
        for table in tables(connection)
    }


def holds(after, before):
    """Whether every row of before is there after, whatever tables and columns were added."""
    return all(
        any(row.items() <= kept.items() for kept in after[table])
        for table, kept_rows in before.items()
        for row in kept_rows
    )


def copies(path):
    """The copies kept of older journals."""
    return sorted(kept.name for kept in path.parent.glob("* version *"))


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_journal_of_every_earlier_version_comes_forward_with_its_rows(path, version):
    old = at_version(path, version)
    before = rows(old)
    old.close()
    journal = journals.opened(path, day=TODAY)
    assert holds(rows(journal.connection), before)
    assert len(copies(path)) == (version < len(MIGRATIONS))
    journal.close()


def test_a_migration_keeps_a_dated_copy_of_the_journal_as_it_was(path):
    old = at_version(path, 1)
    before = rows(old)
    bring_up_to_date(old, path, day=TODAY, migrations=(MIGRATIONS[0], NEXT))
    assert holds(rows(old), before)
    assert "letters" in tables(old)
    old.close()
    assert copies(path) == [f"journal {TODAY:%Y-%m-%d} version 1.sqlite3"]
    kept = sqlite3.connect(path.parent / copies(path)[0])
    assert rows(kept) == before
    kept.close()


def test_a_migration_that_fails_half_way_changes_nothing(path):
    old = at_version(path, 1)
    before = rows(old)
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(old, path, day=TODAY, migrations=(MIGRATIONS[0], BROKEN))
    assert rows(old) == before
    old.close()


def test_two_instances_bring_the_same_journal_up_to_date_at_once(path):
    together = threading.Barrier(2)

    def opens(_):
        together.wait()
        journal = journals.opened(path, day=TODAY)
        found = tables(journal.connection)
        journal.close()
        return found

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(opens, range(2))
    assert first == second


def test_a_new_journal_needs_no_copy(path):
    journals.opened(path, day=TODAY).close()
    assert copies(path) == []


def test_a_journal_of_a_newer_version_is_not_touched(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="newer auditdocs"):
        journals.opened(path, day=TODAY)
    assert path.read_bytes() == before
