"""The automatic tests of an extract's cases: what a computer can see to be missing or wrong."""
