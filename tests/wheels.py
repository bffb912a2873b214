"""The folder of wheels, built by the documented command and tried where there is no index.

Run by hand, for it fetches what auditdocs needs: `python -m tests.wheels`.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main():
    """Build the folder, install from it alone in a new environment, run the demonstration there."""
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        wheels = away / "wheels"
        told(sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", wheels, ROOT)
        venv.create(away / "venv", with_pip=True)
        programs = away / "venv" / ("Scripts" if os.name == "nt" else "bin")
        told(
            programs / "python", "-m", "pip", "--isolated", "install", "--quiet",
            "--no-index", "--find-links", wheels, "auditdocs",
        )  # fmt: skip
        told(programs / "auditdocs", "demo", away / "council", cwd=away)
        told(programs / "auditdocs", "-w", away / "council", "template", "check", cwd=away)
        size = sum(wheel.stat().st_size for wheel in wheels.iterdir()) / 1e6
        count = len(list(wheels.iterdir()))
        sys.stdout.write(f"{count} wheels, {size:.0f} MB: installed without an index.\n")


def told(*command, cwd=None):
    """Run it, and stop where it fails."""
    sys.stdout.write(f"$ {' '.join(map(str, command))}\n")
    sys.stdout.flush()
    subprocess.run([str(word) for word in command], check=True, cwd=cwd)


if __name__ == "__main__":
    main()
