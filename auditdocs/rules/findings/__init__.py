"""What the records come to: figures with the audits behind them, and the SMG report."""
