"""The procedure's choice of cases, with a reason for every case left out; coverage."""
