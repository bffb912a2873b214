"""Earlier caseloads are read once for a piece of work, and none is a day out of date."""

from datetime import timedelta

import pytest

from auditdocs.places.journal import caseload as kept
from auditdocs.steps.collect import collected
from auditdocs.steps.gather.caseloads import Caseloads
from tests.makers.offices import DATA_DATE, Office

LATER = DATA_DATE + timedelta(days=31)


@pytest.fixture(name="office", scope="module")
def office_(tmp_path_factory):
    """An office with the extracts of two months."""
    made = Office.made(tmp_path_factory.mktemp("caseloads") / "office")
    for day in (DATA_DATE, LATER):
        made.drops_council(children=10, data_date=day)
        made.work(collected, today=day)
    return made


def test_each_day_has_the_caseload_that_was_newest_on_it(office):
    with office.open(LATER) as opened:
        then = Caseloads(opened.journal)
        for days in (-1, 0, 1, 30, 31, 400):
            day = DATA_DATE + timedelta(days=days)
            assert then.on(day) == kept.caseload(opened.journal, on=day)
        child = then.on(LATER).cases[0].child_id
        assert then.case(child, LATER + timedelta(days=1))[1] == LATER
        assert then.case(child, DATA_DATE - timedelta(days=1)) is None
        assert then.case("nobody", LATER) is None


def test_an_extract_is_read_once(office):
    with office.open(LATER) as opened:
        then = Caseloads(opened.journal)
        assert then.on(LATER) is then.on(LATER + timedelta(days=9))
        assert then.on(DATA_DATE) is not then.on(LATER)
