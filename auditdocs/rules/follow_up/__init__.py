"""What the procedure does with an audit after its form has come home (sections 2 and 3)."""
