"""The Accuracy check list as a workbook: written to go out, read when it comes home."""
