"""Bytes to values and back: Word, Excel and CSV; no paths, no clock."""
