"""The Accuracy audit: what a team agrees to check, how often, and what came of it."""
