"""What is written from the figures: reports as values, before any of them is a document."""
