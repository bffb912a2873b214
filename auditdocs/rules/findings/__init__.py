"""What the records come to: figures, each with the audits behind it."""
