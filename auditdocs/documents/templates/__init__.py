"""Word templates: docxtpl behind its fence, and what would go wrong with one before it is used."""
