"""Weighs the candidates for a sheet: one that the evidence prefers to all others, or a question.

A candidate beats another by the first of these that tells them apart: all the headings by which a
template tells its kind; the name of the sheet or file; the kind's own key, unless the other needs
that heading too; then the required headings that are there and the headings that are known, where
these do not speak against each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.mapping.recognition.evidence import Candidate


class Verdict(Struct, frozen=True):
    """What a sheet is taken for, None if that is not certain; and the candidates, likely first.

    `rivals` are those of them that no other beats.
    """

    taken: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    rivals: tuple[Candidate, ...] = ()

    @property
    def likely(self) -> tuple[Candidate, ...]:
        """The candidates worth asking about."""
        most = max((len(c.known) for c in self.candidates), default=0)
        wide = [c for c in self.candidates if c in self.rivals or 3 * len(c.known) > 2 * most]
        found = (c for c in wide if len(c.missing) < 2 and not _is_outdone(c, wide))
        return tuple(found) or self.candidates

    @property
    def undecided(self) -> bool:
        """Whether the sheet may be something, and it is not certain what."""
        return self.taken is None and bool(self.candidates)


def judge(pool: Sequence[Candidate], *, chosen: bool = False, alone: bool = False) -> Verdict:
    """Return the verdict on a sheet.

    `chosen` says that the user chose the template, `alone` that its file has no other sheet.
    """
    heard = [replace(c, named=False) if _name_is_refuted(c, pool) else c for c in pool]
    best = [c for c in heard if not any(_beats(other, c) for other in heard if other is not c)]
    if len(best) == 1:
        sure = best[0].given or (chosen and _plausible(best[0], alone=alone))
        if sure or _certain(best[0], heard):
            return Verdict(best[0], tuple(pool), tuple(best))
    ranked = sorted(heard, key=lambda c: (c not in best, -len(c.known), len(c.missing)))
    return Verdict(None, tuple(ranked), tuple(best))


def _is_outdone(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Return whether two headings stand for the key, and another kind has use for both."""
    return one.twice and any(c.known >= one.known and not c.twice for c in others)


def _name_is_refuted(named: Candidate, pool: Sequence[Candidate]) -> bool:
    """Return whether the headings hold another kind's own key and not that of the name.

    A name in the singular may also be that of what the rows are in: `glossary.csv` has terms. Where
    two headings stand for the key, as Name and Floor for a floor, the rows are something else.
    """
    if not named.named or named.twice:
        return named.twice
    others = [c for c in pool if not c.own <= c.everyday and not c.own & named.known]
    return any(not named.own or (named.singular and named.own <= c.required) for c in others)


def _contests(other: Candidate, named: Candidate) -> bool:
    """Return whether headings speak for another kind than the name, so that both fit."""
    if other.own and not other.own & named.known:
        return True
    wider = other.known > named.known and bool(other.telling - named.known)
    return wider and not named.own and len(other.missing) < 2


def _beats(one: Candidate, other: Candidate) -> bool:
    if one.told != other.told and (sure := _told_in_full(one, other)) is not None:
        return sure is one
    if one.named != other.named:
        return one.named and not _contests(other, one)
    if (first := _stands_first(one, other)) is not None:
        return first is one
    if _may_be_misspelt(one, other):
        return False
    if one.complete and not other.firm and len(other.missing) > 1:
        return True
    keys = [c for c, d in ((one, other), (other, one)) if _has_key_against(c, d)]
    if len(keys) == 1 and _key_decides(keys[0], other if keys[0] is one else one):
        return keys[0] is one
    return _covers(one, other)


def _told_in_full(one: Candidate, other: Candidate) -> Candidate | None:
    """Return the candidate that its headings tell, if the other does not know as many besides."""
    told, plain = (one, other) if one.told else (other, one)
    wider = told.known >= plain.known or len(told.known) > len(plain.known)
    return told if not told.missing and wider else None


def _stands_first(one: Candidate, other: Candidate) -> Candidate | None:
    """Return the candidate whose headings stand above those of the other, and are certain."""
    if one.header.row == other.header.row:
        return None
    first = min(one, other, key=lambda c: c.header.row)
    return first if first.own and first.mostly_known else None


def _may_be_misspelt(one: Candidate, other: Candidate) -> bool:
    """Return whether only a slip of the pen keeps the other from having its own key as well."""
    strange = other.misspelt.keys() - one.known - one.misspelt.keys()
    return other.slip and not other.missing and other.known >= one.known and bool(strange)


def _has_key_against(one: Candidate, other: Candidate) -> bool:
    """Return whether the key of one kind is no more than its parent's name to the other."""
    return bool(one.own) and not one.own & other.required


def _key_decides(one: Candidate, other: Candidate) -> bool:
    """Return whether a key counts that only one has: an everyday word must not stand alone."""
    return not one.own <= one.everyday or one.known >= other.known


def _covers(one: Candidate, other: Candidate) -> bool:
    """Return whether nothing speaks against one in favour of the other, and something for it."""
    fewer = one.firm and len(one.missing) < len(other.missing)
    more = other.firm and len(other.missing) < len(one.missing)
    if more or one.twice > other.twice or not one.known >= other.known:
        return False
    if fewer or one.twice < other.twice or one.known > other.known:
        return True
    if one.near != other.near:
        return other.near and not other.slip
    return bool(one.own and other.own) and one.spelt > other.spelt


def _plausible(one: Candidate, *, alone: bool) -> bool:
    """Return whether a candidate of the template that the user chose may be taken."""
    return alone or one.mostly_known or bool(one.telling)


def _certain(one: Candidate, pool: Sequence[Candidate]) -> bool:
    """Return whether a candidate that no other beats is more than a guess.

    That is so if the sheet is named after the kind (a name in the singular may be that of what the
    rows are in, and is not enough), has its own key or all its required headings,
    and not only headings that any list may have. Where most headings are unknown it takes more: a
    key that tells the kind, or two such headings, and that the key is not only the name of what
    rows of another kind are in.
    """
    if one.named or not one.rule.header:
        return bool(not one.singular or one.own or one.telling)
    complete = not one.missing
    if one.told and complete:
        return True
    if one.mostly_known:
        return one.near or bool(one.own) or (complete and bool(one.telling))
    alike = [c for c in pool if c is not one and c.known >= one.known and len(c.missing) < 2]
    if one.own and any(one.own <= c.required - c.own for c in alike):
        return False
    return bool(one.own & one.telling) or (complete and len(one.telling) > 1)
