"""Divides the text of a long list into its assets, however deep they are nested.

Only brackets are looked for here. What stands between those of an asset is decoded by orjson as it
came, with `{}` in the place of each asset that was taken out of it: all of the text goes through
orjson once, which refuses what it would refuse in a short answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TypeAlias

import orjson
from msgspec import Struct, field

from importer.model import Json
from importer.targets.body import BodyTooLarge, NotJson
from importer.targets.shape import WrongShape, demand
from importer.targets.trebellar.shapes import LISTED, SHAPES
from importer.targets.trebellar.vocabulary import ASSETS

WINDOW = 1 << 20
MOST_OF_ONE = 32 << 20
"""The most bytes of one asset without those below it."""

MOST_VALUES_OF_ONE = 1_000_000
DEEPEST = 500
"""The most assets above one, and the most brackets in one: orjson reads no more than 1024."""

SPACE = b" \t\r\n"
CUT = b"{}"
BRACE = ord("{")
BRACKETS = frozenset((b"{", b"}", b"[", b"]"))

Found: TypeAlias = tuple[Json, str | bytes | None, bytes | None]
"""An asset, its parent, and its provisional name.

The parent is the asset that it is nested in: its id, or its provisional name where the id comes
only after the children. An asset has such a name where one of its children stands for it.
"""

_BETWEEN = rb'(?>[^"{}\[\]]*+(?:"[^"]*+"[^"{}\[\]]*+){0,999})'
_TEXTS = re.compile(_BETWEEN)
_FLAT = rb"[{\[]" + _BETWEEN + rb"[}\]]"
_DEEPER = rb"[{\[]" + _BETWEEN + rb"(?>(?:" + _FLAT + _BETWEEN + rb"){0,999})[}\]]"
_SHALLOW = re.compile(rb"\{" + _BETWEEN + rb"(?>(?:" + _DEEPER + _BETWEEN + rb"){0,999})\}")
"""An object that nests no more than two brackets: nearly every asset without children."""


def _key(name: str) -> re.Pattern[bytes]:
    """Return what the text before the list of a key ends with."""
    return re.compile(rb'(?<!\\)"%b"[ \t\r\n]*+:[ \t\r\n]*+\Z' % name.encode())


_KEYS = {name: _key(name) for name in ("data", "children")}


def divide(text: IO[bytes]) -> Iterator[Found]:
    """Yield each asset of a list; those taken out of it come before it.

    It has an empty list of children then. Raises NotJson, WrongShape or BodyTooLarge, for the end
    of the text too: what was yielded until then is no list.
    """
    return _Divider(text).assets()


class _Window:
    """The part of a text that is looked at, from `at` on.

    `plain` is as long as `raw`, and has no quotation marks but those around texts.
    """

    def __init__(self, text: IO[bytes]) -> None:
        self._text = text
        self.raw = self.plain = b""
        self.at = 0

    def to_bracket(self) -> bytes:
        """Go to the next bracket outside of texts; return what stands before it."""
        seen = 0
        while True:
            begun = self.at + seen
            end = _TEXTS.match(self.plain, begun).end()  # type: ignore[union-attr] # it may be empty
            if self.plain[end : end + 1] in BRACKETS:
                return self.take(end - self.at)
            seen = end - self.at
            if end == begun and not self._grow():
                raise NotJson

    def shallow(self) -> bytes | None:
        """Return the object that begins here, if it is whole and shallow, and go behind it."""
        found = _SHALLOW.match(self.plain, self.at)
        return self.take(found.end() - self.at) if found else None

    def take(self, count: int) -> bytes:
        """Return so many bytes and go behind them."""
        start, self.at = self.at, self.at + count
        return self.raw[start : self.at]

    def demand_end(self) -> None:
        """Raise NotJson where more than space is left."""
        while not self.raw[self.at :].strip(SPACE):
            self.at = len(self.raw)
            if not self._grow():
                return
        raise NotJson

    def _grow(self) -> bool:
        rest = self.raw[self.at :]
        if len(rest) > MOST_OF_ONE:
            raise _TooLarge
        more = self._text.read(max(WINDOW, len(rest)))
        self.raw, self.at = rest + more, 0
        self.plain = self.raw.replace(rb"\\", b"__").replace(rb"\"", b"__")
        return bool(more)


class _Open(Struct):
    """An object that is not at its end yet, and whose list `name` is cut out.

    `text` is what is left of it, `before` what stands before the bracket at hand, `depth` its open
    brackets and `steps` all that were opened. `cuts` is how many objects were taken out, the last
    one at `cut_at`, and `cutting` whether the next one is. `id` is its own, or `provisional`;
    `inside` is that of the asset around it.
    """

    name: str
    provisional: bytes = b""
    inside: str | bytes | None = None
    id: str | bytes | None = None
    text: bytearray = field(default_factory=lambda: bytearray(b"{"))
    before: bytes = b""
    depth: int = 1
    steps: int = 0
    cuts: int = 0
    cut_at: int = 0
    cut: bool = False
    cutting: bool = False

    def keep(self, text: bytes) -> None:
        """Add what stands before a bracket."""
        self.before = text
        self.text += text
        if len(self.text) > MOST_OF_ONE:
            raise _TooLarge

    def step(self, bracket: bytes) -> None:
        """Add a bracket."""
        if bracket in b"{[":
            self._open_one(bracket)
        else:
            self.depth -= 1
            self.cutting = self.cutting and self.depth > 1
        self.text += bracket

    def cut_one(self) -> None:
        """Note an object that is taken out; of several in a row one `{}` stays."""
        self.cuts += 1
        if self.cut_at and self.text[self.cut_at :].strip(SPACE) == b",":
            del self.text[self.cut_at :]
        else:
            self.text += CUT
            self.cut_at = len(self.text)

    def _open_one(self, bracket: bytes) -> None:
        self.depth += 1
        self.steps += 1
        if self.steps > MOST_VALUES_OF_ONE:
            raise _TooMany
        if self.depth > DEEPEST:
            raise NotJson
        if bracket == b"[" and self.depth == 2 and _KEYS[self.name].search(self.before):
            self._open_list()

    def body(self) -> Json:
        """Return what is left of the whole object. Raises NotJson or WrongShape."""
        body = _decoded(self.text)
        if self.cut:
            self._demand_cut(body.get(self.name))
            if isinstance(self.id, str) and self.id != body.get("id"):
                raise NotJson
            body[self.name] = []
        return body

    def _open_list(self) -> None:
        if self.cut:
            raise NotJson  # which of the two would count?
        if self.name == "children":
            own = _decoded(self.text + b"[]}").get("id")
            self.id = own if isinstance(own, str) else self.provisional
        self.cut = self.cutting = True

    def _demand_cut(self, listed: Json) -> None:
        """Raise WrongShape where anything but objects was in the list, NotJson if it came twice."""
        if not isinstance(listed, list) or (self.cuts and not listed):
            raise NotJson
        for item in listed:
            if not isinstance(item, dict):
                raise WrongShape("an object", item).below(f".{self.name}[...]")
            if item:
                raise NotJson


class _Divider:
    def __init__(self, text: IO[bytes]) -> None:
        self._window = _Window(text)
        self._open: list[_Open] = []
        self._count = 0

    def assets(self) -> Iterator[Found]:
        """Yield all assets; see `divide`."""
        self._begin()
        while self._open:
            node = self._open[-1]
            node.keep(self._window.to_bracket())
            if node.cutting and node.depth == 2 and self._window.raw[self._window.at] == BRACE:
                yield from self._cut(node)
                continue
            node.step(self._window.take(1))
            if not node.depth:
                yield from self._close()

    def _begin(self) -> None:
        if self._window.to_bracket().strip(SPACE):
            raise NotJson
        if self._window.take(1) != b"{":
            raise WrongShape("an object", [])
        self._open.append(_Open("data"))

    def _cut(self, node: _Open) -> Iterator[Found]:
        """Yield the object that begins here, if it is at its end soon, else open it."""
        node.cut_one()
        if whole := self._window.shallow():
            yield self._shaped(_decoded(whole)), node.id, None
            return
        if len(self._open) > DEEPEST:
            raise NotJson
        self._window.take(1)
        self._count += 1
        self._open.append(_Open("children", b"%d" % self._count, node.id))

    def _close(self) -> Iterator[Found]:
        """Yield the object that is at its end, or what was not cut out of the whole list."""
        node = self._open.pop()
        try:
            body = node.body()
        except WrongShape as wrong:
            raise wrong.below(self._place()) from None
        if self._open:
            provisional = node.id if isinstance(node.id, bytes) else None
            yield self._shaped(body), node.inside, provisional
            return
        self._window.demand_end()
        demand(SHAPES["GET", ASSETS], body)
        yield from ((asset, None, None) for asset in body["data"])

    def _shaped(self, asset: Json) -> Json:
        try:
            demand(LISTED, asset)
        except WrongShape as wrong:
            raise wrong.below(self._place()) from None
        return asset

    def _place(self) -> str:
        """Return where the object stands that was begun last: `.data[3].children[0]`."""
        return "".join(f".{node.name}[{node.cuts - 1}]" for node in self._open)


class _TooLarge(BodyTooLarge):
    def __init__(self) -> None:
        super().__init__(f"one asset of it is longer than {MOST_OF_ONE >> 20} MB")


class _TooMany(BodyTooLarge):
    def __init__(self) -> None:
        super().__init__(f"one asset of it holds more than {MOST_VALUES_OF_ONE:,} values")


def _decoded(text: bytes | bytearray) -> Json:
    if len(text) > WINDOW and sum(map(text.count, (b",", b"[", b"{"))) > MOST_VALUES_OF_ONE:
        raise _TooMany
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise NotJson from None
