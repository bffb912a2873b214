"""What a paper for the service management group is written from, and how it names things.

Source: domain.md D1; settled.md ("Names in SMG papers": teams and posts, never a person).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from auditdocs.model.contract import Contract
from auditdocs.model.settings import Settings
from auditdocs.rules.accuracy.figures import AccuracyFigures
from auditdocs.rules.calendar.dates import uk_date
from auditdocs.rules.calendar.periods import Period
from auditdocs.rules.findings.accuracy_balances import accuracy_balances
from auditdocs.rules.findings.balances import balances
from auditdocs.rules.findings.figures import Figures
from auditdocs.rules.findings.hidden import Balance
from auditdocs.rules.forms.scales import label_of
from auditdocs.rules.papers.shown import Shown, shown_in, small_numbers

MESSAGES = "Key messages"
DELIVERY = "Delivery"
SAMPLE = "Sample against caseload"
GRADES = "Overall grades"
QUESTIONS = "Section and question results"
THEMES = "Themes"
AGREEMENT = "Agreement and moderation"
RECOMMENDATIONS = "Recommendations"
ACCURACY = "Accuracy headlines"
DIFFICULTIES = "Consistent difficulties"
NEEDS = "Training and support needs"
ACTIONS = "Proposed actions"

NOTHING_BACK = "No audits came back in this period."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The figures of a period, and the words in which the service speaks of them."""

    figures: Figures
    contracts: Mapping[str, Contract]
    settings: Settings
    period: Period
    today: date
    data_date: date
    accuracy: AccuracyFigures | None = None
    """Of the Accuracy audit; None where the service has no agreements."""
    unprinted: frozenset[str] = frozenset()
    """The words of every child's and worker's name and number; see `unprinted`."""
    beside: Callable[[], Iterable[Balance]] | None = None
    """What a reader may set against each other; None where it is what the figures hold."""
    shown: Shown = field(init=False)
    """How counts are shown in this copy."""

    def __post_init__(self) -> None:
        """What is hidden beside small counts is found once for the whole paper."""
        shown = shown_in(self._balances(), least=self.settings.suppress)
        object.__setattr__(self, "shown", shown)

    def _balances(self) -> Iterator[Balance]:
        yield from self.beside() if self.beside else balances(self.figures)
        if self.accuracy:
            yield from accuracy_balances(self.accuracy, self.period)

    @property
    def headlines(self) -> str:
        """The heading of the chapter on coverage and standards; see `headlines`."""
        return headlines(self.figures, self.contracts)

    def name(self, key: str) -> str:
        """An audit type in a word: the name of its ledger sheet."""
        return self.contracts[key].sheet

    def post(self, role: str) -> str:
        """The title of a post, as the service calls it."""
        return self.settings.post(role)

    def manager(self, team: str) -> str:
        """Who answers for a team: its manager by post; who runs the programme where there is none.

        Never a name: the post stays when its holder goes.
        """
        return f"{self.post('tm')}, {team}" if team else self.post("hos_qap")


def title_facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """What stands under the title of a paper for the group, label and value."""
    back = paper.shown.words(paper.figures.delivery_in_all.returned, "audit")
    yield "Period", paper.period.words
    yield "Counted on", uk_date(paper.today)
    yield "Caseload as at", uk_date(paper.data_date)
    yield "Findings from", f"{back} returned in the period"
    yield "Author", f"{paper.post('hos_qap')} (draft)"
    yield "Distribution", paper.post("smg")
    yield "Names", "Contains no child's or worker's name"
    yield from small_numbers(paper.settings.suppress)


def headlines(figures: Figures, contracts: Mapping[str, Contract]) -> str:
    """The heading of the chapter on coverage and standards: "Completeness headlines".

    "" where no audit type covers the caseload or asks for standards, and so there is no chapter.
    """
    key = figures.covering or next(iter(figures.standards), "")
    return f"{contracts[key].sheet} headlines" if key else ""


def team_name(team: str) -> str:
    """A team as a table names it."""
    return team or "No team"


def grade_name(code: str) -> str:
    """A grade in words, "" for none."""
    return label_of("grade", code)
