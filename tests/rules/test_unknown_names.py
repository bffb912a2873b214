"""Settings that name what there is not are told with what was probably meant."""

from auditdocs.rules.settings import settings
from auditdocs.rules.unknown_names import unknown_names

TYPES = {"quality", "completeness"}
WRITTEN = settings("""
[targets]
"qualty.year" = 160
"completeness.quarter" = 40
[on_extract]
issue = ["completeness", "supervision"]
[teams."Team  north"]
pair = "Team South"
[teams."Team Soth"]
pair = "Team North"
""")


def test_types_and_teams_that_there_are_not_are_told_with_the_nearest():
    told = unknown_names(WRITTEN, types=TYPES, teams={"Team North", "Team South"})
    assert list(told) == [
        '[targets] "qualty.year" is of no audit type; "quality" is one.',
        '[on_extract] issue names no audit type with "supervision".',
        '[teams."Team Soth"] is no team of register or extract; "Team South" is one.',
    ]


def test_of_teams_nothing_is_told_while_none_is_known():
    told = unknown_names(WRITTEN, types=TYPES | {"qualty", "supervision"}, teams=frozenset())
    assert not list(told)
