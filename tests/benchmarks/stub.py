"""A server that grants every batch at once, in a process that is not measured.

`python -m tests.benchmarks.stub [DELAY]` prints its URL and serves until its stdin ends. It
answers as Atlan and Trebellar do where nothing is there yet; DELAY is in seconds. What it granted
can be asked for by its guid. `GET /count` says how many requests changed something, how many
entities they made, and the seconds from the first of them to the last answer.
"""

import asyncio
import sys
import time
from functools import partial
from urllib.parse import parse_qsl, urlsplit

import orjson

from tests.benchmarks.make_workbook import TAGS

ATLAN, TREBELLAR = "/api/meta/entity/bulk", "/api/v2/assets/bulk"
NOTHING = {"approximateCount": 0, "entities": []}
TAG = {"category": "CLASSIFICATION", "attributeDefs": [], "superTypes": [], "entityTypes": []}


class Held:
    """What was granted: guid -> type and attributes that an update must repeat."""

    def __init__(self):
        self.entities, self.changed, self.numbers = {}, 0, 0
        self.begun = self.ended = 0.0

    def answer(self, method, path, query, body):
        """The answer to a request."""
        path = path.rstrip("/")
        if method == "GET":
            return self._read(path, query)
        if path not in (ATLAN, TREBELLAR):
            return NOTHING
        self.changed += 1
        self.begun = self.begun or time.monotonic()
        sent = orjson.loads(body)
        return self._saved(sent) if path == ATLAN else self._carried_out(sent)

    def _read(self, path, query):
        if path == "/count":
            seconds = self.ended - self.begun
            return {"requests": self.changed, "entities": self.numbers, "seconds": seconds}
        if path == ATLAN:
            return {"entities": [self.entities[guid] for name, guid in query if name == "guid"]}
        tags = ({**TAG, "name": f"tag{name}", "displayName": name} for name in TAGS)
        return {"data": [], "users": [], "records": [], "classificationDefs": list(tags)}

    def _saved(self, sent):
        made, changed = {}, []
        for entity in sent["entities"]:
            if entity["guid"].startswith("-"):
                made[entity["guid"]] = guid = self._guid()
                self.entities[guid] = _kept(entity, guid)
            else:
                changed.append(entity)
        new = [self.entities[guid] for guid in made.values()]
        mutated = {"CREATE": new} | ({"UPDATE": changed} if changed else {})
        return {"guidAssignments": made, "mutatedEntities": mutated}

    def _carried_out(self, sent):
        for operation in sent["operations"]:
            if operation["type"] == "add":
                operation["asset"]["id"] = self._guid()
        return {"success": True, "operations": sent["operations"]}

    def _guid(self):
        self.numbers += 1
        return f"0f2c1d7e-7a5b-4d53-9a3f-{self.numbers:012d}"


def _kept(entity, guid):
    attributes = {"name": entity["attributes"]["name"], "qualifiedName": guid}
    anchor = entity.get("relationshipAttributes", {}).get("anchor")
    related = {"relationshipAttributes": {"anchor": anchor}} if anchor else {}
    type_name = entity["typeName"]
    return {"typeName": type_name, "guid": guid, "attributes": attributes, **related}


class Connection(asyncio.Protocol):
    """A connection that is kept; its requests come one after the other."""

    def __init__(self, held, delay):
        self.held, self.delay, self.received, self.out = held, delay, bytearray(), None

    def connection_made(self, transport):
        self.out = transport

    def data_received(self, data):
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.received[:end])
            rest = end + 4 + _length(head)
            if len(self.received) < rest:
                return
            body = bytes(self.received[end + 4 : rest])
            del self.received[:rest]
            self._answer(head, body)

    def _answer(self, head, body):
        method, target, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        url = urlsplit(target)
        found = orjson.dumps(self.held.answer(method, url.path, parse_qsl(url.query), body))
        first = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        answer = first % len(found) + found
        asyncio.get_running_loop().call_later(self.delay, self._write, answer, method)

    def _write(self, answer, method):
        self.out.write(answer)
        if method == "POST":
            self.held.ended = time.monotonic()


def _length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def serve(delay):
    """Serve until stdin ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(Connection, Held(), delay), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) if sys.argv[1:] else 0.0))
