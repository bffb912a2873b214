"""Events as a hint: they shorten a wait, and a folder that is gone costs nothing."""

import threading

from auditdocs.places.events import woken_by


def test_a_file_that_is_dropped_ends_a_wait(tmp_path):
    with woken_by(tmp_path) as wake:
        (tmp_path / "form.docx").touch()
        assert wake.wait(10)


def test_waits_while_the_folder_is_gone_leave_nothing_running(tmp_path):
    before = threading.active_count()
    inbox = tmp_path / "inbox"
    with woken_by(inbox) as wake:
        for _ in range(5):
            assert not wake.wait(0.01)
        assert threading.active_count() == before
        inbox.mkdir()
        wake.wait(0.01)
        assert wake.is_armed
