"""The rules of single types: owners, announcements, domains, links, glossary objects.

They follow the PreProcessors of atlas-metastore, whose errors carry no `entityGuid`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from importer.sandbox.atlan import entities
from importer.sandbox.atlan.catalogue import PEOPLE
from importer.sandbox.atlan.glossary import prepare_category, prepare_glossary, prepare_term
from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from importer.sandbox.atlan.drafts import Draft
    from importer.sandbox.atlan.references import Resolver

WITHOUT_DOMAIN = frozenset(
    {"AtlasGlossary", "AtlasGlossaryTerm", "AtlasGlossaryCategory", "DataProduct", "DataDomain"}
)
"""The types that belong to no domain (atlas-metastore AssetPreProcessor)."""
BAD_PERSON = re.compile("[<>]|^https?:", re.IGNORECASE)
SERVER_SIDE_INCLUDE = re.compile(r"<!--#\s*\w+.*-->", re.IGNORECASE | re.DOTALL)

_SIGNS = r".#@$%+&;\-_~,?=/!'"
RELATIVE_URL = re.compile(rf"(?:[^\W_]|[\\{_SIGNS}])+")
ABSOLUTE_URL = re.compile(rf"\s*(?:(?:ht|f)tps?://|mailto:)[^\W_](?:[^\W_]|[ :(){_SIGNS}])*\s*")


def apply_rules(resolver: Resolver, draft: Draft) -> set[str]:
    """Apply the rules of its type to `draft.after`. Raises Refused.

    Return the guids of other entities changed by that (the contents of a category that moves).
    """
    _check_people(draft)
    _check_announcement(draft)
    _check_domains(resolver, draft)
    rule = _RULES.get(draft.type.name)
    return rule(resolver, draft) if rule else set()


def _check_people(draft: Draft) -> None:
    for attribute in PEOPLE:
        for who in draft.attributes.get(attribute) or []:
            if not isinstance(who, str) or BAD_PERSON.search(who):
                raise Refused("bad_request", f"{attribute} holds a name that is not valid: {who}")


def _check_announcement(draft: Draft) -> None:
    message = draft.attributes.get("announcementMessage")
    if message and SERVER_SIDE_INCLUDE.search(str(message)):
        raise Refused("bad_request", "announcementMessage must not hold SSI tags")


def _check_domains(resolver: Resolver, draft: Draft) -> None:
    """Refuse more than one domain, one that is none, and any on WITHOUT_DOMAIN."""
    guids = draft.attributes.get("domainGUIDs") or []
    if len(guids) > 1:
        raise Refused("invalid_parameters", "an asset belongs to one domain at most")
    if guids and draft.type.name in WITHOUT_DOMAIN:
        raise Refused("invalid_parameters", f"a {draft.type.name} belongs to no domain")
    for guid in guids:
        domain = entities.by_guid(resolver.db, str(guid))
        if domain is None:
            raise Refused("unknown_guid", guid)
        if domain.type_name != "DataDomain":
            raise Refused("invalid_parameters", f"{guid} is no domain")


def _check_link(_: Resolver, draft: Draft) -> set[str]:
    """Refuse a link without a valid URL, on updates too (LinkPreProcessor)."""
    url = draft.attributes.get("link")
    operation = "UPDATE" if draft.before else "CREATE"
    if not url:
        raise Refused("no_url", operation)
    if not is_url(str(url)):
        raise Refused("bad_url", operation)
    return set()


def is_url(text: str) -> bool:
    """Return whether the server accepts `text` as the URL of a link."""
    return bool(RELATIVE_URL.fullmatch(text) or ABSOLUTE_URL.fullmatch(text))


_RULES: dict[str, Callable[[Resolver, Draft], set[str]]] = {
    "AtlasGlossary": prepare_glossary,
    "AtlasGlossaryCategory": prepare_category,
    "AtlasGlossaryTerm": prepare_term,
    "Link": _check_link,
}
