"""No child's name, day of birth or answer is in anything the tool says, logs or shows."""

from datetime import timedelta

from auditdocs.places.journal.caseload import caseload
from tests.makers.offices import DATA_DATE

DAY = f"{DATA_DATE + timedelta(days=10)}"
ANSWER = "Zyxwvut said the quilted answer"


def personal(office):
    """Every child's name, day of birth, address and number, as the extract has them."""
    with office.open() as opened:
        cases = caseload(opened.journal).cases
    born = [case.dob for case in cases if case.dob and case.dob.year < DATA_DATE.year - 1]
    days = {text for day in born for text in (day.isoformat(), f"{day:%d/%m/%Y}")}
    words = {f"{case.forename} {case.surname}" for case in cases if case.forename}
    words |= {each for case in cases for each in (case.address, case.nhs_number, case.upn) if each}
    assert len(days) > 20
    return days | words


def test_nothing_the_tool_says_holds_what_is_personal(run, office):
    office.drops_council(children=60)
    on = ("-w", office.root, "--today", DAY)
    said = []

    def runs(*command, status=0):
        for options in ((), ("--json",)):
            answer = run(*on, *options, *command, status=status)
            said.append((command, answer.out + answer.err))

    run(*on, "collect")
    run(*on, "issue", "completeness")
    first, second, *_ = office.audits()
    day = DATA_DATE + timedelta(days=10)
    with office.open() as opened:
        item = opened.contract(first.type).items[0]
    office.drops("a.docx", office.answers(first, day, **{f"{item.id}__comment": ANSWER}))
    office.drops("b.docx", office.answers(second, day, date_audited=ANSWER))
    said.append((("collect",), run(*on, "--json", "collect", status=1).out))
    for command in ("status", "due", "set-aside list", "doctor", "ledger check", "plan quality"):
        status = {"set-aside list": 1, "status": 1}.get(command, 0)
        runs(*command.split(), status=status)
    secrets = personal(office)
    said += [
        ((path.name,), path.read_text(encoding="utf-8"))
        for path in (office.root / "outbox/status.html", *office.root.rglob("*.log"))
    ]
    told = [
        (command, word) for command, text in said for word in (ANSWER, *secrets) if word in text
    ]
    assert told == []
