"""A disk that refuses: whichever call it is, the next run makes it good."""

from tests.story import refusals


def test_a_call_that_the_disk_refuses_is_made_good_by_the_next_run(tmp_path):
    assert refusals.run(tmp_path, every=311, first=60) >= 6
