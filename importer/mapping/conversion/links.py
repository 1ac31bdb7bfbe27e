"""Reads a link, and proposes the one that is meant where a text is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from importer.credentials import holds_credentials
from importer.finding_codes import FindingCode
from importer.mapping.conversion.values import Convert, Doubt, Fault, shown
from importer.model import Cell
from importer.suggest import did_you_mean, listed
from importer.template.paths import Schema
from importer.template.patterns import screen

_LINK = re.compile(r"(https?://|ftps?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_SCHEME = r"(?:https?://|ftps?://|mailto:)"
_SEVERAL = re.compile(rf"[;,|\s](?={_SCHEME})", re.IGNORECASE)
_WRAPPED = re.compile(rf"<({_SCHEME}[^<>\s]+)>|\[[^\]]*\]\(({_SCHEME}[^()\s]+)\)", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(/[^\s;,|]*)?")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_KEPT = "/:?#@!$&'()+*,;=%~-._"
_CREDENTIALS = (
    "This link holds a user name or a password, which everybody who sees it could use: take it out."
)
_FORM = "it begins with https://, ftp:// or mailto: and has no blanks."


def link_reader(node: Schema) -> Convert:
    """Return the converter of links that fit the pattern of a sub-schema, where it has one."""
    allowed = screen(node.get("pattern", ""))

    def fits(text: str) -> bool:
        return bool(_LINK.fullmatch(text) and allowed.is_valid(text))

    def convert(cell: Cell) -> str | Fault:
        text = shown(cell).strip()
        links = [link.strip(" ;,|\r\n\t") for link in _SEVERAL.split(text)]
        if len(links) > 1 and all(map(_LINK.fullmatch, links)):
            words = f"{listed(links)} are {len(links)} links, and one is expected: give each a row."
            return Fault(FindingCode.BAD_URL, words)
        if fits(text):
            return text
        lower = _lower_scheme(text)
        return lower if fits(lower) else _no_link(text, fits)

    return convert


def watching(inner: Convert) -> Convert:
    """Return a converter of links, or of lists of them, that doubts those with credentials."""

    def convert(cell: Cell) -> Any:
        value = inner(cell)
        links = value if isinstance(value, list) else [value]
        if any(isinstance(link, str) and holds_credentials(link) for link in links):
            return Doubt(value, (Fault(FindingCode.UNEXPECTED, _CREDENTIALS),))
        return value

    return convert


def _no_link(text: str, fits: Callable[[str], bool]) -> Fault:
    """Return why a text is no link, and which link may be meant."""
    if _LINK.fullmatch(text) and fits(encoded(text)):
        link = encoded(text)
        signs = listed([f"U+{ord(c):04X}" if _UNSEEN.match(c) else c for c in _foreign(text)])
        return Fault(
            FindingCode.BAD_URL,
            f"`{text}` has {signs}, which no link can have: did you mean {link}?",
            link,
        )
    near = _meant(text)
    suggestion = near if near and fits(near) else None
    end = did_you_mean(suggestion, _FORM, after=":")
    return Fault(FindingCode.BAD_URL, f"`{text}` is not a link{end}", suggestion)


def _foreign(text: str) -> list[str]:
    """Return the characters of a text that a link has only in an encoded form."""
    return sorted({char for char in text if quote(char, safe=_KEPT) != char})


def _meant(text: str) -> str | None:
    """Return what may be meant by a text that is no link, to be checked."""
    if wrapped := _WRAPPED.fullmatch(text):
        return wrapped[1] or wrapped[2]
    if _ADDRESS.fullmatch(text):
        return f"mailto:{text}"
    if _BARE.fullmatch(text):
        return encoded(f"https://{text}")
    is_one = re.match(r"\w+://[^/\s]+/", text) and not re.search(r"[;,|]\s", text)
    return encoded(text) if is_one else None


def encoded(text: str) -> str:
    """Return a link with the characters encoded that no link can have: `/ü` -> `/%C3%BC`."""
    try:
        scheme, host, *rest = urlsplit(_UNSEEN.sub("", _lower_scheme(text)))
    except ValueError:
        return text
    return urlunsplit([scheme, _host(host), *(quote(part, safe=_KEPT) for part in rest)])


def _host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _lower_scheme(text: str) -> str:
    scheme, colon, rest = text.partition(":")
    return f"{scheme.lower()}{colon}{rest}"
