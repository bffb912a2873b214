"""The journal's tables, as the ordered list of migrations that made them.

Whoever needs a table appends a migration with it; none that has been released is ever changed. At
opening the missing ones are run in order, each in one transaction, after a dated copy of a journal
that was there before is kept beside it.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from auditdocs.errors import Unavailable
from auditdocs.places.disk import put_made_beside
from auditdocs.places.journal.duplicate import duplicate


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the journal's tables to their next version."""

    adds: str
    """What it adds, in a few words."""
    script: str
    """The SQL statements, each ended with ";". Table and column names are for ever."""


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "extracts, registers, selections, audits, returns, the ledger's rows",
        """
CREATE TABLE extracts (
    id INTEGER PRIMARY KEY, data_date TEXT NOT NULL, taken TEXT NOT NULL, sha256 TEXT NOT NULL,
    stored TEXT NOT NULL, summary TEXT NOT NULL);
CREATE TABLE cases (
    extract INTEGER NOT NULL REFERENCES extracts, child_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (extract, child_id)) WITHOUT ROWID;
CREATE TABLE registers (
    id INTEGER PRIMARY KEY, taken TEXT NOT NULL, sha256 TEXT NOT NULL, stored TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE selections (
    id INTEGER PRIMARY KEY, type TEXT NOT NULL, period TEXT NOT NULL, made TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE audits (
    audit_id TEXT PRIMARY KEY, type TEXT NOT NULL, child_id TEXT NOT NULL, status TEXT NOT NULL,
    selection INTEGER REFERENCES selections, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX audits_by_status ON audits (status);
CREATE INDEX audits_by_child ON audits (child_id);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, audit_id TEXT NOT NULL, day TEXT NOT NULL, status TEXT NOT NULL,
    cause TEXT NOT NULL);
CREATE TABLE records (
    audit_id TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (audit_id, version)) WITHOUT ROWID;
CREATE TABLE returns (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, audit_id TEXT NOT NULL, outcome TEXT NOT NULL,
    finished INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX returns_by_hash ON returns (sha256);
CREATE INDEX returns_unfinished ON returns (finished) WHERE finished = 0;
CREATE TABLE posted (
    sheet TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (sheet, key))
    WITHOUT ROWID;
CREATE TABLE staff_columns (
    sheet TEXT NOT NULL, key TEXT NOT NULL, heading TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (sheet, key, heading)) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
""",
    ),
    Migration(
        "what is remembered of the files lying in the inbox",
        "CREATE TABLE lying (file TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;",
    ),
    Migration(
        "agreements and check lists of the Accuracy audit",
        """
CREATE TABLE agreement_forms (
    form_id TEXT PRIMARY KEY, team TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE agreements (
    key TEXT NOT NULL, team TEXT NOT NULL, version INTEGER NOT NULL, form_id TEXT NOT NULL,
    digest TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (key, team, version)) WITHOUT ROWID;
CREATE TABLE check_lists (
    list_id TEXT PRIMARY KEY, team TEXT NOT NULL, due TEXT NOT NULL, status TEXT NOT NULL,
    body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE listed_rows (
    list_id TEXT NOT NULL, item_id TEXT NOT NULL, child_id TEXT NOT NULL,
    initials TEXT NOT NULL, worker TEXT NOT NULL, value TEXT NOT NULL, flag TEXT NOT NULL,
    PRIMARY KEY (list_id, item_id, child_id)) WITHOUT ROWID;
CREATE TABLE checked_rows (
    list_id TEXT NOT NULL, version INTEGER NOT NULL, item_id TEXT NOT NULL,
    child_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (list_id, version, item_id, child_id)) WITHOUT ROWID;
""",
    ),
    Migration(
        "what accuracy checks found, row by row",
        """
CREATE TABLE found_rows (
    list_id TEXT NOT NULL, item_id TEXT NOT NULL, child_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (list_id, item_id, child_id)) WITHOUT ROWID;
""",
    ),
    Migration(
        "letters, and forms that go out with them",
        """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, team TEXT NOT NULL,
    person TEXT NOT NULL, audit_id TEXT NOT NULL, made INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (kind, about, team, person));
CREATE INDEX letters_waiting ON letters (made) WHERE made = 0;
CREATE INDEX letters_by_person ON letters (kind, person);
CREATE INDEX audits_by_worker ON audits (json_extract(body, '$.worker'));
CREATE TABLE papers (
    reference TEXT PRIMARY KEY, kind TEXT NOT NULL, audit_id TEXT NOT NULL, body TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE paper_records (
    reference TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (reference, version)) WITHOUT ROWID;
""",
    ),
    Migration(
        "what has changed since the ledger was last posted to",
        """
CREATE TABLE to_post (
    source TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (source, key)) WITHOUT ROWID;
CREATE TRIGGER audit_made AFTER INSERT ON audits BEGIN
    INSERT INTO to_post SELECT 'audits', NEW.audit_id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(NEW.audit_id AS TEXT)); END;
CREATE TRIGGER audit_changed AFTER UPDATE ON audits BEGIN
    INSERT INTO to_post SELECT 'audits', NEW.audit_id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(NEW.audit_id AS TEXT)); END;
CREATE TRIGGER record_made AFTER INSERT ON records BEGIN
    INSERT INTO to_post SELECT 'audits', NEW.audit_id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(NEW.audit_id AS TEXT)); END;
CREATE TRIGGER return_made AFTER INSERT ON returns BEGIN
    INSERT INTO to_post SELECT 'returns', NEW.id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'returns' AND key = CAST(NEW.id AS TEXT)); END;
CREATE TRIGGER return_changed AFTER UPDATE ON returns BEGIN
    INSERT INTO to_post SELECT 'returns', NEW.id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'returns' AND key = CAST(NEW.id AS TEXT)); END;
CREATE TRIGGER selection_made AFTER INSERT ON selections BEGIN
    INSERT INTO to_post SELECT 'selections', NEW.id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'selections' AND key = CAST(NEW.id AS TEXT)); END;
""",
    ),
    Migration(
        "letters and what was said of audits change rows of the ledger",
        """
CREATE INDEX letters_by_audit ON letters (audit_id);
CREATE TRIGGER letter_wanted AFTER INSERT ON letters BEGIN
    INSERT INTO to_post SELECT 'audits', NEW.audit_id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(NEW.audit_id AS TEXT)); END;
CREATE TRIGGER letter_made AFTER UPDATE ON letters BEGIN
    INSERT INTO to_post SELECT 'audits', NEW.audit_id WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(NEW.audit_id AS TEXT)); END;
CREATE TRIGGER paper_read AFTER INSERT ON paper_records BEGIN
    INSERT INTO to_post SELECT 'audits', audit_id FROM papers
    WHERE reference = NEW.reference AND NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = CAST(papers.audit_id AS TEXT)); END;
""",
    ),
    Migration(
        "rows that stand in the ledger of a year that is over",
        "CREATE TABLE closed (sheet TEXT NOT NULL, key TEXT NOT NULL, year TEXT NOT NULL, "
        "body TEXT NOT NULL, PRIMARY KEY (sheet, key)) WITHOUT ROWID;",
    ),
    Migration(
        "the files of each pack as they were written",
        "CREATE TABLE packed (pack TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, "
        "PRIMARY KEY (pack, file, sha256)) WITHOUT ROWID;",
    ),
    Migration(
        "whose accuracy checks change rows of the ledger, and when a contract was first used",
        """
CREATE INDEX audits_by_contract ON audits
    (json_extract(body, '$.fingerprint'), json_extract(body, '$.issued'));
CREATE TRIGGER agreement_made AFTER INSERT ON agreements BEGIN
    INSERT INTO to_post SELECT 'accuracy', NEW.team WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'accuracy' AND key = NEW.team); END;
CREATE TRIGGER agreement_changed AFTER UPDATE ON agreements BEGIN
    INSERT INTO to_post SELECT 'accuracy', NEW.team WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'accuracy' AND key = NEW.team); END;
CREATE TRIGGER list_kept AFTER INSERT ON check_lists BEGIN
    INSERT INTO to_post SELECT 'accuracy', NEW.team WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'accuracy' AND key = NEW.team); END;
CREATE TRIGGER extract_taken AFTER INSERT ON extracts BEGIN
    INSERT INTO to_post SELECT 'accuracy', team FROM check_lists WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'accuracy' AND key = check_lists.team)
    GROUP BY team; END;
CREATE TRIGGER register_taken AFTER INSERT ON registers BEGIN
    INSERT INTO to_post SELECT 'accuracy', team FROM check_lists WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'accuracy' AND key = check_lists.team)
    GROUP BY team; END;
""",
    ),
    Migration(
        "ways to what is asked for each form, however much came before",
        """
CREATE INDEX papers_by_audit ON papers (audit_id);
CREATE INDEX extracts_by_date ON extracts (data_date);
""",
    ),
    Migration(
        "what was removed when its keeping time was over",
        """
CREATE TABLE removed (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, reference TEXT NOT NULL,
    file TEXT NOT NULL);
CREATE TABLE removed_rows (
    sheet TEXT NOT NULL, key TEXT NOT NULL, emptied INTEGER NOT NULL, PRIMARY KEY (sheet, key))
    WITHOUT ROWID;
""",
    ),
    Migration(
        "which audits staff wrote about since the ledger was posted to, and since the follow-up",
        """
CREATE TRIGGER staff_wrote AFTER INSERT ON staff_columns BEGIN
    INSERT INTO to_post SELECT 'audits', key FROM (
    SELECT substr(NEW.key, 1, instr(NEW.key || '/', '/') - 1) AS key) AS about WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = about.key); END;
CREATE TRIGGER staff_emptied AFTER DELETE ON staff_columns BEGIN
    INSERT INTO to_post SELECT 'audits', key FROM (
    SELECT substr(OLD.key, 1, instr(OLD.key || '/', '/') - 1) AS key) AS about WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'audits' AND key = about.key); END;
CREATE TRIGGER staff_wrote_to_follow AFTER INSERT ON staff_columns BEGIN
    INSERT INTO to_post SELECT 'staff', key FROM (
    SELECT substr(NEW.key, 1, instr(NEW.key || '/', '/') - 1) AS key) AS about WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'staff' AND key = about.key); END;
CREATE TRIGGER staff_emptied_to_follow AFTER DELETE ON staff_columns BEGIN
    INSERT INTO to_post SELECT 'staff', key FROM (
    SELECT substr(OLD.key, 1, instr(OLD.key || '/', '/') - 1) AS key) AS about WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'staff' AND key = about.key); END;
INSERT INTO to_post SELECT DISTINCT 'staff', substr(key, 1, instr(key || '/', '/') - 1)
    FROM staff_columns;
CREATE INDEX events_by_audit ON events (audit_id);
""",
    ),
    Migration(
        "the actions that reports proposed to the service management group",
        "CREATE TABLE smg_actions (reference TEXT PRIMARY KEY, period TEXT NOT NULL, "
        "body TEXT NOT NULL) WITHOUT ROWID;",
    ),
    Migration(
        "caseload, staff and audits change what is covered",
        """
CREATE TRIGGER caseload_taken AFTER INSERT ON extracts BEGIN
    INSERT INTO to_post SELECT 'caseload', data_date FROM (SELECT NEW.data_date AS data_date)
    AS newest WHERE data_date IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = newest.data_date); END;
CREATE TRIGGER staff_taken AFTER INSERT ON registers BEGIN
    INSERT INTO to_post SELECT 'caseload', data_date FROM (
    SELECT MAX(data_date) AS data_date FROM extracts)
    AS newest WHERE data_date IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = newest.data_date); END;
CREATE TRIGGER audit_counts AFTER INSERT ON audits BEGIN
    INSERT INTO to_post SELECT 'caseload', data_date FROM (
    SELECT MAX(data_date) AS data_date FROM extracts)
    AS newest WHERE data_date IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = newest.data_date); END;
CREATE TRIGGER audit_counts_again AFTER UPDATE ON audits BEGIN
    INSERT INTO to_post SELECT 'caseload', data_date FROM (
    SELECT MAX(data_date) AS data_date FROM extracts)
    AS newest WHERE data_date IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = newest.data_date); END;
""",
    ),
    Migration(
        "ways to the audits that may still need somebody",
        """
CREATE INDEX audits_by_grade ON audits (json_extract(body, '$.grade_final'));
CREATE INDEX records_unsafe ON records (audit_id) WHERE json_extract(body, '$.safe') = 0;
""",
    ),
    Migration(
        "paths in the ledger become links: the next post compares every row",
        "DELETE FROM facts WHERE name = 'ledger sha256';",
    ),
    Migration(
        "a way to the returns of an audit, however many came before",
        "CREATE INDEX returns_by_audit ON returns (audit_id);",
    ),
    Migration(
        "ways to what was recommended, of a child and of a worker; an audit changes its own type's "
        "coverage",
        """
CREATE INDEX audits_asking_after ON audits (child_id)
    WHERE json_array_length(body, '$.carried') > 0;
CREATE INDEX records_recommending ON records (audit_id)
    WHERE json_extract(body, '$.recommendations[0]') IS NOT NULL;
CREATE TABLE audits_of_workers (
    audit_id TEXT PRIMARY KEY, worker TEXT NOT NULL, over TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX audits_of_workers_by_day ON audits_of_workers (worker, over);
INSERT INTO audits_of_workers SELECT audit_id, coalesce(json_extract(body, '$.worker'), ''),
    CASE status WHEN 'closed' THEN coalesce((SELECT MAX(day) FROM events WHERE
    events.audit_id = audits.audit_id AND events.status = 'closed'), '') ELSE '9999-12-31' END
    FROM audits;
CREATE TRIGGER worker_audited AFTER INSERT ON audits BEGIN
    INSERT OR REPLACE INTO audits_of_workers
    VALUES (NEW.audit_id, coalesce(json_extract(NEW.body, '$.worker'), ''), '9999-12-31'); END;
CREATE TRIGGER worker_audited_otherwise AFTER UPDATE ON audits BEGIN
    UPDATE audits_of_workers SET worker = coalesce(json_extract(NEW.body, '$.worker'), '')
    WHERE audit_id = NEW.audit_id
    AND worker <> coalesce(json_extract(NEW.body, '$.worker'), ''); END;
CREATE TRIGGER audit_moved AFTER INSERT ON events BEGIN
    UPDATE audits_of_workers
    SET over = CASE NEW.status WHEN 'closed' THEN NEW.day ELSE '9999-12-31' END
    WHERE audit_id = NEW.audit_id; END;
DROP INDEX audits_by_worker;
DROP TRIGGER audit_counts;
DROP TRIGGER audit_counts_again;
CREATE TRIGGER audit_covers AFTER INSERT ON audits BEGIN
    INSERT INTO to_post SELECT 'caseload', NEW.type WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = NEW.type); END;
CREATE TRIGGER audit_covers_again AFTER UPDATE ON audits BEGIN
    INSERT INTO to_post SELECT 'caseload', NEW.type WHERE NOT EXISTS
    (SELECT 1 FROM to_post WHERE source = 'caseload' AND key = NEW.type); END;
""",
    ),
)
"""Every migration in order; a journal's version is how many of them it has been through."""


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    *,
    day: date,
    migrations: Sequence[Migration] = MIGRATIONS,
) -> None:
    """Run the migrations that the journal at that path has not been through.

    Raises Unavailable, and changes nothing, when it has been through more than there are here.
    """
    version = _version(connection)
    if version > len(migrations):
        raise Unavailable(
            "The journal was written by a newer auditdocs.",
            where=str(path),
            hint="Install the newer version on this computer too.",
        )
    if 0 < version < len(migrations):
        put_made_beside(_copy_of(path, version, day), partial(duplicate, connection))
    for number, migration in enumerate(migrations[version:], start=version + 1):
        _run(connection, number, migration)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy_of(path: Path, version: int, day: date) -> Path:
    return path.with_name(f"{path.stem} {day:%Y-%m-%d} version {version}{path.suffix}")


def _run(connection: sqlite3.Connection, number: int, migration: Migration) -> None:
    """All of a migration or none; another instance may have run it while this one waited."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:
            for statement in _statements(migration.script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: running them as a script would commit each by itself."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
