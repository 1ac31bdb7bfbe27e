"""Why a column gets a field, in words that a steward understands."""

from __future__ import annotations

from importer.proposal.columns import Column
from importer.proposal.data import word_list


def said(column: Column, fits: float, *, exact: bool = False) -> str:
    """Return why a column is proposed for a field."""
    meaning = f"{column.title} is our own heading" if exact else f"{column.title} {meant(column)}"
    return f"{meaning}; {cells(column, fits)}"


def meant(column: Column) -> str:
    """Return what a heading means: `is a room's number or code`."""
    thing, attribute, _ = column.concept
    if not thing and not attribute:
        return "says nothing we know"
    noun = called(thing)
    if not attribute:
        return f"names a {noun}"
    word = called(attribute)
    partly = "" if column.confidence == 1 else " as far as its words are known"
    return f"is a {noun}'s {word}{partly}" if noun else f"is the {word}{partly}"


def called(name: str) -> str:
    """Return what a thing or an attribute is called."""
    return str(word_list()["called"].get(name, name))


def cells(column: Column, fits: float) -> str:
    """Return what the cells add to it."""
    profile = column.profile
    if not profile.filled:
        return "it has no cells"
    if fits < 0.5:
        return f"its cells hardly fit: {', '.join(profile.samples[:2])}"
    return f"{profile.distinct} of {profile.filled} cells differ"


def left_out(column: Column) -> str:
    """Return why a column has no field."""
    thing, attribute, _ = column.concept
    if thing == "person":
        return f"{column.title} is about people: left out unless chosen"
    if not column.profile.filled:
        return "it has no cells"
    if column.profile.share("mail") >= 0.6:
        return "its cells are e-mail addresses: left out unless chosen"
    if thing or attribute:
        return f"{column.title} {meant(column)}, which has no field here"
    return f"{column.title} says nothing we know"
