"""Events of the file system as a hint: something may have changed, so look sooner."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REST = 0.2
"""Seconds for which a ring is left to ring on."""


@contextmanager
def woken_by(folder: Path) -> Iterator["Wake"]:
    """Waits that end early when something happens in the folder.

    Where no events can be had, on many a share, a wait is simply the whole of it.
    """
    wake = Wake(folder)
    wake.rearm()
    try:
        yield wake
    finally:
        wake.disarm()


@dataclass(slots=True)
class Wake:
    """The waits; an observer whose folder was gone for a moment never speaks again."""

    folder: Path
    _happened: threading.Event = field(default_factory=threading.Event)
    _observer: Any = None

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until something happens; gives whether it did."""
        if not self.is_armed:
            self.rearm()
        rung = self._happened.wait(seconds)
        if rung:  # a large copy rings without end
            threading.Event().wait(min(seconds, REST))
        self._happened.clear()
        return rung

    @property
    def is_armed(self) -> bool:
        """Whether events would be heard."""
        observer = self._observer
        heard = observer.emitters if observer is not None and observer.is_alive() else ()
        return any(emitter.is_alive() for emitter in heard)

    def rearm(self) -> None:
        """Listen anew; the folder may be another one than it was."""
        from watchdog.observers import Observer

        self.disarm()
        observer = Observer()
        observer.daemon = True
        try:
            observer.schedule(self._bell(), str(self.folder), recursive=True)
            observer.start()
        except OSError:
            observer.stop()  # it begins to listen before it looks whether there is a folder
        else:
            self._observer = observer

    def disarm(self) -> None:
        """Listen no more."""
        observer, self._observer = self._observer, None
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join()

    def _bell(self) -> Any:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler

        happened = self._happened

        class Bell(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                happened.set()

        return Bell()
