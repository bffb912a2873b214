"""The audit programme as a whole: what was covered, what can be, who has to act."""
