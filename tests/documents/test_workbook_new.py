"""The empty ledger, as the people who open it find it."""

import pytest

from auditdocs.documents.ledger.new import new_workbook
from auditdocs.documents.ledger.workbook import staff_values
from auditdocs.model.ledger import CHANGES, Column
from tests.makers.workbooks import a_ledger, a_sheet, opened, part_of, parts, post, rows

SHEET = a_sheet()
CHOICES = ("Agreed", 'Said "no"', "Withdrawn")


@pytest.fixture(scope="module")
def book():
    sheets = [SHEET, a_sheet("Head's audits", columns=SHEET.columns[:5])]
    return opened(new_workbook(sheets, title="R&D ledger"))


def test_the_first_sheet_explains_the_others(book):
    guide = book["Read me"]
    words = [cell.value for row in guide.iter_rows() for cell in row if cell.value]
    assert book.sheetnames == ["Read me", "Quality", "Head's audits", CHANGES.name]
    assert words[0] == "R&D ledger"
    assert {"Yellow, black words", "A staff column: yours to write in."} <= set(words)
    assert "Agreed, Done on" in words
    assert "Nothing: it is the tool's" in words
    links = [cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Quality'!A1", "'Head''s audits'!A1", f"'{CHANGES.name}'!A1"]


def test_every_sheet_is_a_striped_table_with_filters(book):
    table = book["Quality"].tables["Quality_table"]
    assert (table.ref, table.autoFilter.ref) == ("A1:G2", "A1:G2")
    assert table.tableStyleInfo.showRowStripes
    assert list(book["Head's audits"].tables) == ["Head_s_audits_table"]


def test_headings_tell_by_colour_whose_column_it_is(book):
    grounds = [cell.fill.fgColor.rgb[-6:] for cell in book["Quality"][1]]
    assert grounds == ["1F3864"] * 5 + ["FFD966"] * 2


def test_the_heading_row_and_the_first_two_columns_stay_in_sight_and_on_every_page(book):
    page = book["Quality"]
    assert page.freeze_panes == "C2"
    assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$B")


def test_comments_are_folded_under_the_column_before_them(book):
    page = book["Quality"]
    assert (page.column_dimensions["E"].hidden, page.column_dimensions["E"].outlineLevel) == (
        True,
        1,
    )
    assert page.column_dimensions["D"].collapsed
    assert not page.sheet_properties.outlinePr.summaryRight
    assert page.sheet_format.outlineLevelCol == 1


def test_ids_are_text_and_dates_are_british(book):
    page = book["Quality"]
    assert [page[cell].number_format for cell in ("A2", "B2", "C2")] == ["@", "@", "dd/mm/yyyy"]
    assert page["E2"].quotePrefix
    assert page["E2"].alignment.wrap_text


def test_it_prints_on_a4_landscape_with_sheet_and_page_number(book):
    page = book["Quality"]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_options.gridLines
    assert page.oddHeader.left.text == "R&&D ledger"
    assert page.oddFooter.right.text == "Page &P of &N"


def test_a_wide_sheet_prints_on_as_many_pages_across_as_stay_legible():
    wide = a_sheet(more=tuple(Column(heading=f"Item {n}", width=20) for n in range(30)))
    page = opened(new_workbook([wide], title="Ledger"))["Quality"]
    assert page.page_setup.fitToWidth == 3


def test_staff_columns_offer_their_choices():
    sheet = a_sheet(more=(Column(heading="Outcome", staff=True, choices=CHOICES),))
    page = opened(new_workbook([sheet], title="Ledger"))["Quality"]
    rules = {str(one.sqref): one for one in page.data_validations.dataValidation}
    assert rules["F2"].formula1 == '"Yes,No"'
    assert rules["H2"].formula1 == '"Agreed,Said ""no"",Withdrawn"'
    assert rules["G2"].type == "date"
    assert all(one.allow_blank and one.showErrorMessage for one in rules.values())


def test_a_drop_down_of_255_characters_is_one():
    sheet = a_sheet(more=(Column(heading="Outcome", staff=True, choices=("x" * 200, "y" * 54)),))
    page = opened(new_workbook([sheet], title="Ledger"))["Quality"]
    assert "H2" in [str(one.sqref) for one in page.data_validations.dataValidation]


def test_the_heading_row_is_high_enough_for_its_longest_heading():
    long = Column(heading="Plan is time-limited; end or step-down point is stated", width=14)
    page = opened(new_workbook([a_sheet(more=(long,))], title="Ledger"))["Quality"]
    assert page.row_dimensions[1].height == 6 * 15 + 6


@pytest.mark.parametrize("choices", [("one, two", "three"), ("x" * 200, "y" * 55)])
def test_choices_that_excel_cannot_take_are_no_drop_down(choices):
    sheet = a_sheet(more=(Column(heading="Outcome", staff=True, choices=choices),))
    page = opened(new_workbook([sheet], title="Ledger"))["Quality"]
    assert "H2" not in [str(one.sqref) for one in page.data_validations.dataValidation]


def test_ids_are_not_marked_as_numbers_stored_as_text():
    ledger = a_ledger(1, 2)
    found = parts(ledger)[part_of(ledger)]
    assert b'<ignoredError sqref="A2:G3" numberStoredAsText="1"/>' in found


def test_words_of_alarm_stand_out_in_colour(book):
    rules = [rule for one in book["Quality"].conditional_formatting for rule in one.rules]
    assert [rule.formula for rule in rules] == [['"Overdue"'], ['"Immediate concern"']]


def test_it_names_its_title_and_its_language_but_not_when_it_was_made(book):
    assert (book.properties.title, book.properties.language) == ("R&D ledger", "en-GB")
    again = new_workbook([SHEET], title="Ledger")
    assert again == new_workbook([SHEET], title="Ledger")


def test_nothing_in_it_is_a_formula():
    trap = a_sheet(columns=(Column(heading="=1+1"), Column(heading="@x")), key="=1+1")
    made = opened(new_workbook([trap], title="=cmd|'/c calc'!A0"))
    kinds = {cell.data_type for page in made for row in page.iter_rows() for cell in row}
    assert "f" not in kinds


def test_an_empty_ledger_has_no_rows():
    empty = new_workbook([SHEET], title="Ledger")
    assert rows(empty, SHEET) == {}
    assert staff_values(empty, [SHEET]) == {"Quality": {}}


def test_a_sheet_named_twice_over_is_made_once():
    made = opened(new_workbook([SHEET, CHANGES], title="Ledger"))
    assert made.sheetnames == ["Read me", "Quality", CHANGES.name]


def test_a_posted_ledger_opens_on_its_first_sheet():
    assert opened(post(a_ledger(1), {}).workbook).active.title == "Read me"
