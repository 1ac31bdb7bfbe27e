"""The codes of findings: what a program reads in JSON, each with its meaning for people."""

from __future__ import annotations

from importer.explained_code import ExplainedCode


class FindingCode(ExplainedCode):
    """What kind of problem a finding is; `meaning` explains it in data/reference.md.

    The codes are a contract: a program that reads our JSON relies on them. The last ones are
    outcomes (`model.Status`): what became of a row that was not imported.
    """

    # The sheet and its headings
    SHEET_IGNORED = "sheet_ignored", "No heading of the sheet is known; the sheet is not imported."
    HEADINGS_NOT_FOUND = (
        "headings_not_found",
        "The sheet is named after a kind and has none of its headings; it is not imported.",
    )
    KEPT_MAPPING = "kept_mapping", "A mapping that the user has kept was used."
    UNKNOWN_HEADING = "unknown_heading", "The heading is not known; its column is not imported."
    NO_SUCH_FIELD = "no_such_field", "The target has no such field; the values are not imported."
    DUPLICATE_HEADING = "duplicate_heading", "Two headings mean the same column."
    NO_HEADING = "no_heading", "A column has cells and no heading; it is not imported."
    BEYOND_HEADINGS = (
        "beyond_headings",
        "A row has more cells than there are headings, or columns that the template names.",
    )
    REPEATED_HEADINGS = (
        "repeated_headings",
        "Rows of the list repeat its headings; they are skipped.",
    )
    LEFT_OUT_ROWS = "left_out_rows", "Rows are left out, since the template says so."
    RULED_LINE = "ruled_line", "Rows that hold nothing but dashes are skipped."
    SECOND_HEADINGS = (
        "second_headings",
        "A second table begins below the first; nothing from there on is imported.",
    )
    ONLY_UNKNOWN = "only_unknown", "Only cells without a known heading are filled in the rows."
    NO_ROWS = "no_rows", "There are headings and no rows below them."
    HIDDEN_SHEETS = "hidden_sheets", "Hidden sheets are imported like the others."
    HIDDEN_ROWS = "hidden_rows", "The sheet has hidden rows; they are imported like the others."
    HIDDEN_COLUMNS = (
        "hidden_columns",
        "Hidden columns have something in them; they are imported like the others.",
    )
    UNSEEN_ERRORS = (
        "unseen_errors",
        "In this file format, error cells look like blank ones, hidden rows like the others.",
    )

    GUESSED_ENCODING = (
        "guessed_encoding",
        "The encoding of a text file was guessed; the message shows what it makes of a cell.",
    )
    MOJIBAKE = "mojibake", "Letters were spoilt before: UTF-8 was opened in another encoding."
    LOST_LETTERS = (
        "lost_letters",
        "Letters were lost before: a question mark or U+FFFD stands in their place.",
    )
    CONTROL_CHARACTER = (
        "control_character",
        "A cell holds a control character, which nobody sees.",
    )
    CUT_OFF = "cut_off", "The last line of a text file stops short: the file may be cut off."
    BROKEN_ROW = (
        "broken_row",
        "A row of a text file has too few cells: a line break or a quotation mark broke it.",
    )
    ROWS_IN_A_CELL = (
        "rows_in_a_cell",
        "A quotation mark of a text file takes in lines that look like rows.",
    )
    UNSEEN_FORMATS = (
        "unseen_formats",
        'Number formats such as `0000` do not count in .xls, nor `"B-"0000` in .xlsx.',
    )
    MERGED_CELLS = "merged_cells", "Merged cells stand over several rows or columns."

    # The value of a cell
    CLOSED_EARLY = "closed_early", "A quotation mark closes in the middle of a cell."
    READ_AS = "read_as", "Words of another language are read as the choices that they mean."
    BLANK_WORD = "blank_word", "A text counts as a blank cell, since the template says so."
    ERROR_CELL = "error_cell", "The cell holds an error, such as `#N/A`."
    ERROR_TEXT = "error_text", "A cell of a text file holds the text of an error, such as `#N/A`."
    FORMULA_WITHOUT_VALUE = (
        "formula_without_value",
        "The cell holds a formula that was never calculated.",
    )
    LONG_NUMBER = "long_number", "The number has more than 15 digits, which a spreadsheet rounds."
    NUL_BYTE = "nul_byte", "The cell holds a NUL byte."
    NOT_A_CELL = (
        "not_a_cell",
        "A DataFrame holds what no cell of a spreadsheet can, such as bytes or infinity.",
    )
    MISSING = "missing", "A required value is missing: its cell is blank, or its column is absent."
    MISSING_COLUMN = (
        "missing_column",
        "The sheet lacks a column that all of its rows need; nothing of it is imported.",
    )
    NOT_ALLOWED = "not_allowed", "The value is not one of the allowed values."
    NOT_A_NUMBER = "not_a_number", "The value is not a number."
    AMBIGUOUS_NUMBER = (
        "ambiguous_number",
        "The mark in the number may stand before decimals or part thousands.",
    )
    NOT_A_WHOLE_NUMBER = "not_a_whole_number", "The value is not a whole number."
    TOO_LARGE = "too_large", "The target does not store whole numbers as large, or as small."
    TOO_LONG = "too_long", "The text has more characters than the target stores."
    NOT_YES_OR_NO = "not_yes_or_no", "The value is neither yes nor no."
    NOT_A_DATE = "not_a_date", "The value is not a date in a form that is read."
    AMBIGUOUS_DATE = "ambiguous_date", "The day of the date may come before the month, or after it."
    NOT_A_PAIR = "not_a_pair", "An item of the cell is not a name and a value."
    NOT_JSON = "not_json", "The text is not JSON."
    BAD_URL = "bad_url", "The text is not a link that can be imported."
    UNCLEAR_SIGNS = (
        "unclear_signs",
        "Some items of a list have a sign and some have none, or a blank follows the sign.",
    )
    UNEXPECTED = "unexpected", "The target takes the value, but it is hardly what was meant."
    LEFT_OUT = "left_out", "The cell does not fit its column's `extract`; its value is left out."
    SCHEMA = "schema", "The value does not fit the JSON Schema of its kind."
    UNKNOWN_NAME = "unknown_name", "The target does not know this name, a tag for example."

    # Rows and what they refer to
    OWNER_ABOVE = (
        "owner_above",
        "Cells that might name more precisely what a row belongs to are blank, or absent.",
    )
    NOTHING_MADE = "nothing_made", "The row does not say what kind of entity it is."
    DUPLICATE_KEY = "duplicate_key", "Two rows are about the same entity."
    CONTRADICTION = "contradiction", "Two cells or rows disagree about one entity."
    CONTRADICTING_ID = "contradicting_id", "Two cells of the row hold different ids."
    NOT_FOUND = "not_found", "What the cell refers to is neither in the files nor in the target."
    KEPT_AS_TEXT = (
        "kept_as_text",
        "A name that nothing has is kept as a text, since the template says so.",
    )
    NAME_LEFT_OUT = (
        "name_left_out",
        "A name that nothing has is left out, since the template says so.",
    )
    LOOK_ALIKE = (
        "look_alike",
        "The name looks like another one, but is not written with the same characters.",
    )
    AMBIGUOUS = "ambiguous", "What the cell or the row names may be several entities."
    SEVERAL_IN_ONE = (
        "several_in_one",
        "The name of one thing seems to be the names of several.",
    )
    LIKE_ANOTHER = (
        "like_another",
        "The rows make something new whose name is almost that of another.",
    )
    CYCLE = "circle", "The row is inside something that is inside the row."
    TOO_DEEP = "too_deep", "The row is inside more entities, one in the other, than can be sent."
    NAMES_ITSELF = "names_itself", "The row refers to itself."
    DELETED_HERE = "deleted_here", "What the cell refers to is deleted by another row."
    NOT_EMPTY = "not_empty", "What the row deletes still has something in it."
    NOT_IN_TARGET = "not_in_target", "The target has no such entity to update."
    NOT_SENT = (
        "not_sent",
        "The target never shows a field, or takes it only of something new: it is not sent alone.",
    )
    NOT_RESTORED = (
        "not_restored",
        "An undo makes something again without a field that the target never shows.",
    )
    NOTHING_TO_DELETE = "nothing_to_delete", "The target has no such entity to delete."
    DELETED_FOR_GOOD = (
        "deleted_for_good",
        "What the row deletes cannot be restored; an undo makes a new one.",
    )
    MASS_CHANGE = "mass_change", "The guard holds rows that would change too much at once."

    # Outcomes of rows
    CREATED = "created", "Something that is not in the file was created."
    UPDATED = "updated", "Something that is not in the file was updated."
    MOVED = "moved", "Something that is not in the file was moved."
    DELETED = "deleted", "Something that is not in the file was deleted."
    UNCHANGED = "unchanged", "Something that is not in the file is as it should be."
    MERGED = "merged", "The row only states again what another row makes."
    SKIPPED = "skipped", "The row was left out on purpose."
    INVALID = "invalid", "The row failed the checks."
    REJECTED = "rejected", "The target refused the row; the message quotes the target."
    BLOCKED = "blocked", "Something that the row refers to was not imported."
    HELD = "held", "The row was held by the guard, or is kept as it is."
    UNKNOWN = "unknown", "The row was sent, no answer came, and a look-up did not settle it."
    PENDING = "pending", "The run stopped before the row."
