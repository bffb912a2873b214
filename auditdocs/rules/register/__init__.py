"""The ledger's sheets and rows: a module for each sheet or family of sheets."""
