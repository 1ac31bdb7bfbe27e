"""One command: run it, and turn whatever it raises into an answer and an exit status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import typer
from msgspec.structs import replace
from typer.core import TyperCommand

from importer.allowed import NotAllowed, allow
from importer.cli import fault
from importer.cli.answer import Answer
from importer.cli.console import (
    ask,
    ask_text,
    attended,
    complain,
    logged_as_json,
    say,
    show_json,
)
from importer.cli.flags import Format, LogFormat
from importer.cli.startup import HungUp, Terminated, hold_again, release, status_of
from importer.cli.without_result import without_result, words_of
from importer.errors import (
    AnswersNeeded,
    ImporterError,
    MappingNeeded,
    ReasonCode,
    ResultNotWritten,
)
from importer.now import utc_now
from importer.pipeline.reason import Reason

ENDED_BY = {
    KeyboardInterrupt: ReasonCode.INTERRUPTED,
    Terminated: ReasonCode.TERMINATED,
    HungUp: ReasonCode.HUNG_UP,
}
"""What a signal raises -> the reason that it is."""


MADE_TOO = "Is this list to make what its rows stand in as well? Then it is:"
"""Asked at a terminal where no row can be sent without that."""


class InMidRun(Exception):
    """What ended a run in the middle, with the answer that says how far it had come."""

    def __init__(self, cause: BaseException, answer: Answer) -> None:
        super().__init__(cause, answer)
        self.cause, self.answer = cause, answer


class Command(TyperCommand):
    """A command that ends with an answer, printed as one JSON object where that is asked for."""

    def invoke(self, ctx: typer.Context) -> int:  # type: ignore[override]
        """Run the command and return its exit status."""
        started, given = utc_now(), dict(ctx.params)
        with logged_as_json() if given.get("log_format") == LogFormat.JSON else nullcontext():
            return self._ended(ctx, given, started)

    def _ended(self, ctx: typer.Context, given: dict[str, Any], started: str) -> int:
        try:
            answer = self._answer(ctx, given)
            as_json = given.get("format") == Format.JSON
            return print_answer(answer, started) if as_json else answer.status
        except KeyboardInterrupt as late:  # a signal while the command was ending
            return status_of(late)
        finally:
            hold_again()

    def _answer(self, ctx: typer.Context, given: Mapping[str, Any]) -> Answer:
        files = [str(file) for file in given.get("files") or ()]
        nothing = Answer(0, lambda: without_result(words_of(ctx), given), files=files)
        try:
            release()
            ended = self._invoked(ctx)
        except typer.Exit:
            raise
        except InMidRun as error:
            return explained(error.cause, error.answer, given)
        except (Exception, KeyboardInterrupt) as error:
            return explained(error, nothing, given)
        return ended if isinstance(ended, Answer) else replace(nothing, status=ended or 0)

    def _invoked(self, ctx: typer.Context) -> Any:
        """Run the command; ask at a terminal for what it needs before it can begin."""
        alone = ctx.params.get("yes") or not attended()
        try:
            ended = super().invoke(ctx)
            return ended if alone else self._made_too(ctx, ended)
        except NotAllowed as refused:
            if alone or not _may(refused):
                raise
        except AnswersNeeded as needed:
            if alone:
                raise
            ctx.params["set"] = [*_given(ctx, needed), *_answers(needed)]
        except MappingNeeded as needed:
            return self._proposed(ctx, needed)
        return self._invoked(ctx)

    def _proposed(self, ctx: typer.Context, needed: MappingNeeded) -> Any:
        """Propose a mapping; run the command by it where the user takes it."""
        from importer.cli.unknown_list import accepted, explained, proposed, shown

        given = dict(ctx.params)
        offer = proposed(given, needed)
        shown(offer, needed)
        more = accepted(given, offer)
        if more is None:
            answer = explained(given, offer, needed)
            nothing, own = without_result(words_of(ctx), given), answer.body
            return replace(answer, body=lambda: {**nothing, **own()})
        ctx.params.update(more)
        return self._invoked(ctx)

    def _made_too(self, ctx: typer.Context, ended: Any) -> Any:
        """Offer a mapping that makes what rows stand in as well, where a result says so."""
        from importer.cli.unknown_list import accepted, may_make_it_too, proposed, shown

        if not isinstance(ended, Answer) or not may_make_it_too(ended.findings):
            return ended
        needed = MappingNeeded(MADE_TOO, MADE_TOO)
        given = dict(ctx.params)
        offer = proposed(given, needed)
        shown(offer, needed)
        if (more := accepted(given, offer)) is None:
            return ended
        ctx.params.update(more)
        return self._invoked(ctx)


def _given(ctx: typer.Context, needed: AnswersNeeded) -> list[str]:
    """Return the answers of the command line that stay; say why another is asked for again."""
    if needed.why:
        say(f"importer: {needed.why}")
    given: list[str] = ctx.params.get("set") or []
    return [one for one in given if one.partition("=")[0].strip() not in needed.questions]


def _answers(needed: AnswersNeeded) -> Iterator[str]:
    """Ask what a template needs to know; yield the answers as `--set` takes them."""
    for name, question in needed.questions.items():
        yield f"{name}={ask_text(question, needed=True)}"


def _may(refused: NotAllowed) -> bool:
    """Ask whether what a settings file says of data and keys is right; remember a yes."""
    say(f"{refused.file.path} says where data and keys go:")
    say(*(f"  {line}" for line in refused.file.claims))
    if not ask("Allow it, until the file changes?"):
        return False
    allow(refused.file)
    return True


def explained(error: BaseException, answer: Answer, given: Mapping[str, Any]) -> Answer:
    """Say on stderr what has ended a command; return its answer with exit status and reason."""
    if isinstance(error, ImporterError):
        complain(*str(error).splitlines())
        return replace(answer, status=error.exit_status, reason=Reason.of(error))
    if isinstance(error, KeyboardInterrupt):
        return answer.ended_by(status_of(error), ENDED_BY[type(error)], str(error))
    words = fault.explain(error, Path(config) if (config := given.get("config")) else None)
    complain(words)
    return replace(answer, status=fault.STATUS, reason=Reason(ReasonCode.INTERNAL, words))


def print_answer(answer: Answer, started: str) -> int:
    """Print the JSON object of an answer; return the exit status."""
    try:
        show_json(answer.as_json(started, utc_now()))
    except ResultNotWritten as error:
        say(f"importer: {error}")
        return answer.status or error.exit_status
    return answer.status
