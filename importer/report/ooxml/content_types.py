"""The content types of a package's parts, declared for a part or for all parts with an ending."""

from __future__ import annotations

from dataclasses import dataclass, field

from importer.report.ooxml.markup import Element, Part


@dataclass(slots=True)
class ContentTypes:
    """The declarations in `part`, which is read once however many parts are added."""

    part: Part
    _of_parts: dict[str, Element] = field(default_factory=dict)
    _endings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for each in self.part.children(self.part.root()):
            if each.name == "Override":
                self._of_parts[each.get("PartName").lstrip("/")] = each
            else:
                self._endings.add(each.get("Extension").lower())

    def declare(self, name: str, content_type: str) -> None:
        """Declare the content type of an added part."""
        entry = f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        self.part.append(self.part.root(), self._prefixed(entry))

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Declare the content type of all parts with an ending, unless it is declared."""
        if ending not in self._endings:
            self._endings.add(ending)
            entry = f'<Default Extension="{ending}" ContentType="{content_type}"/>'
            self.part.insert(self.part.root().inner, self._prefixed(entry))

    def forget(self, name: str) -> None:
        """Remove the declaration of a part that is dropped."""
        if (entry := self._of_parts.pop(name, None)) is not None:
            self.part.replace(entry.start, entry.end, b"")

    def _prefixed(self, entry: str) -> bytes:
        return entry.encode().replace(b"<", b"<" + self.part.prefix(), 1)
