"""Folders in folders, deeper than calls may go while they are there."""

import os
import sys
from contextlib import contextmanager


@contextmanager
def deep_folders(folder, *, levels, file):
    """So many folders, each in the other, with an empty file in the last; then gone."""
    before, limit = os.getcwd(), sys.getrecursionlimit()
    os.chdir(folder)
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    with open(file, "wb"):
        pass
    sys.setrecursionlimit(_depth() + levels)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        os.unlink(file)
        for _ in range(levels):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(before)


def _depth():
    """How many calls are open now."""
    frame, depth = sys._getframe(), 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    return depth
