"""Says where the files have a name that means nothing: as another kind, or in a cycle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from importer.mapping.entity import Entity, RefText
from importer.order.key_index import Missing
from importer.order.messages import row_of
from importer.template import Template

_LONGEST = 9
"""How many names of a cycle a message lists."""


class StatedOtherwise:
    """The entities of the files that are called like names which mean nothing, by these names."""

    def __init__(
        self, template: Template, entities: Iterable[Entity], names: Collection[str]
    ) -> None:
        self._template = template
        self._found: dict[str, dict[str, Entity]] = {name: {} for name in names}
        for entity in entities if names else ():
            same = self._found.get(entity.labels[-1]) if entity.labels else None
            if same is not None:
                same.setdefault(entity.kind, entity)

    def words(self, text: RefText, answer: Missing, kinds: Sequence[str], user: Entity) -> str:
        """Return what to say of a name that should be of some kinds, blank where nothing is."""
        if text.rule.rule.via:
            return ""
        if cycle := self._cycle(answer.text):
            return (
                f"`{answer.text}` leads back to itself: {cycle}. Name another parent, or none, "
                "in one of these rows."
            )
        for kind, entity in self._found.get(answer.text, {}).items():
            where = row_of(entity.sheet, entity.row, user.sheet)
            if kind not in kinds and entity.seq != user.seq:
                wanted = " or ".join(self._template.kinds[one].word for one in kinds)
                word = self._template.kinds[kind].word
                return f"{where.capitalize()} makes a {word} of that name: name a {wanted}."
        return ""

    def _cycle(self, name: str) -> str:
        """Return the names on the way from one to its parent, if it leads back to the name."""
        way = [name]
        while (parent := self._parent(way[-1])) and len(way) < _LONGEST:
            way.append(parent)
            if parent == name:
                return " > ".join(way)
            if parent in way[:-1]:
                return ""
        return ""

    def _parent(self, name: str) -> str:
        """Return the name of the parent where all that is called so needs one, else blank."""
        same = self._found.get(name, {}).values()
        texts = [one.parent.text for one in same if one.parent]
        return texts[0] if texts and len(texts) == len(same) else ""
