"""What Word trips over in a template and no schema sees (forms.md, "checking what we make")."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from auditdocs.documents.templates.stories import (
    CELL,
    CONTROL,
    PARAGRAPH,
    TABLE,
    Story,
    W,
    controls,
)
from auditdocs.model.lint import WARNING, Remark

TAG_MOST = 64
"""The longest tag or title of a control that Word takes."""

_VALUE = f"{W}val"
_Element = etree._Element


def soundness_remarks(stories: Iterable[Story]) -> Iterator[Remark]:
    """Everything of that kind, story by story."""
    for story in stories:
        yield from _control_ids(story)
        yield from _controls(story)
        yield from _cells(story)
        yield from _tables(story)


def _control_ids(story: Story) -> Iterator[Remark]:
    ids = [(each.get(_VALUE), each) for each in story.root.iter(f"{W}id") if _is_of_control(each)]
    times = Counter(number for number, _ in ids)
    for number, element in dict(reversed(ids)).items():
        if times[number] > 1:
            text = f"{times[number]} controls have the number {number}"
            hint = "Copy the control anew in Word, which numbers the copy; forms may else lose one."
            yield story.remark("control-id-twice", element, text, hint, severity=WARNING)


def _is_of_control(number: _Element) -> bool:
    parent = number.getparent()
    return parent is not None and parent.tag == f"{W}sdtPr"


def _controls(story: Story) -> Iterator[Remark]:
    for tag, control in controls(story.root):
        yield from _names(story, tag, control)
        yield from _choices(story, tag, control)
        if control.find(f"{W}sdtContent/{CELL}") is not None:
            text = f'the control "{tag}" is round a whole cell; LibreOffice destroys such a control'
            hint = "Put the control within the cell: select the words in it, not the cell."
            yield story.remark("cell-control", control, text, hint)


def _names(story: Story, tag: str, control: _Element) -> Iterator[Remark]:
    alias = control.find(f"{W}sdtPr/{W}alias")
    title = "" if alias is None else alias.get(_VALUE, "")
    for noun, said in (("tag", tag), ("title", title)):
        if len(said) > TAG_MOST:
            text = f"the {noun} of a control has {len(said)} characters: {said[:TAG_MOST]}…"
            hint = f"Word takes {TAG_MOST} at most: shorten it in the control's properties."
            yield story.remark("tag-too-long", control, text, hint)


def _choices(story: Story, tag: str, control: _Element) -> Iterator[Remark]:
    """Word refuses to open a drop-down that lists the same thing twice."""
    items = [*control.iterfind(f"{W}sdtPr/*/{W}listItem")]
    for attribute in ("displayText", "value"):
        given = [item.get(f"{W}{attribute}", "") for item in items]
        for said, times in Counter(given).items():
            if said and times > 1:
                text = f'the drop-down "{tag}" lists "{said}" {times} times'
                hint = "Take one out in the control's properties; Word may refuse the form."
                yield story.remark("choice-twice", control, text, hint)


def _cells(story: Story) -> Iterator[Remark]:
    for cell in story.root.iter(CELL):
        blocks = [each for each in cell if each.tag in (PARAGRAPH, TABLE, CONTROL)]
        if not blocks or not _ends_with_paragraph(blocks[-1]):
            text = "a cell does not end with a paragraph; Word says the form is damaged"
            yield story.remark("cell-without-paragraph", cell, text, "Type a space in the cell.")


def _ends_with_paragraph(block: _Element) -> bool:
    if block.tag != CONTROL:
        return block.tag == PARAGRAPH
    content = block.find(f"{W}sdtContent")
    return content is not None and len(content) > 0 and _ends_with_paragraph(content[-1])


def _tables(story: Story) -> Iterator[Remark]:
    for table in story.root.iter(TABLE):
        if table.find(f"{W}tblGrid/{W}gridCol") is None:
            text = "the table does not say how wide its columns are; editors show it as they like"
            hint = "Drag a column's edge in Word and save, or draw the table anew."
            yield story.remark("empty-grid", table, text, hint)
