"""A form come home: every answer and recommendation checked, a record or the reasons."""
