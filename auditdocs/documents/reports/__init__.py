"""Reports and notes in Word, native charts, figures in Excel, and their accessibility."""
