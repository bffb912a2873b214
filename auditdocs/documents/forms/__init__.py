"""Word forms: built from a contract, filled, answered, read back."""
