"""What a person settles once for a mapping: rows that are meant, dates, language, sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from importer.proposal.around import in_languages_of
from importer.proposal.asks import day_first
from importer.proposal.cells import folded
from importer.proposal.columns import Column
from importer.proposal.concepts import reading
from importer.proposal.data import field_list
from importer.proposal.look import Look
from importer.proposal.proposal import Ask, ColumnProposal, Meant
from importer.proposal.rules import KindRules
from importer.proposal.sections import NOTHING, Untold

LANGUAGE, MEANT, ORDER, SECTIONS = "language", "filter", "date_order", "sections"
"""The names of the questions."""

BETWEEN = "; "
"""What parts the words of an answer."""

MOST = 60
"""A column with more different words tells no kinds of rows."""

DAY, MONTH = "day", "month"


def settled(
    look: Look, rules: KindRules, columns: Sequence[ColumnProposal], untold: Untold | None
) -> Iterator[Ask]:
    """Yield the questions of a sheet that its mapping answers, each with what was answered."""
    answers = look.choice.answers
    asks = (
        *_language(columns, look.columns),
        *_sections(untold),
        *_meant(rules, look),
        *_day_or_month(columns, look.columns),
    )
    yield from (replace(ask, answer=answers.get(ask.name, "")) for ask in asks)


def why_not(ask: Ask, text: str) -> str:
    """Return why a text is no answer to a question with choices, nothing where it is one."""
    known = {folded(one) for one in ask.choices}
    unknown = [one for one in words_of(ask, text) if folded(one) not in known]
    if not unknown and words_of(ask, text):
        return ""
    offered = ", ".join(ask.choices[:20])
    return f"`{unknown[0] if unknown else text}` is no answer here; there are: {offered}."


def answer_of(ask: Ask, text: str) -> str:
    """Return an answer in the words of the choices."""
    spelt = {folded(one): one for one in ask.choices}
    return BETWEEN.join(dict.fromkeys(spelt[folded(one)] for one in words_of(ask, text)))


def words_of(ask: Ask, text: str) -> list[str]:
    """Return the words of an answer: one, or as many as a question takes."""
    return [one for each in (text.split(";") if ask.several else [text]) if (one := each.strip())]


def meant_of(look: Look, asks: Sequence[Ask]) -> Meant | None:
    """Return the words of the rows that are meant, where that was answered."""
    ask = next((one for one in asks if one.name == MEANT and one.answer), None)
    column = _telling(look.columns, ask.choices) if ask else None
    return Meant(column.letter, tuple(words_of(ask, ask.answer))) if ask and column else None


def _language(columns: Sequence[ColumnProposal], looks: Sequence[Column]) -> Iterator[Ask]:
    """Yield the question which language is the main one, where columns say the same in several."""
    filled = {column.column for column in columns if column.field}
    spoken = in_languages_of(looks)
    if len(spoken) > 1 and any(look.letter in filled for look in spoken.values()):
        told = [f"{language} as in `{look.heading}`" for language, look in spoken.items()]
        question = f"Which language is the main one: {', '.join(told[:-1])} or {told[-1]}?"
        yield Ask(LANGUAGE, question, next(iter(spoken)), tuple(spoken))


def _sections(untold: Untold | None) -> Iterator[Ask]:
    """Yield the question what rows with a single cell name, where their words do not tell."""
    if untold:
        names = " and ".join(f"`{text}`" for text in untold.texts[:2])
        question = f"What do rows with one cell name for those below, such as {names}?"
        likely: list[str] = field_list()["in_sections_likely"]
        default = next((field for field in likely if field in untold.fields), NOTHING)
        yield Ask(SECTIONS, question, default, (*untold.fields, NOTHING))


def _meant(rules: KindRules, look: Look) -> Iterator[Ask]:
    """Yield the question which rows are meant, where they stand among other things."""
    among = {named.thing for named in look.names.things} | {c.concept.thing for c in look.columns}
    if not rules.filtered or rules.filtered not in among:
        return
    for column in look.columns:
        words = _words(column)
        likely = [word for word in words if reading(word).concept.thing in rules.things]
        if column.heading and 0 < len(likely) < column.profile.distinct:
            question = f"Only the rows with which words under `{column.heading}`?"
            yield Ask(MEANT, question, BETWEEN.join(likely[:5]), tuple(words), several=True)
            return


def _words(column: Column) -> list[str]:
    """Return the cells of a column of few words, each once."""
    words = dict.fromkeys(filter(None, column.profile.values)) if column.profile.repeats else {}
    return [word for word in words if ";" not in word][:MOST]


def _telling(columns: Sequence[Column], words: Sequence[str]) -> Column | None:
    return next((column for column in columns if tuple(_words(column)) == tuple(words)), None)


def _day_or_month(columns: Sequence[ColumnProposal], looks: Sequence[Column]) -> Iterator[Ask]:
    """Yield the question which comes first in a date, where no number above 12 settles it."""
    profiles = {look.letter: look.profile for look in looks}
    dates = [c for c in columns if c.field and profiles[c.column].share("date") >= 0.5]
    known = {column.column: day_first(profiles[column.column].values) for column in dates}
    open_ = [column.heading or column.column for column in dates if known[column.column] is None]
    if open_:
        names = " and ".join(f"`{name}`" for name in open_)
        likely = MONTH if False in known.values() and True not in known.values() else DAY
        yield Ask(ORDER, f"Day or month first in {names}?", likely, (DAY, MONTH))


def is_day_first(answers: Mapping[str, str]) -> bool | None:
    """Return whether it was answered that the day comes first, None where it was not."""
    return {DAY: True, MONTH: False}.get(answers.get(ORDER, ""))
