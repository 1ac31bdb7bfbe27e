"""The journal's tables of people: who they are, how they sign in, what they did.

All times are seconds since 1970 by the database's clock. Of every secret there is only its hash.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from importer.journal.only_added import only_added
from importer.journal.tables import METADATA

NAME_LENGTH = 100
HASH_LENGTH = 64  # SHA-256 as hexadecimal digits

PEOPLE = Table(
    "people",
    METADATA,
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text),
    Column("added", Float(53), nullable=False),
)
"""`password` is an argon2 hash; blank for who is recognised by a proxy or a provider."""

SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("hash", String(HASH_LENGTH), primary_key=True),
    Column("person", String(NAME_LENGTH), nullable=False),
    Column("role", String(16), nullable=False),
    Column("by", String(16), nullable=False),
    Column("began", Float(53), nullable=False),
    Column("seen", Float(53), nullable=False),
)
"""One browser of a person, from signing in on. `seen` is when it last asked for something."""

LINKS = Table(
    "one_time_links",
    METADATA,
    Column("hash", String(HASH_LENGTH), primary_key=True),
    Column("person", String(NAME_LENGTH), nullable=False),
    Column("role", String(16), nullable=False),
    Column("until", Float(53)),
)
"""`until` is blank for a link that lasts until it is used."""

TOKENS = Table(
    "tokens",
    METADATA,
    Column("hash", String(HASH_LENGTH), primary_key=True),
    Column("person", String(NAME_LENGTH), nullable=False),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("added", Float(53), nullable=False),
    Column("used", Float(53)),
    UniqueConstraint("person", "name", name="tokens_by_name"),
)

SHARES = Table(
    "shares",
    METADATA,
    Column("about", String(64), primary_key=True),
    Column("to", String(16), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("by", String(NAME_LENGTH), nullable=False),
    Column("since", Float(53), nullable=False),
)
"""`about` is the name of what is shared, `to` says whether `name` is a person's or a role's."""

FAILED = Table(
    "failed_sign_ins",
    METADATA,
    Column("about", String(HASH_LENGTH), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Float(53), nullable=False),
    Column("until", Float(53), nullable=False),
)
"""`about` is the hash of a name, an address or a browser, which may try again after `until`."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("at", Float(53), nullable=False),
    Column("who", String(NAME_LENGTH), nullable=False),
    Column("by", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("about", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
)
"""`detail` is JSON, without a cell's value and without a secret. Rows are only ever added."""

Index("audit_by_about", AUDIT.c.about, AUDIT.c.no)
only_added(AUDIT)
