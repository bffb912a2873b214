"""Everything that could be wrong round a workspace, looked at one by one: nothing is mended."""

from auditdocs.steps.doctor.examination import examined

__all__ = ["examined"]
