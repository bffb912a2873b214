"""Forms that real editors saved, read back: LibreOffice, by way of its formats, AbiWord, pandoc.

Each editor is started once for all forms; where one is not installed, its tests skip and say so.
"""

import shutil
import subprocess

import pytest

from tests.makers.awkward_forms import BY_HAND, an_awkward_blank, an_awkward_form
from tests.makers.forms import KEYS, read, texts, the_contract

WAYS = {
    "LibreOffice": ("docx", 1.0),
    "LibreOffice by way of .odt": ("odt", 1.0),
    "LibreOffice by way of .rtf": ("rtf", 1.0),
    "LibreOffice by way of .doc": ("doc", 0.98),
    "AbiWord": ("abiword", 1.0),
    "pandoc": ("pandoc", 0.95),
}
"""Each way round, with the share of answers that must come home."""

OTHER_FORMATS = ("odt", "rtf", "doc")
BLANK_KEYS = (*KEYS, "accuracy-agreement")
BLANK_WAYS = ("AbiWord", "pandoc")
"""These editors drop all that names a blank form but its own words."""

BY_BOOKMARK = "Answer fields are gone; found by the bookmarks of their questions"
BY_PLACE = "Found by their place in the form, not by their answer field"


def run(*command, cwd):
    """One program run; its tests skip where it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run([*map(str, command)], cwd=cwd, check=True, capture_output=True, timeout=100)


def converted(folder, to, files, into):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", to, "--outdir", into, *files, cwd=folder)


def through_another(folder, forms, way):
    (folder / way).mkdir(exist_ok=True)
    for form in forms:
        to = f"{way}/{form.name}"
        how = ("--to=docx", f"--to-name={to}") if way == "abiword" else ("-o", to)
        run(way, *how, form.name, cwd=folder)


@pytest.fixture(scope="module", name="folder")
def folder_(tmp_path_factory):
    """The three shipped forms, answered in full."""
    folder = tmp_path_factory.mktemp("editors")
    for key in KEYS:
        (folder / f"{key}.docx").write_bytes(an_awkward_form(the_contract(key)))
    return folder


@pytest.fixture(scope="module", name="libreoffice")
def libreoffice_(folder):
    """The forms by every way through LibreOffice; all the ways back are one run of it."""
    forms = sorted(folder.glob("*.docx"))
    for way in ("docx", *OTHER_FORMATS):
        converted(folder, way, forms, into=way)
    theirs = [path for way in OTHER_FORMATS for path in sorted((folder / way).glob(f"*.{way}"))]
    named = [path.rename(path.with_stem(f"{path.stem}-{path.parent.name}")) for path in theirs]
    converted(folder, "docx", named, into="back")
    for path in (folder / "back").glob("*.docx"):
        key, _, way = path.stem.rpartition("-")
        path.rename(folder / way / f"{key}.docx")


@pytest.fixture(scope="module", name="saved", params=WAYS)
def saved_(request, folder):
    """A way round with the folder of the forms as they come back by it; each way is gone once."""
    way, share = WAYS[request.param]
    if way in ("abiword", "pandoc"):
        through_another(folder, sorted(folder.glob("*.docx")), way)
    else:
        request.getfixturevalue("libreoffice")
    return way, share, folder / way


@pytest.mark.parametrize("key", KEYS)
def test_a_form_that_an_editor_saved_has_its_answers(folder, saved, key):
    way, share, place = saved
    of = the_contract(key)
    theirs = read((place / f"{key}.docx").read_bytes(), of)
    ours = read((folder / f"{key}.docx").read_bytes(), of)

    wanted, found = (texts(form.answers | form.fields) for form in (ours, theirs))
    right = sum(found.get(tag) == text for tag, text in wanted.items())
    assert right >= share * len(wanted)
    assert found.keys() == wanted.keys()
    assert theirs.recommendations == ours.recommendations
    assert theirs.conflicts == ()
    assert theirs.identity.references == ours.identity.references
    assert ours.notes == ()
    assert theirs.notes[0].startswith(BY_PLACE if way == "pandoc" else BY_BOOKMARK)
    assert way != "docx" or (theirs.identity, theirs.seen) == (ours.identity, ours.seen)


@pytest.fixture(scope="module", name="blanks")
def blanks_(tmp_path_factory):
    """The intranet's copy of every form, filled in."""
    folder = tmp_path_factory.mktemp("blanks")
    for key in BLANK_KEYS:
        (folder / f"{key}.docx").write_bytes(an_awkward_blank(the_contract(key)))
    return folder


@pytest.mark.parametrize("editor", BLANK_WAYS)
def test_a_blank_form_that_an_editor_saved_says_what_it_is_and_has_its_answers(blanks, editor):
    way = WAYS[editor][0]
    through_another(blanks, sorted(blanks.glob("*.docx")), way)
    for key in BLANK_KEYS:
        of = the_contract(key)
        name = f"{key}.docx"
        theirs, ours = (read((place / name).read_bytes(), of) for place in (blanks / way, blanks))
        assert texts(theirs.answers | theirs.fields) == texts(ours.answers | ours.fields)
        assert theirs.recommendations == ours.recommendations
        assert theirs.local_items == ours.local_items
        assert (theirs.conflicts, theirs.unclear) == ((), frozenset())
        assert theirs.identity.references == frozenset()
        assert of.title in theirs.identity.titles
        assert theirs.identity.printed_version == str(of.version)
        named = {field.name for field in of.header} & BY_HAND.keys()
        assert {name: theirs.fields[name].text for name in named} == {
            name: BY_HAND[name] for name in named
        }
