"""How much memory a process holds: Windows and macOS hold none to a limit, so it is looked at."""

from contextlib import suppress


def megabytes(process: int) -> int:
    """What the process of that number and all that it started hold now; 0 when it is gone."""
    import psutil  # late: only what runs beside us needs it

    held = 0
    with suppress(psutil.Error):
        first = psutil.Process(process)
        for each in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                held += each.memory_info().rss
    return held >> 20
