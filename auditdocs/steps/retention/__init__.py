"""What is past its keeping time: listed first, removed only when it is asked for."""

from auditdocs.steps.retention.removal import Past, Removed, past_keeping, removed

__all__ = ["Past", "Removed", "past_keeping", "removed"]
