"""Column matching, where the files are read: propose around what was chosen, write a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import asdict, replace

from importer.errors import MappingNeeded, UsageError
from importer.journal.upload import Upload
from importer.journal.upload_facts import Facts
from importer.pipeline.keep_mapping import keep_mapping, keeping_refused
from importer.pipeline.lacking_fields import lacking
from importer.pipeline.propose import Lists, read_lists
from importer.pipeline.steps.mapping_names import free_name
from importer.pipeline.write_mapping import write_mappings
from importer.proposal import ColumnProposal, Proposal, SheetProposal
from importer.proposal.chosen import Choice, Choices
from importer.proposal.data import field_list
from importer.spreadsheet import TextForm
from importer.suggest import did_you_mean, listed, nearest
from importer.template import load
from importer.uploads.effective import effective_files
from importer.uploads.kept_mappings import new_folder
from importer.uploads.sheet_answers import question_of, still_asked, with_answers
from importer.uploads.site import Site
from importer.uploads.views import ColumnMatch, Match, Question, SheetChoice, SheetMatch

SAMPLES = 3
FEWEST = 2
"""A list of which fewer columns are known is not known at all."""


def proposed(site: Site, upload: Upload, facts: Facts) -> Match:
    """Return what is proposed around what was chosen. Raises UsageError."""
    lists, found = _proposal(site, upload, facts)
    return _match(upload, lists, found)


def first_proposed(site: Site, upload: Upload, facts: Facts, needed: MappingNeeded) -> Match:
    """Return what is proposed at first. Raises UsageError where nothing is known of the list."""
    lists, found = _proposal(site, upload, facts)
    if not any(sheet.kind and len(sheet.fields) >= FEWEST for sheet in found.sheets):
        raise UsageError(str(needed))
    return _match(upload, lists, found)


def accepted(site: Site, upload: Upload, facts: Facts, keep_as: str) -> tuple[str, list[str]]:
    """Write what is proposed as a mapping; return what names it, and the questions it asks.

    It is kept besides where a name is given. Raises UsageError where it cannot be had.
    """
    lists, found = _proposal(site, upload, facts)
    if why := _refused(upload, lists, found) or still_asked(found):
        raise UsageError(why)
    if keep_as:
        keep_mapping(keep_as, found)
    title = keep_as or title_of(upload)
    made = write_mappings(title, found, new_folder(site, upload) / title)
    return str(made[0]), list(load(made[0]).asks)


def title_of(upload: Upload) -> str:
    """Return what a mapping for an upload is called."""
    return free_name(upload.files[0].stored.rpartition(".")[0])


def _proposal(site: Site, upload: Upload, facts: Facts) -> tuple[Lists, Proposal]:
    system = site.connector(upload).system
    lists = read_lists(effective_files(site, upload), TextForm(), system)
    chosen = _chosen(facts)
    _refuse_unknown(lists, chosen)
    found = with_answers(lists, chosen)
    _refuse_twice(found, chosen)
    return lists, found


def _refuse_unknown(lists: Lists, chosen: Choices) -> None:
    """Raise UsageError where a kind is chosen that there is not."""
    for one in chosen.values():
        if one.kind and one.kind not in lists.kinds:
            hint = did_you_mean(
                nearest(one.kind, lists.kinds), f"There are: {listed([*lists.kinds], 20)}."
            )
            raise UsageError(f"There is no kind called {one.kind}{hint}")


def _refuse_twice(found: Proposal, chosen: Choices) -> None:
    """Raise UsageError where several columns are chosen for one field that takes only one."""
    for sheet in found.sheets:
        fields = chosen.get((sheet.file, sheet.name), Choice()).fields
        columns: dict[str, list[str]] = {}
        for one in sheet.columns:
            if (name := fields.get(one.column)) and name not in field_list()["repeated"]:
                columns.setdefault(name, []).append(one.heading or one.column)
        for name, headings in columns.items():
            if len(headings) > 1:
                several = f"{', '.join(headings[:-1])} and {headings[-1]}"
                raise UsageError(f"{name} is chosen for {several} in {sheet.name}: choose one.")


def _chosen(facts: Facts) -> Choices:
    found: dict[tuple[str, str], Choice] = {}
    for raw in facts.choices:
        fields = {letter: name or None for letter, name in raw["fields"].items()}
        answers = {name: text for name, text in raw.get("answers", {}).items() if text}
        choice = Choice(raw["header_row"], raw["kind"], fields, answers=answers)
        found[raw["file"], raw["sheet"]] = choice
    return found


def merged(facts: Facts, new: Iterable[SheetChoice]) -> Facts:
    """Return facts with what a person has chosen besides.

    Another row of headings makes all else of the sheet anew, another kind its columns and
    questions; a field that is chosen for another column is not also kept for the first.
    """
    known = {(raw["file"], raw["sheet"]): SheetChoice(**raw) for raw in facts.choices}
    for one in new:
        known[one.file, one.sheet] = _merged(known.get((one.file, one.sheet)), one)
    return replace(facts, choices=tuple(asdict(one) for one in known.values()))


def _merged(before: SheetChoice | None, new: SheetChoice) -> SheetChoice:
    if before is None or new.header_row not in (None, before.header_row):
        return new
    new = replace(new, header_row=before.header_row)
    if new.kind not in (None, before.kind):
        return new
    taken = set(new.fields.values()) - {""}
    kept = {letter: name for letter, name in before.fields.items() if name not in taken}
    answers = {**before.answers, **new.answers}
    return replace(new, kind=before.kind, fields={**kept, **new.fields}, answers=answers)


def _match(upload: Upload, lists: Lists, found: Proposal) -> Match:
    return Match(
        sheets=tuple(_sheet(lists, sheet) for sheet in found.sheets),
        questions=tuple(_questions(lists, found)),
        name=title_of(upload),
        why=_refused(upload, lists, found),
        kind_words={name: rules.word for name, rules in lists.kinds.items()},
    )


def _sheet(lists: Lists, sheet: SheetProposal) -> SheetMatch:
    likely = [one for one in (sheet.kind, sheet.runner_up) if one and one in lists.kinds]
    return SheetMatch(
        file=sheet.file,
        sheet=sheet.name,
        header_row=sheet.header_row,
        kind=sheet.kind or "",
        sure=round(sheet.confidence, 2),
        reasons=tuple(sheet.reasons),
        kinds=tuple(dict.fromkeys([*likely, *lists.kinds])),
        columns=tuple(map(_column, sheet.columns)),
        fields=lists.fields(sheet.kind) if sheet.kind else {},
        left_out=tuple((one.row, one.reason) for one in sheet.skipped),
        questions=tuple(map(question_of, sheet.once)),
    )


def _column(column: ColumnProposal) -> ColumnMatch:
    return ColumnMatch(
        column=column.column,
        heading=column.heading,
        field=column.field or "",
        sure=round(column.score, 2),
        reason=column.reason,
        samples=tuple(column.samples[:SAMPLES]),
        choices=tuple(column.choices),
    )


def _questions(lists: Lists, found: Proposal) -> Iterator[Question]:
    """Yield the questions that have to be answered, each once."""
    asks = {ask.name: ask for sheet in found.sheets for ask in sheet.asks}
    for name, ask in asks.items():
        if name in lists.answered:
            yield Question(name, ask.question, ask.default)


def _refused(upload: Upload, lists: Lists, found: Proposal) -> str:
    """Return why a proposal cannot be accepted as it is, nothing where it can."""
    missing = [why for sheet in found.sheets if (why := _missing(lists, sheet))]
    return " ".join(missing) or keeping_refused(title_of(upload), found)


def _missing(lists: Lists, sheet: SheetProposal) -> str:
    rules = lists.kinds.get(sheet.kind or "")
    fields: Sequence[str] = lacking(rules, sheet) if rules else []
    if not fields:
        return ""
    return f"The sheet {sheet.name} needs a column for {listed(fields)}: choose one."
