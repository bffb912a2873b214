"""A made-up council with its caseload, staff and auditors' answers, for demonstration and tests."""
