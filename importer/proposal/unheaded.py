"""The fields that the cells of a column alone tell, where its heading does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from importer.proposal.around import MOSTLY
from importer.proposal.columns import Column
from importer.proposal.concepts import Concept, reading, things_in
from importer.proposal.data import field_list, listed
from importer.proposal.option import LATER, Option
from importer.proposal.profile import Profile
from importer.proposal.rules import KindRules
from importer.proposal.saying import called

_IN_CELLS = 0.6
"""How surely a column is what its cells name, where its heading says nothing."""


def by_cells(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    """Yield what the cells alone tell, where the heading does not."""
    profile, understood = column.profile, column.concept.key != ("", "")
    if not profile.filled:
        return
    for rule in field_list()["by_cells"]:
        fits = rule["field"] == rules.id if "code" in rule else rule["field"] in rules.columns
        if fits and (not understood or "understood" in rule):
            less = 0.8 if understood else 1.0
            if _shares(profile, rule) >= rule["share"] and not _are_other_words(profile, rule):
                yield rule["field"], Option(rule["score"] * less, rule["reason"])
    if understood:
        yield from _of_another(column, rules)
        return
    yield from _named_in_cells(column, rules)
    if profile.texts >= 0.6 and profile.unique >= 0.8 and profile.fill >= 0.5:
        yield from _as_name(column, rules)


def _of_another(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    """Yield the field for what cells name more narrowly: `Domain`: `Risk glossary`."""
    thing, attribute, _ = column.concept
    told: Mapping[str, Sequence[str]] = field_list()["told_by_cells"]
    words = column.profile.words if not attribute and thing not in rules.things else []
    for narrower in told.get(thing, ()) if words else ():
        if all(narrower in things_in(word) for word in words):
            for name, weight in rules.fields(Concept(narrower)).items():
                yield name, Option(weight, f"its cells name a {called(narrower)}")


def _shares(profile: Profile, rule: Mapping[str, Any]) -> float:
    """Return the share of the cells that have one of a rule's forms or are one of its words."""
    if "words" in rule:
        return profile.share_of(listed(rule["words"]))
    return profile.share(*rule["forms"])


def _are_other_words(profile: Profile, rule: Mapping[str, Any]) -> bool:
    """Return whether the cells are words for something else: `DRAFT` is no acronym."""
    words = rule.get("unless")
    return words is not None and profile.share_of(listed(words)) >= rule["share"]


def _named_in_cells(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    """Yield the fields for what most of a few different cells name: `2nd floor`, `Building A`."""
    words = column.profile.words
    things = Counter(reading(word).concept.thing for word in words)
    for thing, count in things.items():
        if thing and count >= MOSTLY * len(words):
            for name, weight in rules.fields(Concept(thing)).items():
                reason = f"its cells name a {called(thing)}"
                yield name, Option(round(_IN_CELLS * weight, 3), reason)


def _as_name(column: Column, rules: KindRules) -> Iterator[tuple[str, Option]]:
    profile = column.profile
    score = round(0.24 + 0.2 * profile.unique, 3) - LATER * column.index
    if rules.id and profile.share("code") >= 0.8:
        yield rules.id, Option(score, "its cells are codes that differ")
        yield rules.name, Option(0.8 * score, "its cells are codes that differ")
    elif column.index == 0 and not column.heading:
        reason = "the first column has no heading, and its cells differ"
        yield rules.name, Option(0.75, reason)
    else:
        yield rules.name, Option(score, "its cells are short texts that differ")
