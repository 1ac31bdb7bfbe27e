"""What a form has sent: its texts and files; the token in it was checked by then."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import Depends
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

LONGEST = 2000


class Form(Struct, frozen=True):
    """The fields of a form."""

    fields: FormData

    def text(self, name: str, longest: int = LONGEST) -> str:
        """Return a field without space around it, cut off where it is too long; "" without it."""
        value = self.fields.get(name)
        return whole(value).strip()[:longest] if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """Return a password as it was typed."""
        value = self.fields.get(name)
        return value[:LONGEST] if isinstance(value, str) else ""

    def cell(self, name: str) -> str:
        """Return the text of a cell as it was typed; a browser sends its line ends as CR LF."""
        value = self.fields.get(name)
        return whole(value).replace("\r\n", "\n") if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Return all values of a field that occurs several times."""
        return [whole(one) for one in self.fields.getlist(name) if isinstance(one, str)]

    def files(self, name: str) -> Sequence[UploadFile]:
        """Return the files of a field; one that was left empty has none."""
        given = self.fields.getlist(name)
        return [one for one in given if isinstance(one, UploadFile) and one.filename]


def whole(text: str) -> str:
    """Return a text with `?` for halves of characters, which no answer could repeat."""
    return text.encode("utf-8", "replace").decode()


async def form(request: Request) -> Form:
    """Read the form of a request; it is in memory, or in a file where it is large."""
    return Form(await request.form(max_files=50, max_fields=5000))


async def _posted(request: Request) -> AsyncIterator[Form]:
    """Read the form of a request, and close its files once it is answered."""
    try:
        yield await form(request)
    finally:
        await request.close()


Posted = Annotated[Form, Depends(_posted)]
"""What the function of a page that is posted to takes."""
