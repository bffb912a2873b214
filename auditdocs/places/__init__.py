"""Paths to bytes, rows and values: the only room on disk."""
