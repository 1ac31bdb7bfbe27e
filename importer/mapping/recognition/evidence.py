"""What speaks for a sheet's being of one kind: its name, the kind's own key, known headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from importer.mapping.binding import Header
from importer.mapping.header import ALIKE, heading_row, nearest_word
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.sheet_name import NamedAfter, named_after
from importer.mapping.recognition.vocabulary import Vocabulary
from importer.model import OWN_COLUMNS
from importer.suggest import Speller, is_slip, likeness
from importer.template import SheetRule, Template, fold

_NO_HEADINGS = frozenset(map(fold, OWN_COLUMNS))


class Candidate(Struct, frozen=True):
    """A kind that a sheet may be of, and the evidence for it; headings are folded.

    `hits` counts the main headings found, `columns` all headings of the sheet. `named` says that
    the sheet or file is named after the kind, `singular` that it is in the singular (`Glossary`),
    `given` that the user says so, `told` that it has all headings that tell the kind. `own` are the
    headings of the kind's own key, nothing where it is incomplete; `near` says that it is only
    misspelt, `slip` that there is hardly a doubt of that, `twice` that it stands there under two
    names. `misspelt` are headings like required ones, each with what it stands for. `everyday` are
    known ones that any list may have. `missing` are required headings that the sheet lacks, `spelt`
    counts headings spelt as in the template itself.
    """

    template: Template
    rule: SheetRule
    header: Header
    hits: int = 0
    columns: int = 0
    named: bool = False
    singular: bool = False
    given: bool = False
    told: bool = False
    own: frozenset[str] = frozenset()
    near: bool = False
    slip: bool = False
    misspelt: Mapping[str, str] = field(default_factory=dict)
    twice: bool = False
    known: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    spelt: int = 0

    @property
    def telling(self) -> frozenset[str]:
        """The known headings that lists of other kinds hardly have."""
        return self.known - self.everyday

    @property
    def firm(self) -> bool:
        """Whether something besides common headings speaks for the kind."""
        return self.named or self.near or bool(self.own)

    @property
    def complete(self) -> bool:
        """Whether the kind's own key and all other required headings are there."""
        return bool(self.own) and not self.missing

    @property
    def mostly_known(self) -> bool:
        """Whether at least half of the sheet's headings are known."""
        return 2 * len(self.known) >= self.columns

    @property
    def headings(self) -> list[str]:
        """The known headings as the sheet spells them, each once."""
        found = {fold(h): h for h in reversed(self.header.headings) if fold(h) in self.known}
        return list(reversed(found.values()))

    @property
    def likely_meant(self) -> dict[str, str]:
        """The headings that are misspelt, as the sheet spells them, and what they likely mean."""
        spelt = {fold(h): h for h in reversed(self.header.headings)}
        return {spelt[text]: main for text, main in self.misspelt.items()}


def candidates(
    vocabularies: Sequence[Vocabulary], look: Look, *, chosen: bool = False
) -> list[Candidate]:
    """Return what a sheet may be; `chosen` says that the user named the template.

    A sheet that is not named after the kind must have two known headings, one of them required;
    without a row of headings it must be the only one of its file.
    """
    kinds = [name for words in vocabularies for name in words.sheet_names]
    named = named_after(look.name, kinds)
    if not named.kinds:
        named = named_after(look.file, kinds)
    asked = [v for v in vocabularies if not look.kind or fold(look.kind) == fold(v.rule.name)]
    found = (_candidate(words, look, named, chosen=chosen) for words in asked)
    return [one for one in found if one]


def _candidate(
    words: Vocabulary, look: Look, name: NamedAfter, *, chosen: bool
) -> Candidate | None:
    """Return a kind with its evidence, None where a sheet cannot be of it.

    `Sales glossary` is the name of one glossary, no list of glossaries.
    """
    names = name.kinds.intersection(map(fold, words.sheet_names))
    singular = not names.isdisjoint(words.singulars)
    named = bool(names) and not (singular and not names & name.whole)
    said = named or bool(look.kind)
    if not words.rule.header:
        return _headless(words, look) if said or (chosen and look.file) else None
    found = _heading_row(words, look)
    if found is None:
        return None
    row, hits = found
    words = words.of_row(look.folded[row - 1])
    present = frozenset(look.folded[row - 1]) - _NO_HEADINGS
    required = present & frozenset[str]().union(*words.required.values())
    if not said and (hits < 2 or not (required or words.lettered)):
        return None
    told = words.told_by(present)
    if not (told or chosen or look.kind):
        return None
    return replace(
        _weighed(words, Header(row, look.table[row - 1]), present),
        hits=hits,
        named=named,
        singular=named and singular,
        given=bool(look.kind),
        told=told and bool(words.telling),
        required=required,
    )


def _heading_row(words: Vocabulary, look: Look) -> tuple[int, int] | None:
    """Return the number of the heading row, and its known headings."""
    row = words.rule.header_row
    if row is None:
        return heading_row(look.folded, words.names)
    if row > len(look.folded):
        return None
    return row, len(words.names.found(look.folded[row - 1]))


def _headless(words: Vocabulary, look: Look) -> Candidate:
    header = Header(0, ("",) * look.width)
    return Candidate(words.template, words.rule, header, named=True, given=bool(look.kind))


def _weighed(words: Vocabulary, header: Header, present: frozenset[str]) -> Candidate:
    known = words.known(present, header)
    placed, required = words.lettered, words.required.items()
    missing = {
        main: names for main, names in required if not names & present and main not in placed
    }
    near = _misspelt(words, missing, present - known)
    meant = {missing[main]: pair for main, pair in near.items()}
    keys = [meant[names] for names in words.keys if names in meant]
    return Candidate(
        words.template,
        words.rule,
        header,
        columns=len(present),
        own=words.own(present),
        near=bool(keys) and all(names & present or names in meant for names in words.keys),
        slip=any(is_slip(word, name) for name, word in keys),
        misspelt={word: main for main, (_, word) in near.items()},
        twice=words.twice(present),
        known=known,
        everyday=known & words.everyday,
        missing=tuple(main for main in missing if main not in near),
        spelt=len(present & words.mains),
    )


def _misspelt(
    words: Vocabulary, missing: dict[str, frozenset[str]], strange: frozenset[str]
) -> dict[str, tuple[str, str]]:
    """Return the missing required headings that an unknown one is like: the name, and that one."""
    if not missing or not strange:
        return {}
    speller = Speller(sorted(strange), ALIKE)
    found: dict[str, tuple[str, str]] = {}
    for main, names in missing.items():
        own = ((name, speller.nearest(name)) for name in sorted(names))
        foreign = ((word, nearest_word(speller, word)) for word in sorted(words.foreign(names)))
        pairs = [(name, near) for name, near in (*own, *foreign) if near]
        if pairs:
            found[main] = max(pairs, key=lambda pair: likeness(*pair))
    return found
