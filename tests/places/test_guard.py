"""A parser that falls over takes nothing with it: its file is refused in words."""

import os
import re
import sys
from functools import partial
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from python_calamine import load_workbook

from auditdocs.documents.extracts.tables import tables
from auditdocs.errors import ExtractFault, FormFault, Unavailable
from auditdocs.model.tables import Table
from auditdocs.places.guard import Guard
from tests.makers.extracts import a_caseload, a_far_cell, a_row, a_workbook


def length(data, *more):
    """A top-level function for the child to find."""
    sys.stdout.write("a parser may speak")
    return len(data), more


def refuses(data):
    raise FormFault("password", "It is locked.", where="here", hint="unlock it")


def falls_over(data):
    os.abort()


def reads_without_the_gate(data):
    return load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()


def dawdles(data):
    while True:
        pass


def fills_memory(data):
    return len(bytearray(2 << 30))


def hangs_without_letting_go(data):
    return re.match(r"(a+)+$", "a" * 60 + "b")


def ends_once(data):
    """Ends its process the first time, as somebody does who ends the reader."""
    place = Path(data.decode())
    if not place.exists():
        place.touch()
        os.abort()
    return "read"


def errs(data):
    return data["x"]


def guarded(function, data, *args, seconds, megabytes, **told):
    """The answer of a process of its own, for this one question."""
    guard = Guard(seconds, megabytes)
    try:
        return guard.asked(function, data, *args, **told)
    finally:
        guard.close()


def held(function, **limits):
    return guarded(function, b"abc", **{"seconds": 20, "megabytes": 512} | limits)


def test_what_the_function_gives_comes_back():
    assert guarded(length, b"abc", 1, "two", seconds=20, megabytes=512) == (3, (1, "two"))


def test_a_workbook_is_read_at_arms_length():
    sheet = a_caseload(a_row())
    read = guarded(partial(tables, name="x"), a_workbook([sheet]), seconds=20, megabytes=512)
    assert isinstance(read[0], Table)
    assert read[0].rows[1][0] == 1000001


def test_what_the_function_refuses_is_refused_in_its_own_words():
    with pytest.raises(FormFault, match=r"It is locked\.") as caught:
        held(refuses)
    fault = caught.value
    assert (fault.kind, fault.where, fault.hint) == ("password", "here", "unlock it")


@pytest.mark.parametrize("function", [falls_over, errs])
def test_a_crash_is_a_refusal(function):
    with pytest.raises(ExtractFault, match="cannot be read safely") as caught:
        held(function)
    assert caught.value.hint


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_the_reader_falls_over_a_far_cell_and_only_its_own_process_with_it():
    far = a_far_cell("XFD1048576")
    with pytest.raises(ExtractFault, match="cannot be read safely"):
        guarded(reads_without_the_gate, far, seconds=20, megabytes=512)


def test_taking_too_long_is_a_refusal():
    with pytest.raises(ExtractFault, match=r"within 0\.5 seconds"):
        held(dawdles, seconds=0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_taking_too_much_memory_is_a_refusal():
    with pytest.raises(ExtractFault, match="cannot be read safely"):
        held(fills_memory)


def test_the_caller_says_what_kind_of_fault_it_is():
    with pytest.raises(FormFault) as caught:
        held(falls_over, fault=partial(FormFault, "hostile"))
    assert caught.value.kind == "hostile"


def process(data):
    return os.getpid()


@pytest.mark.parametrize("harm", [falls_over, dawdles, errs])
def test_a_guard_reads_on_in_one_process_until_a_file_breaks_it(harm):
    guard = Guard(seconds=5, megabytes=512)
    try:
        first = guard.asked(process, b"")
        assert guard.asked(process, b"") == first != os.getpid()
        with pytest.raises(ExtractFault):
            guard.asked(harm, b"abc")
        assert guard.asked(process, b"") not in (first, os.getpid())
    finally:
        guard.close()


def test_a_reader_that_was_ended_between_two_files_is_held_against_none():
    guard = Guard(seconds=20, megabytes=512)
    try:
        reader = psutil.Process(guard.asked(process, b""))
        reader.kill()
        reader.wait()
        assert guard.asked(length, b"abc") == (3, ())
    finally:
        guard.close()


def test_one_that_was_ended_on_its_way_to_the_next_files_neither():
    guard = Guard(seconds=20, megabytes=512)
    try:
        reader = psutil.Process(guard.asked(process, b""))
        for data in (b"a", b"bb", b"ccc"):
            guard.asked_ahead(length, data)
        assert guard.asked(length, b"a")[0] == 1
        reader.kill()
        reader.wait()
        assert [guard.asked(length, data)[0] for data in (b"bb", b"ccc", b"dddd")] == [2, 3, 4]
    finally:
        guard.close()


def test_a_foreseen_file_with_which_the_reader_ended_is_asked_about_again_by_itself(tmp_path):
    guard, data = Guard(seconds=20, megabytes=512), str(tmp_path / "ended").encode()
    try:
        guard.asked_ahead(ends_once, data)
        guard.asked_ahead(length, b"after")
        assert [guard.asked(ends_once, data), guard.asked(length, b"after")[0]] == ["read", 5]
    finally:
        guard.close()


def test_files_foreseen_and_passed_over_or_asked_in_another_order_have_their_own_answers():
    guard = Guard(seconds=20, megabytes=512)
    try:
        files = [bytes(size) for size in range(20)]
        for data in files:
            guard.asked_ahead(length, data)
        asked = (19, 3, 18, 0, 3, 12)
        assert [guard.asked(length, files[size])[0] for size in asked] == list(asked)
    finally:
        guard.close()


def test_what_a_question_is_asked_with_is_known_to_the_reader_however_much_it_was_told():
    guard = Guard(seconds=20, megabytes=512)
    try:
        things = [str(number) for number in range(16)]  # as many as it remembers
        for thing in things:
            assert guard.asked(length, b"", thing) == (0, (thing,))
        assert guard.asked(length, b"", things[0], "new") == (0, (things[0], "new"))
        assert guard.asked(length, b"", things[1], things[0]) == (0, (things[1], things[0]))
    finally:
        guard.close()


def test_a_reader_that_cannot_be_started_says_nothing_of_the_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Unavailable, match="Cannot start python now"):
        held(length)


def test_a_refusal_breaks_nothing():
    guard = Guard(seconds=20, megabytes=512)
    try:
        first = guard.asked(process, b"")
        with pytest.raises(FormFault, match="locked"):
            guard.asked(refuses, b"")
        assert guard.asked(process, b"") == first
    finally:
        guard.close()


def test_what_is_foreseen_saves_waiting_and_changes_no_answer():
    guard = Guard(20, 512)
    try:
        guard.asked_ahead(length, b"foreseen")
        assert guard.asked(length, b"now") == (3, ())
        assert guard.asked(length, b"another")[0] == 7
        guard.asked_ahead(length, b"foreseen")
        assert guard.asked(length, b"now")[0] == 3
        assert guard.asked(length, b"foreseen")[0] == 8
    finally:
        guard.close()


@pytest.mark.parametrize("function", [falls_over, errs, dawdles])
def test_a_foreseen_file_that_breaks_the_reader_is_refused_in_its_turn_and_no_other(function):
    guard = Guard(4, 512)

    def asked(question, data):
        guard.next_file()
        return guard.asked(question, data)

    try:
        guard.asked_ahead(function, b"abc")
        assert asked(length, b"before")[0] == 6
        assert asked(length, b"between")[0] == 7
        guard.asked_ahead(function, b"abc")
        assert asked(length, b"before")[0] == 6
        with pytest.raises(ExtractFault):
            asked(function, b"abc")
        assert asked(length, b"after")[0] == 5
    finally:
        guard.close()


@pytest.mark.timeout(40)
def test_a_reader_that_hangs_and_takes_nothing_in_is_waited_for_no_longer_for_what_is_foreseen():
    guard, large = Guard(4, 512), bytes(60_000_000)  # far more than a pipe holds
    try:
        guard.asked(length, b"started")
        guard.asked_ahead(hangs_without_letting_go, b"abc")
        guard.asked_ahead(length, large)
        with pytest.raises(ExtractFault, match="within 4 seconds"):
            guard.asked(hangs_without_letting_go, b"abc")
        assert guard.asked(length, large)[0] == len(large)
    finally:
        guard.close()


@pytest.mark.timeout(40)
def test_what_converting_a_file_took_is_not_left_for_reading_it():
    guard = Guard(60, 512)
    try:
        guard.asked(length, b"started")
        guard.spent(59)
        with pytest.raises(ExtractFault, match="within 60 seconds"):
            guard.asked(dawdles, b"abc")
    finally:
        guard.close()
