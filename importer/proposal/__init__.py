"""Proposes how a list that nobody has described is imported: what its sheets, rows and columns are.

    cells          a sheet's rows as texts, and forms: what a cell looks like
    heading_row    which row holds the headings
    word_list      the words themselves: words.json
    normalize      a heading as plain words
    words          what words mean, in many languages
    concepts       a heading's words as a thing and what is said of it
    profile        what the cells of a column look like
    columns        a heading, its concept and its profile
    skipped        rows that are no data, each with its reason
    kinds          what each row is: naming and points, with their reasons
    rules          which field of a kind a concept belongs to: fields.json
    fields         how well each column fits each field: fit, saying
    assignment     one column for each field, the best way: mapped
    levels         the levels of a flat list
    pointers       columns that name rows of their own sheet or another
    asks           what only a person knows
    layout         how lists, numbers and dates are written
    propose        all of them in their order

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
