"""The lines that have a computer look in the inbox by itself, for Task Scheduler and for cron.

Source: cli.md (`schedule`).
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

EVERY = 5
"""Minutes."""


def schedule_lines(program: str, workspace: str) -> Mapping[str, str]:
    """The line for each system, with the full paths of program and workspace quoted for it.

    Keys: "schtasks" (a command prompt's line), "task" (Task Scheduler's XML, which also starts a
    task that was missed and never a second one), "cron".
    """
    return {
        "schtasks": _schtasks(program, workspace),
        "task": _task(program, workspace),
        "cron": f"*/{EVERY} * * * * {_for_cron(program)} -q -w {_for_cron(workspace)} collect",
    }


def _schtasks(program: str, workspace: str) -> str:
    inner = f'\\"{program}\\" -q -w \\"{_no_end(workspace)}\\" collect'
    return f'schtasks /Create /TN "auditdocs collect" /SC MINUTE /MO {EVERY} /TR "{inner}"'


def _no_end(path: str) -> str:
    """A backslash before a closing quote would take the quote's meaning away."""
    return path.rstrip("\\") if not path.endswith(":\\") else f"{path}."


def _for_cron(path: str) -> str:
    """Quoted for the shell; cron reads % as an end of line."""
    quoted = path.replace("'", "'\\''")
    return f"'{quoted}'".replace("%", "\\%")


def _task(program: str, workspace: str) -> str:
    """A task to import. It names no encoding: Windows refuses one that its editor did not save."""
    arguments = f'-q -w "{_no_end(workspace)}" collect'
    return f"""<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <Repetition><Interval>PT{EVERY}M</Interval></Repetition>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(arguments)}</Arguments>
    </Exec>
  </Actions>
</Task>"""
