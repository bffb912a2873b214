"""What auditdocs.toml names that there is not: an audit type, a team.

Such a line does nothing, or makes a team of its own without cases; whoever mistyped it takes it for
done. It is told and stops nothing, for a type or a team may be gone for good.
"""

from collections.abc import Iterable, Iterator, Set

from auditdocs.errors import nearest
from auditdocs.model.settings import Settings
from auditdocs.rules.caseload.matching import name_key


def unknown_names(settings: Settings, *, types: Set[str], teams: Set[str]) -> Iterator[str]:
    """A sentence for each; with no `teams` known yet, of audit types only."""
    for target in settings.targets:
        key = target.partition(".")[0]
        if key not in types:
            yield f'[targets] "{target}" is of no audit type{_meant(key, types)}.'
    for key in settings.issue_on_extract:
        if key not in types:
            yield f'[on_extract] issue names no audit type with "{key}"{_meant(key, types)}.'
    known = {name_key(team) for team in teams}
    for team in settings.teams:
        if teams and name_key(team) not in known:
            yield f'[teams."{team}"] is no team of register or extract{_meant(team, teams)}.'


def _meant(word: str, known: Iterable[str]) -> str:
    close = nearest(word, known)
    return f'; "{close}" is one' if close else ""
