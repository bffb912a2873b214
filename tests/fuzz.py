"""Files changed at random and put in a real inbox: each ends in one state, and nothing stops.

`python -m tests.fuzz` changes forms, workbooks, check lists and zip files, byte by byte or in their
XML, thousands of times from a seed, and prints a table of what became of them. It fails when a file
has no end or two, when anything but a refusal is raised, or when one takes more than ten seconds.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from itertools import islice, pairwise
from pathlib import Path

from auditdocs.documents.extracts.build import annex_a_workbook, staff_csv
from auditdocs.rules.made_up.council import made_up_council
from auditdocs.steps.collect import collected
from auditdocs.steps.issue import issued
from auditdocs.steps.wish import Wish
from tests.makers.forms import parts_of
from tests.makers.offices import DATA_DATE, Office
from tests.makers.wrong_files import a_zip

DAY = DATA_DATE + timedelta(days=10)
AT_ONCE = 50
"""Files in the inbox at one time."""
SLOW = 10.0
PIECES = (
    b"<", b">", b"&", b"&#0;", b"&x;", b"</", b"]]>", b"<!--", b"<?x?>", b'"', b"\0", b"\xff\xfe",
    b"<!DOCTYPE x>", b"<w:p>", b"</w:p>", b"<w:sdt>", b"</w:sdt>", b"<w:tbl><w:tr><w:tc>",
    b"PK\1\2", b"PK\5\6", b"PK\3\4", b"9" * 400, b"-1", b"A" * 70_000, "\u202e\u0301".encode(),
    b' w:val="' + b"x" * 40_000 + b'"', b"<v>1e999</v>", b'<c r="XFD1048576"><v>1</v></c>',
    b'<row r="0"/>', b"<f>=cmd|' /C calc'!A0</f>", b'xmlns="urn:x"', b"xmlns:w=''",
)  # fmt: skip
"""What is put in at random: what parsers stumble over."""


def kinds(office):
    """Sound files of every kind that is taken, with their endings."""
    council = made_up_council(data_date=DAY, children=30)
    office.drops_council(children=30)
    office.work(collected)
    audit, *_ = office.work(issued, Wish(type="completeness")).audits
    form = office.answers(audit, DAY)
    lists = annex_a_workbook(council.sheets)
    return {
        "form": (".docx", form),
        "extract": (".xlsx", lists),
        "register": (".csv", staff_csv(council.staff)),
        "zip": (".zip", a_zip(("a.docx", form), ("b/c.docx", office.form(audit)))),
    }


def bytes_changed(data, chance):
    """A few bytes, or a stretch, put in, taken out, doubled or written over."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20, 200))):
        place = chance.randrange(len(changed) + 1)
        stretch = chance.choice((1, 1, 4, 100))
        match chance.randrange(5):
            case 0:
                changed[place : place + stretch] = chance.randbytes(stretch)
            case 1:
                del changed[place : place + stretch]
            case 2:
                changed[place:place] = chance.choice(PIECES)
            case 3:
                changed[place:place] = changed[place : place + stretch]
            case 4:
                del changed[: chance.choice((0, 0, 0, 0, place))]
    return bytes(changed)


def parts_changed(data, chance):
    """A part or two of a package changed within, doubled, emptied, renamed or left out."""
    parts = list(parts_of(data).items())
    for _ in range(chance.choice((1, 1, 2, 5))):
        place = chance.randrange(len(parts))
        name, part = parts[place]
        match chance.randrange(8):
            case 0:
                parts[place] = (name, b"")
            case 1:
                parts.append((name, part))
            case 2:
                parts[place] = (chance.choice(("../x", name.upper(), "x" * 60_000)), part)
            case 3 if len(parts) > 1:
                del parts[place]
            case _:
                parts[place] = (name, bytes_changed(part, chance))
    return a_zip(*parts)


def mutants(files, times, chance):
    """So many changed files, each with its number, kind, way and ending."""
    for number in range(times):
        kind = chance.choice(list(files))
        ending, data = files[kind]
        is_package = data.startswith(b"PK")
        change = chance.choice((bytes_changed, parts_changed) if is_package else (bytes_changed,))
        ending = chance.choice((ending,) * 8 + (".docx", ".xlsx", ".csv", ".zip"))
        yield number, kind, change, ending, change(data, chance)


def run(root, times, *, seed=0, tell=lambda line: None):
    """How so many changed files ended, counted by kind, way and end. Asserts each has one end."""
    chance, office = random.Random(seed), Office.made(root)
    files, ended = kinds(office), Counter()
    queue = mutants(files, times, chance)
    while batch := [*islice(queue, AT_ONCE)]:
        ended.update(_ends(office, batch))
        for path in office.inbox.iterdir():
            if path.name != ".gitignore":
                path.unlink()
        tell(f"{ended.total()} of {times}")
    return ended


def _ends(office, batch):
    """What each file of a batch was, and how it ended."""
    moments = [time.monotonic()]

    def noticed(what, done, of):
        moments.append(time.monotonic())

    dropped = {
        office.drops(f"{number}{ending}", data).name: f"{kind}, {change.__name__}"
        for number, kind, change, ending, data in batch
    }
    took = office.work(collected, today=DAY, progress=noticed)
    assert max(after - before for before, after in pairwise(moments)) < SLOW
    ends = [(came.file.rpartition("/")[2], _end(came)) for came in took.returns]
    ends += [(each.file.rpartition("/")[2], "waits") for each in took.waiting]
    mine = [(name, end) for name, end in ends if name in dropped]
    assert sorted(name for name, _ in mine) == sorted(dropped), "a file with no end, or two"
    return [(dropped[name], end) for name, end in mine]


def _end(came):
    code = came.reasons[0].code if came.reasons else ""
    return f"{came.outcome} {code}".strip()


def lines(ended):
    """The table: a line for each kind of file and way of changing it, and for each end."""
    for of in sorted({of for of, _ in ended}):
        yield f"{of}: {sum(count for (each, _), count in ended.items() if each == of)}"
        mine = Counter({end: count for (each, end), count in ended.items() if each == of})
        yield from (f"  {count:6}  {end}" for end, count in mine.most_common())


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("times", type=int, nargs="?", default=2_000)
    asked.add_argument("--seed", type=int, default=0)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        ends = run(Path(place) / "office", told.times, seed=told.seed, tell=print)
    sys.stdout.write("\n".join([*lines(ends), ""]))
