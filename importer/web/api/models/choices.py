"""Who asks, and what can be chosen: templates and targets."""

from __future__ import annotations

from typing import Self

from importer.people import By, Role, Visitor
from importer.uploads.views import Named
from importer.web.api.models.base import Answer


class WhoAnswer(Answer):
    """Who asks, and how they are known."""

    name: str
    role: Role
    by: By

    @classmethod
    def of(cls, visitor: Visitor) -> Self:
        """Return what is known of a visitor."""
        return cls(name=visitor.name, role=visitor.role, by=visitor.by)


class TemplateAnswer(Answer):
    """A template that can be chosen: one that ships, or a mapping that is kept."""

    template: str
    title: str


class TemplatesAnswer(Answer):
    """The templates."""

    templates: list[TemplateAnswer]

    @classmethod
    def of(cls, found: list[Named]) -> Self:
        """Return templates."""
        return cls(templates=[TemplateAnswer(template=one.name, title=one.title) for one in found])


class TargetAnswer(Answer):
    """A target that can be chosen; the sandbox is not `real`: nothing in it lasts."""

    target: str
    title: str
    real: bool


class TargetsAnswer(Answer):
    """The targets."""

    targets: list[TargetAnswer]

    @classmethod
    def of(cls, found: list[Named]) -> Self:
        """Return targets."""
        targets = [TargetAnswer(target=one.name, title=one.title, real=one.real) for one in found]
        return cls(targets=targets)
