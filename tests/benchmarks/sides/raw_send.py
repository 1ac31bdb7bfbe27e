"""Send the rows of a CSV file, 20 at a time, by orjson and a bare socket: the floor of sending."""

import csv
import socket
import sys
from urllib.parse import urlsplit

import orjson

HEAD = "POST /api/meta/entity/bulk HTTP/1.1\r\nHost: stub\r\nContent-Length: {}\r\n\r\n"


def main(url, path):
    """Send the file."""
    place = urlsplit(url)
    with (
        socket.create_connection((place.hostname, place.port)) as out,
        out.makefile("rb") as answers,
        open(path, newline="", encoding="utf-8") as file,
    ):
        waiting = []
        for number, row in enumerate(csv.DictReader(file), 1):
            attributes = {"name": row["Term"], **row}
            made = {"typeName": "AtlasGlossaryTerm", "guid": f"-{number}", "attributes": attributes}
            waiting.append(made)
            if len(waiting) == 20:
                post(out, answers, waiting)
        if waiting:
            post(out, answers, waiting)


def post(out, answers, waiting):
    """Post what waits, read the answer, and forget it."""
    body = orjson.dumps({"entities": waiting})
    out.sendall(HEAD.format(len(body)).encode() + body)
    length = 0
    while (line := answers.readline()) != b"\r\n":
        if line.startswith(b"Content-Length:"):
            length = int(line[15:])
    orjson.loads(answers.read(length))
    waiting.clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
