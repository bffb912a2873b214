"""The extract made cases and the register made people: headings, values, lists, names."""
