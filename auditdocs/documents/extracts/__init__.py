"""Case systems' files: workbooks and lists to tables, and tables to files."""
