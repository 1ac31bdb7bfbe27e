"""Proposes how a list that nobody has described is imported: what its sheets, rows and columns are.

    look           what a sheet holds:
      cells          its rows as texts; forms: what a cell looks like
      heading_row    which row holds the headings
      skipped        rows that are no data, each with its reason
      main_part      the part of a heading that says what stands below it
      columns        what each heading means, by its words and its cells
        concepts       a thing, and what is said of it; prose: of a long heading
        words          the longest words that are known; vocabulary, compounds, meanings,
                       inflection, normalize, plain
        meaning        which of several meanings the cells fit
        languages      in which languages the headings are
        profile        what the cells of a column look like
        numbered       columns that count the levels of a tree
      kinds          what each row is: evidence, points, the whole sheet, names (naming)
    pointers       columns that name rows of their own sheet or another
    mapped         one field for each column, the best for all together:
      rules          which field of a kind a concept belongs to
      fields         how well each column fits each field, and why: fit, around, unheaded, option,
                     saying
      assignment     the best sum of all
    levels         the levels of a flat list
    carried        parents that are named once, above blank cells
    tree           columns that are the levels of a tree; tree_lines: what a mapping says of them
    layout         how lists, numbers and dates are written
    asks           what only a person knows; zones: where buildings are likely
    propose        all of them in their order

What is known stands in words.json, fields.json and points.json, which data reads.
Everything is decided by rules and weights that can be read; every score has its reason in words.
"""

from importer.proposal.proposal import (
    Ask,
    ColumnProposal,
    Level,
    Proposal,
    SheetProposal,
    Skipped,
)
from importer.proposal.propose import propose

__all__ = ["Ask", "ColumnProposal", "Level", "Proposal", "SheetProposal", "Skipped", "propose"]
