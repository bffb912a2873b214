"""Days and periods as the procedure counts them."""
