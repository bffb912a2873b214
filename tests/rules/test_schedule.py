"""Lines for Task Scheduler and cron: full paths, quoted for the system that reads them."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from auditdocs.rules.schedule import schedule_lines

PROGRAM = r"C:\Program Files\auditdocs\auditdocs.exe"
SHARE = r"\\server\Children's & Families\Audits"


def test_the_windows_line_quotes_both_paths():
    line = schedule_lines(PROGRAM, SHARE)["schtasks"]
    assert rf'/TR "\"{PROGRAM}\" -q -w \"{SHARE}\" collect"' in line
    assert "/SC MINUTE /MO 5" in line


@pytest.mark.parametrize("path", [SHARE, "C:\\", "D:\\Audits\\"])
def test_no_backslash_stands_before_a_closing_quote(path):
    lines = schedule_lines(PROGRAM, path)
    assert '\\"' not in lines["task"]
    assert '\\\\"' not in lines["schtasks"]


@pytest.mark.parametrize("saved_as", ["utf-16", "utf-8"])
def test_the_task_is_xml_that_names_program_and_workspace(saved_as):
    text = schedule_lines(PROGRAM, SHARE)["task"]
    root = etree.fromstring(text.encode(saved_as))
    said = {etree.QName(e).localname: e.text for e in root.iter() if not len(e)}
    assert said["Command"] == PROGRAM
    assert said["Arguments"] == f'-q -w "{SHARE}" collect'
    assert said["Interval"] == "PT5M"
    assert said["MultipleInstancesPolicy"] == "IgnoreNew"


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_cron_reads_the_same_path_back(path):
    line = schedule_lines("/usr/bin/auditdocs", path)["cron"]
    words = shlex.split(line.replace("\\%", "%"))
    assert words[5:] == ["/usr/bin/auditdocs", "-q", "-w", path, "collect"]
