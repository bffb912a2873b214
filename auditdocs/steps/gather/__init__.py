"""The ledger's rows gathered from the journal: a module for each source of rows."""
