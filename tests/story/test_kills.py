"""Killed at any instant, the next run finishes what was begun."""

from tests.story import kills


def test_a_run_killed_at_a_random_instant_is_healed_by_the_next(tmp_path):
    kills.run(3, tmp_path, seed=5)
