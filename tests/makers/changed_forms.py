"""What editors and people do to a form that changes no answer, and what takes some away.

Each change is an edit of the body that takes a `random.Random`, so that a law can put any of them
after any other.
"""

from copy import deepcopy

from lxml import etree

from tests.makers.forms import W, a_run, element

TABLE, ROW, CELL, PARAGRAPH, RUN = (f"{W}{name}" for name in ("tbl", "tr", "tc", "p", "r"))


def _some(chance, found, most):
    """So many of them, or all where there are fewer."""
    return chance.sample(found, min(most, len(found)))


def _texts(body, chance, most=40):
    return _some(chance, [text for text in body.iter(f"{W}t") if text.text], most)


def _rows(body):
    """The rows of questions: not the headings, and none of recommendations."""
    marked = ("q_", "h_")
    names = [mark for mark in body.iter(f"{W}bookmarkStart")]
    rows = [next(mark.iterancestors(ROW)) for mark in names if _name(mark).startswith(marked)]
    return [*dict.fromkeys(rows)] or [*body.iter(ROW)][1:]


def _name(mark):
    return mark.get(f"{W}name", "")


def _labels(body):
    """The texts of the labels, by the cells that hold one."""
    cells = (next(row.iter(CELL)) for row in _rows(body))
    return [text for cell in cells for text in cell.iter(f"{W}t") if text.text]


def runs_split(body, chance):
    """A spelling check or a change of font parts a run in two."""
    for text in _texts(body, chance):
        run = text.getparent()
        if run.tag == RUN and len(text.text) > 1:
            place = chance.randrange(1, len(text.text))
            behind = deepcopy(run)
            text.text, rest = text.text[:place], text.text[place:]
            behind.find(f"{W}t").text = rest
            run.addnext(behind)


def marks_between(body, chance):
    """Spelling marks, bookmarks and page breaks as last rendered, between runs."""
    for text in _texts(body, chance):
        run = text.getparent()
        run.addprevious(element("proofErr", type="spellStart"))
        run.addnext(element("bookmarkEnd", id="9"))
        run.addnext(etree.Element(f"{W}bookmarkStart", {f"{W}id": "9", f"{W}name": "_GoBack"}))
        text.addprevious(element("lastRenderedPageBreak"))


def runs_wrapped(body, chance):
    """Runs put in smart tags, links and insertions that nobody has accepted."""
    for text in _texts(body, chance):
        run = text.getparent()
        wrapper = element(chance.choice(["smartTag", "hyperlink", "ins", "moveTo"]))
        run.addprevious(wrapper)
        wrapper.append(run)


def words_struck_out(body, chance):
    """Old words that a tracked change has struck out stand before the new ones."""
    for text in _texts(body, chance, most=10):
        gone = element("r", element("delText", text="Inadequate"))
        text.getparent().addprevious(element("del", gone))


def controls_unwrapped(body, chance):
    """An editor knows no controls, or people delete some: their text stays in its cell."""
    controls = [*body.iter(f"{W}sdt")]
    for control in reversed(chance.sample(controls, chance.randrange(len(controls) + 1))):
        content = control.find(f"{W}sdtContent")
        for child in [*(content if content is not None else ())]:
            control.addprevious(child)
        control.getparent().remove(control)


def tags_dropped(body, chance):
    """An editor keeps controls and their titles, and drops the tags."""
    tags = [*body.iter(f"{W}tag")]
    for tag in chance.sample(tags, chance.randrange(len(tags) + 1)):
        tag.getparent().remove(tag)


def bookmarks_dropped(body, chance):
    """Some labels lose the bookmark round them."""
    marks = [mark for mark in body.iter(f"{W}bookmarkStart")]
    for mark in chance.sample(marks, chance.randrange(len(marks) + 1)):
        mark.getparent().remove(mark)


def labels_retyped(body, chance):
    """AutoCorrect and people at the labels: curly quotes, hard spaces, capitals, a full stop."""
    for text in _labels(body):
        change = chance.choice(
            [
                lambda words: words.replace("'", "\u2019"),
                lambda words: words.replace(" ", "\N{NO-BREAK SPACE}"),
                lambda words: words.replace(" ", "  "),
                str.upper,
                lambda words: f"{words}.",
                lambda words: f" {words} ",
            ]
        )
        text.text = change(text.text)


def numbers_exchanged(body, chance):
    """Two questions given each other's number, their words as they were."""
    titles = [text for text in _labels(body) if text.text[:1].isdigit() and " " in text.text]
    if len(titles) > 1:
        first, second = chance.sample(titles, 2)
        parts = [text.text.split(" ", 1) for text in (first, second)]
        first.text, second.text = f"{parts[1][0]} {parts[0][1]}", f"{parts[0][0]} {parts[1][1]}"


def rows_moved(body, chance):
    """Questions put in another order within their table."""
    rows = [row for row in _rows(body) if row.getparent().tag == TABLE]
    for row in _some(chance, rows, 3):
        others = [each for each in row.getparent().iterchildren(ROW)][1:]
        chance.choice(others).addnext(row)


def rows_added(body, chance):
    """An empty row among the questions, or one with somebody's own words."""
    for row in _some(chance, _rows(body), 2):
        cells = [element("tc", element("p", a_run(words))) for words in ("My own notes", "")]
        row.addnext(element("tr", *cells))


def rows_copied(body, chance):
    """A question's row copied below itself, answer and all."""
    for row in _some(chance, _rows(body), 2):
        row.addnext(deepcopy(row))


def tables_moved(body, chance):
    """The sections put in another order."""
    tables = [table for table in body.find(f"{W}body") if table.tag == TABLE][1:]
    for table in _some(chance, tables, 2):
        chance.choice(tables).addnext(table) if table is not tables[0] else None


def columns_exchanged(body, chance):
    """Answer and comment in each other's place, headings and all, in one section."""
    tables = {next(row.iterancestors(TABLE)) for row in _rows(body)}
    whole = [table for table in tables if _width(table) == 3]
    for table in _some(chance, whole, 1):
        for row in table.iter(ROW):
            cells = [*row.iter(CELL)]
            if len(cells) == 3:
                cells[2].addnext(cells[1])


def _width(table):
    widths = {sum(1 for _ in row.iter(CELL)) for row in table.iter(ROW)}
    return widths.pop() if len(widths) == 1 else 0


def paragraphs_added(body, chance):
    """Empty paragraphs round what is written, as the Enter key leaves them."""
    for cell in _some(chance, [*body.iter(CELL)], 20):
        cell.insert(0, element("p")) if cell.find(f"{W}tcPr") is None else cell.insert(
            1, element("p")
        )
        cell.append(element("p", a_run(" ")))


def a_note_at_the_end(body, chance):
    """Words of thanks below the form, with a date and an answer in them."""
    block = body.find(f"{W}body")
    block.insert(len(block) - 1, element("p", a_run("Done 01/02/2026. Yes, thank you.")))


HARMLESS = {
    change.__name__.replace("_", " "): change
    for change in (
        runs_split,
        marks_between,
        runs_wrapped,
        words_struck_out,
        controls_unwrapped,
        tags_dropped,
        bookmarks_dropped,
        labels_retyped,
        numbers_exchanged,
        rows_moved,
        rows_added,
        rows_copied,
        tables_moved,
        columns_exchanged,
        paragraphs_added,
        a_note_at_the_end,
    )
}


def rows_deleted(body, chance):
    """Questions taken out of the form."""
    for row in _some(chance, _rows(body), 2):
        row.getparent().remove(row)


def heading_rows_deleted(body, chance):
    """The first row of a table taken out."""
    tables = [table for table in body.iter(TABLE) if table.find(ROW) is not None][1:]
    for table in _some(chance, tables, 1):
        table.remove(table.find(ROW))


def labels_emptied(body, chance):
    """The words of a question deleted beside its answer."""
    for text in _some(chance, _labels(body), 2):
        text.text = ""


def rows_in_another_section(body, chance):
    """A question moved to a table with other columns."""
    for row in _some(chance, _rows(body), 1):
        chance.choice(_rows(body)).addnext(row)


def answers_exchanged(body, chance):
    """Two cells of answers put in each other's place, controls and all."""
    cells = [cell for row in _rows(body) for cell in [*row.iter(CELL)][1:]]
    for first, second in zip(
        _some(chance, cells, 2)[:1], _some(chance, cells, 2)[1:], strict=False
    ):
        held, others = [*first], [*second]
        first.extend(others)
        second.extend(held)


def body_cut(body, chance):
    """The end of the form cut off."""
    block = body.find(f"{W}body")
    for child in [*block][chance.randrange(min(3, len(block) - 1), len(block)) : -1]:
        block.remove(child)


HARMFUL = {
    change.__name__.replace("_", " "): change
    for change in (
        rows_deleted,
        heading_rows_deleted,
        labels_emptied,
        rows_in_another_section,
        answers_exchanged,
        body_cut,
    )
}
