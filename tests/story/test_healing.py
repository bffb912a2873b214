"""Killed at any instant or refused by the disk at any call, healed by the next run."""

import pytest

from tests.story import kills, refusals
from tests.story.scenes import scenes


@pytest.fixture(name="known", scope="module")
def known_(tmp_path_factory):
    """The commands that are interrupted, for all tests of this module."""
    return scenes(tmp_path_factory.mktemp("scenes"))


def test_a_command_killed_at_a_random_instant_is_healed_by_the_next(known, tmp_path):
    kills.run(known[:2], tmp_path, 2, seed=5)


def test_a_call_that_the_disk_refuses_is_made_good_by_the_next_run(known, tmp_path):
    assert refusals.run(known[:2], tmp_path, every=401, first=60) >= 4
