"""The settings of a workspace, each with the default that needs no edit (cli.md, Settings)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditdocs.model.people import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSettings:
    """What auditdocs.toml says of one team; "" leaves it to the staff register."""

    manager: str = ""
    head_of_service: str = ""
    business_support: str = ""
    pair: str = ""
    renamed_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difficulties:
    """The lines past which a standard is a consistent difficulty (domain.md D4)."""

    months: int = 6
    """How far back audits count; the period before is as long."""
    individual_missed: int = 2
    individual_of: int = 3
    """Not met in so many of a worker's last so many applicable audits."""
    team_least: int = 8
    team_percent: int = 30
    team_points: int = 15
    """Percentage points above the service's own rate."""
    team_again_percent: int = 20
    """In two periods running."""
    service_least: int = 20
    service_percent: int = 20
    service_team_least: int = 5
    """A team with fewer applicable audits is not asked whether it is over the line."""
    statutory_least: int = 10
    statutory_percent: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything auditdocs.toml can say."""

    service_name: str = "Children's Services"
    marking: str = "OFFICIAL-SENSITIVE"
    case_system: str = "ICS Assessment System"
    posts: Mapping[str, str] = field(default_factory=dict)
    """Role key to the title the service uses, where it is not the standard one."""
    teams: Mapping[str, TeamSettings] = field(default_factory=dict)
    quality_auditors: tuple[str, ...] = ()
    """Names of those who audit for Quality; empty means all managers, IROs and CP advisers."""
    quiet_months: tuple[int, ...] = (8, 12)
    reserves: int = 2
    targets: Mapping[str, int] = field(default_factory=dict)
    """"<contract key>.year" or ".quarter" to a target other than the contract's."""
    supervision_days: int = 21
    lookback_months: int = 12
    extract_columns: Mapping[str, str] = field(default_factory=dict)
    """Canonical field to the heading that holds it, where the service fixes it."""
    inbox_every: int = 5
    inbox_settled: int = 5
    issue_on_extract: tuple[str, ...] = ()
    keep_copies: int = 14
    moderation_grades: tuple[str, ...] = ("O", "I")
    """The overall grades of which every audit is graded a second time."""
    moderation_share: int = 10
    """Of a hundred audits of the other grades, how many are."""
    suppress: int = 0
    page_numbers: bool = True
    """Whether reports are paginated by LibreOffice, where it is there, for their contents lists."""
    keep_audits_years: int = 6
    """Whole years after the financial year in which an audit's form went out; 0 keeps for ever."""
    keep_extracts_years: int = 6
    """The same of extracts and staff registers; the newest of each always stays."""
    difficulties: Difficulties = field(default_factory=Difficulties)
    paths: Mapping[str, str] = field(default_factory=dict)
    """"journal", "archive", "ledger", "inbox", "outbox", "templates" to another place."""

    def post(self, role: str) -> str:
        """The title of a role's post, as the service calls it; "" for no role of the procedure."""
        return self.posts.get(role) or ROLES.get(role, "")
