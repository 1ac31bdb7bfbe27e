"""Makes the calls that follow a bulk request, and says what became of each change in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import StoppedEarly
from importer.model import Json, Status
from importer.targets.answer import AnswerLost
from importer.targets.atlas.read import Reader
from importer.targets.atlas.reply import refusal
from importer.targets.atlas.separate import Call, calls, has_own_calls
from importer.targets.atlas.typedefs import TypeDefs
from importer.targets.protocol import Accepted, Change, InDoubt, Landed, Reply
from importer.targets.transport import Transport


class Doubt(Exception):
    """A call whose answer never came: what became of the batch is not known."""

    def __init__(self, reply: InDoubt) -> None:
        super().__init__(reply.reason)
        self.reply = reply


class Follower(Struct, frozen=True):
    """Makes the calls of their own that the parts of entities have."""

    transport: Transport
    typedefs: TypeDefs

    def follow(self, changes: Sequence[Change], landed: Sequence[Landed]) -> Reply:
        """Return the reply to a batch whose bulk request was accepted, with these outcomes.

        Nothing of the batch is undone any more, so that every failure leaves a doubt.
        """
        ids = {one.seq: one.id for one in landed if one.status is not Status.CREATED}
        own = (change for change in changes if has_own_calls(change, self.typedefs))
        waiting = [change for change in own if change.seq in ids]
        try:
            found = Reader(self.transport, self.typedefs).whole(ids[one.seq] for one in waiting)
            now = {entity["guid"]: entity for entity in found}
            by_seq = {change.seq: change for change in waiting}
            return Accepted(tuple(self._followed(by_seq.get(one.seq), one, now) for one in landed))
        except Doubt as doubt:
            return doubt.reply
        except StoppedEarly as stopped:
            return InDoubt(str(stopped))

    def _followed(self, change: Change | None, landed: Landed, now: Mapping[str, Json]) -> Landed:
        """Return the outcome of a change after its own calls. Raises Doubt."""
        if change is None:
            return landed
        if landed.id not in now:
            return replace(landed, named=False)
        made = list(calls(change, now[landed.id], self.typedefs))
        refusals = [words for call in made if (words := self._refusal(call))]
        if refusals:
            if landed.status is not Status.UNCHANGED:
                refusals.append("The rest of the row was saved.")
            return replace(landed, refused=" ".join(dict.fromkeys(refusals)))
        unchanged = landed.status is Status.UNCHANGED
        return replace(landed, status=Status.UPDATED) if made and unchanged else landed

    def _refusal(self, call: Call) -> str:
        """Make a call; return the words with which it was refused, empty where it was not.

        Raises Doubt or StoppedEarly.
        """
        try:
            answer = self.transport.write(call.method, call.path, body=call.body)
        except AnswerLost as lost:
            raise Doubt(InDoubt(str(lost), late=lost.late)) from None
        if answer.ok:
            return ""
        reply = refusal(answer)
        if isinstance(reply, InDoubt):
            raise Doubt(reply)
        return f"The target refused {call.what}: {reply.words}."
