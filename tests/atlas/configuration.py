"""The files that an Apache Atlas of one's own is configured with.

Names of settings: Apache Atlas 2.1, page "Configuration"; values are for one process, without
Hadoop, HBase, Kafka servers or Solr servers beside it.
"""

import hashlib
import json
from dataclasses import dataclass

ADMIN = ("admin", "admin")
"""User and password of the one who may do everything."""

READER = ("reader", "reader")
"""User and password of someone who may read and nothing else."""


@dataclass(frozen=True)
class Ports:
    """The ports that the processes inside the server listen on, on the loopback address."""

    http: int
    zookeeper: int
    kafka: int
    kafka_zookeeper: int


def application_properties(folder, ports):
    """Return `atlas-application.properties`: everything embedded, on the loopback address."""
    return "".join(f"{name}={value}\n" for name, value in _settings(folder, ports).items())


def _settings(folder, ports):
    return {
        "atlas.server.bind.address": "127.0.0.1",
        "atlas.server.http.port": ports.http,
        "atlas.rest.address": f"http://127.0.0.1:{ports.http}",
        "atlas.server.ha.enabled": "false",
        "atlas.enableTLS": "false",
        **_stores(folder, ports),
        **_notifications(folder, ports),
        **_access(folder),
    }


def _stores(folder, ports):
    return {
        "atlas.graph.storage.backend": "berkeleyje",
        "atlas.graph.storage.directory": f"{folder}/graph",
        "atlas.graph.index.search.backend": "solr",
        "atlas.graph.index.search.solr.mode": "cloud",
        "atlas.graph.index.search.solr.embedded": "false",
        "atlas.graph.index.search.solr.zookeeper-url": f"127.0.0.1:{ports.zookeeper}/solr",
        "atlas.graph.index.search.solr.wait-searcher": "true",
        "atlas.search.freetext.enable": "false",
        "atlas.EntityAuditRepository.impl": "org.apache.atlas.repository.audit."
        "InMemoryEntityAuditRepository",
    }


def _notifications(folder, ports):
    return {
        "atlas.notification.embedded": "true",
        "atlas.kafka.data": f"{folder}/kafka",
        "atlas.kafka.bootstrap.servers": f"127.0.0.1:{ports.kafka}",
        "atlas.kafka.zookeeper.connect": f"127.0.0.1:{ports.kafka_zookeeper}",
        "atlas.kafka.offsets.topic.replication.factor": 1,
        "atlas.kafka.hook.group.id": "atlas",
        "atlas.kafka.enable.auto.commit": "false",
    }


def _access(folder):
    return {
        "atlas.authentication.method.kerberos": "false",
        "atlas.authentication.method.file": "true",
        "atlas.authentication.method.file.filename": f"{folder}/conf/users.properties",
        "atlas.authentication.method.ldap.type": "none",
        "atlas.authorizer.impl": "simple",
        "atlas.authorizer.simple.authz.policy.file": f"{folder}/conf/policy.json",
    }


def users():
    """Return the file of users: name=group::SHA-256 of the password."""
    groups = ((ADMIN, "ADMIN"), (READER, "READER"))
    return "".join(
        f"{name}={group}::{hashlib.sha256(password.encode()).hexdigest()}\n"
        for (name, password), group in groups
    )


def policy():
    """Return the file of the simple authorizer: an admin may do everything, a reader may read."""
    roles = {"ROLE_ADMIN": _may(".*", ".*", ".*"), "ROLE_READER": _may("type-read", "entity-read")}
    users_roles = {ADMIN[0]: ["ROLE_ADMIN"], READER[0]: ["ROLE_READER"]}
    groups = {"ADMIN": ["ROLE_ADMIN"], "READER": ["ROLE_READER"]}
    return json.dumps({"roles": roles, "userRoles": users_roles, "groupRoles": groups}, indent=1)


def _may(types, entities, relationships=None):
    anything = [".*"]
    ends = ("EntityType", "EntityId", "EntityClassification")
    role = {
        "typePermissions": [_permission(types, "typeCategories", "typeNames")],
        "entityPermissions": [
            _permission(
                entities,
                *("entityTypes", "entityIds", "entityClassifications", "classifications"),
                *("labels", "businessMetadata", "attributes"),
            )
        ],
    }
    if relationships:
        both = (f"end{n}{end}" for n in (1, 2) for end in ends)
        role["relationshipPermissions"] = [_permission(relationships, "relationshipTypes", *both)]
        role["adminPermissions"] = [{"privileges": anything}]
    return role


def _permission(privileges, *fields):
    return {"privileges": [privileges], **{field: [".*"] for field in fields}}


LOGGING = """\
log4j.rootLogger=WARN, file
log4j.appender.file=org.apache.log4j.FileAppender
log4j.appender.file.file=${atlas.log.dir}/atlas.log
log4j.appender.file.layout=org.apache.log4j.PatternLayout
log4j.appender.file.layout.ConversionPattern=%d %p [%t] %c: %m%n
log4j.logger.org.apache.atlas=INFO
log4j.logger.org.apache.atlas.web.filters=WARN
"""
