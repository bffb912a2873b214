"""The ledger workbook: made once, then posted in place, part by part."""
