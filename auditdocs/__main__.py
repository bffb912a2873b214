"""`python -m auditdocs`: the command line."""

from auditdocs.cli import main

if __name__ == "__main__":
    main()
