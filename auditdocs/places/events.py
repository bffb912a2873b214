"""Events of the file system as a hint: something may have changed, so look sooner."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def woken_by(folder: Path) -> Iterator[Callable[[float], bool]]:
    """A wait that ends early when something happens in the folder; gives the function that waits.

    Where no events can be had, on many a share, the wait is simply the whole of it.
    """
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers import Observer

    happened = threading.Event()

    class Bell(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            happened.set()

    observer = Observer()
    observer.daemon = True
    with suppress(OSError):  # a share that sends no events: the wait is simply the whole of it
        observer.schedule(Bell(), str(folder), recursive=True)
        observer.start()

    def wait(seconds: float) -> bool:
        rung = happened.wait(seconds)
        happened.clear()
        return rung

    try:
        yield wait
    finally:
        if observer.is_alive():
            observer.stop()
            observer.join()
