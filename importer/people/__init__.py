"""People of the page: who somebody is, and what they may do."""

from importer.visitor import By, Role, Visitor

__all__ = ["By", "Role", "Visitor"]
