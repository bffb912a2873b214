"""When a file may be taken: by our own clock, by two looks, and never while somebody has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditdocs.model.inbox import Dropped, Memory
from auditdocs.rules.returns.readiness import (
    BACK_OFF,
    CONFIRMED,
    LONG,
    YOUNG,
    is_final,
    put_off,
    remembered,
    why_not,
)

NOW = 1_800_000_000.0
FORM = "form.docx"


def a_file(*, size=100, changed=NOW, **more):
    """A file as a look sees it; `changed` in seconds."""
    return Dropped(file=FORM, size=size, changed=int(changed * 1e9), **more)


def after(*looks, settled=5.0):
    """Why the file of the last look is not taken; each look is a time and what lies there."""
    memory, why = Memory(), None
    for now, lying in looks:
        memory = remembered(memory, [lying], now=now)
        why = why_not(lying, memory.files[lying.file], now=now, settled=settled)
    return why


def test_a_new_file_is_taken_when_two_looks_five_seconds_apart_find_it_the_same():
    assert after((NOW, a_file())) == YOUNG
    assert after((NOW, a_file()), (NOW + 4.9, a_file())) == YOUNG
    assert after((NOW, a_file()), (NOW + 5, a_file())) == ""


def test_a_file_already_older_than_that_needs_one_look():
    assert after((NOW, a_file(changed=NOW - 6))) == ""


def test_a_file_once_seen_to_change_is_no_longer_taken_at_its_word():
    grows = [(NOW, a_file(changed=NOW - 60)), (NOW + 1, a_file(size=200, changed=NOW - 59))]
    assert after(*grows) == YOUNG
    assert after(*grows, (NOW + 6, a_file(size=200, changed=NOW - 59))) == ""


def test_a_time_in_the_future_is_not_believed():
    later = a_file(changed=NOW + 86_400)
    assert after((NOW, later)) == YOUNG
    assert after((NOW, later), (NOW + 5, later)) == ""


def test_settled_nought_takes_at_once():
    assert after((NOW, a_file(size=0, changed=NOW + 9)), settled=0) == ""


def test_a_file_that_somebody_has_open_waits_whatever_its_age():
    assert "Ann has it open" in after((NOW, a_file(changed=NOW - 9e5, holder="Ann")))


def test_a_file_of_no_bytes_waits_ten_minutes_and_is_then_decided():
    empty = a_file(size=0)
    looks = [(NOW + seconds, empty) for seconds in (0, 10, LONG - 1)]
    assert "empty" in after(*looks)
    assert after(*looks, (NOW + LONG, empty)) == ""


def test_a_vain_try_is_followed_by_others_ever_further_apart_and_never_given_up():
    memory = remembered(Memory(), [a_file()], now=NOW)
    known, now, pauses = memory.files[FORM], NOW, []
    for _ in range(8):
        known = put_off(known, "it cannot be read", now=now)
        pauses.append(known.next_try - now)
        assert why_not(a_file(), known, now=known.next_try - 1, settled=5) == "it cannot be read"
        assert why_not(a_file(), known, now=known.next_try + 10, settled=5) == ""
        now = known.next_try
    assert pauses == [*BACK_OFF, 60, 60, 60]


def test_a_clock_set_back_between_two_runs_makes_nothing_wait_for_ever():
    memory = remembered(Memory(), [a_file()], now=NOW + 1e6)
    known = put_off(memory.files[FORM], "busy", now=NOW + 1e6)
    memory = remembered(Memory({FORM: known}), [a_file()], now=NOW)
    assert why_not(a_file(), memory.files[FORM], now=NOW + 5, settled=5) == ""


def test_files_that_are_all_gone_at_once_are_remembered_for_a_minute():
    two = [a_file(), Dropped(file="b.docx", size=1, changed=0)]
    before = remembered(Memory(), two, now=NOW)
    blip = remembered(before, [], now=NOW + 5)
    assert (blip.files, blip.emptied) == (before.files, NOW + 5)
    back = remembered(blip, two, now=NOW + 10)
    assert (back.files, back.emptied) == (before.files, None)
    still = remembered(remembered(blip, [], now=NOW + 30), [], now=NOW + 5 + CONFIRMED)
    assert still == Memory()


def test_a_single_file_taken_out_is_forgotten_at_once():
    before = remembered(Memory(), [a_file()], now=NOW)
    assert remembered(before, [], now=NOW + 1) == Memory()


def test_damage_is_final_after_ten_minutes_by_our_clock_or_the_files_own():
    young = remembered(Memory(), [a_file()], now=NOW).files[FORM]
    old = remembered(Memory(), [a_file(changed=NOW - LONG)], now=NOW).files[FORM]
    assert not is_final(young, now=NOW + LONG - 1, settled=5)
    assert is_final(young, now=NOW + LONG, settled=5)
    assert is_final(old, now=NOW, settled=5)
    assert is_final(young, now=NOW, settled=0)


@given(
    st.lists(
        st.tuples(st.floats(0, 30), st.integers(1, 3), st.floats(-100, 100)), min_size=1, max_size=8
    )
)
def test_what_is_taken_was_the_same_for_five_seconds_or_looked_old_when_first_seen(steps):
    now, memory, history = NOW, Memory(), []
    for pause, size, shift in steps:
        now += pause
        seen = a_file(size=size, changed=NOW + shift)
        history.append((now, seen))
        memory = remembered(memory, [seen], now=now)
        if why_not(seen, memory.files[FORM], now=now, settled=5) == "":
            before = [place for place, (_, other) in enumerate(history) if other != seen]
            start = history[before[-1] + 1 if before else 0][0]
            never_changed = not before
            assert now - start >= 5 or (never_changed and now - seen.changed / 1e9 >= 4.99)


@pytest.mark.parametrize("trouble", ["it is a link", "this folder may not be looked into"])
def test_what_can_never_be_taken_says_so_at_every_look(trouble):
    assert after((NOW, a_file(trouble=trouble)), (NOW + 999, a_file(trouble=trouble))) == trouble
