"""Ways to answer a request wrongly, each a function that writes raw bytes into a connection."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable
from functools import cache
from random import Random
from typing import IO

from tests.fuzz.spoil_json import ODD_TEXTS, spoilt_json
from tests.fuzz.wire import Answer, Asked, Forward

STATUSES = (
    100, 101, 102, 199, 200, 201, 202, 204, 205, 206, 226, 300, 301, 302, 303, 304, 307, 308, 400,
    401, 403, 404, 405, 409, 410, 413, 414, 418, 422, 423, 425, 429, 431, 451, 500, 501, 502, 503,
    504, 511, 520, 599, 600, 700, 999,
)  # fmt: skip
STATUS_LINES = (
    b"", b"HTTP/1.1", b"HTTP/1.1 abc OK", b"HTTP/1.1 -1 X", b"HTTP/1.1 99999999999 X",
    b"HTTP/9 200", b"HTTP/1.1 2e2 OK", b"\x16\x03\x01\x02\x00", b"PRI * HTTP/2.0", b"200 OK",
    b"\0\0", b"A" * 70_000,
    "HTTP/1.1 200 é\u202e".encode(),
)  # fmt: skip
LENGTHS = (
    b"-1", b"0", b"1", b"7", b"99999", b"99999999999999999999", b"abc", b"", b"0x10", b"1, 2",
)  # fmt: skip
HEADERS = (
    b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: br",
    b"Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip, gzip", b"Content-Encoding: zstd",
    b"Content-Encoding: x" + b", gzip" * 500, b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: identity",
    b"Content-Type: application/json; charset=utf-16", b"Content-Type: text/html; charset=\xff",
    b"Content-Type: application/json; charset=no-such", b"Location: http://127.0.0.1:1/",
    b"Location: file:///etc/passwd", b"Location: \xff", b"Retry-After: -5", b"Retry-After: 1e9",
    b"Retry-After: \xff", b"Retry-After: Thu, 01 Jan 9999 00:00:00 GMT",
    b"Retry-After: " + b"9" * 5000,
    b"Set-Cookie: a=b; Domain=..; Max-Age=-1", b"No colon at all", b" folded: yes", b": empty",
    b"X: " + b"y" * 60_000, b"X: \0\x07", b"\r", b"Connection: upgrade", b"X: 1\r\n" * 90 + b"X: 2",
)  # fmt: skip
MOST = 320 << 20
"""Bytes of a body without an end, more than the product may read of one."""

Way = Callable[[Random, Asked, Forward, IO[bytes]], object]


def other_json(rng: Random, _: Asked, forward: Forward, out: IO[bytes], lies: bool = False) -> None:
    """Spoil the JSON itself."""
    answer = forward()
    out.write(Answer(answer.status, spoilt_json(answer.body, rng, lies=lies)).as_bytes())


def lying_json(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Spoil the JSON so that it may say what is not so."""
    other_json(rng, asked, forward, out, lies=True)


def other_status(rng: Random, _: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Give the answer another status."""
    out.write(Answer(rng.choice(STATUSES), forward().body).as_bytes())


def other_body(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Answer with a body that this call never has, carried out or not."""
    status = rng.choice([_answer(rng, asked, forward).status, 200, rng.choice(STATUSES)])
    out.write(Answer(status, rng.choice(ODD_TEXTS)).as_bytes())


def odd_header(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Add a header that is not so, or no header."""
    answer = _answer(rng, asked, forward)
    status = rng.choice([answer.status, answer.status, 302, 429, 503])
    head, _, body = Answer(status, answer.body).as_bytes().partition(b"\r\n\r\n")
    out.write(b"\r\n".join([head, *rng.sample(HEADERS, rng.randint(1, 2)), b"", body]))


def odd_status_line(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Begin with what is no status line."""
    whole = _answer(rng, asked, forward).as_bytes()
    out.write(rng.choice(STATUS_LINES) + b"\r\n" + whole.partition(b"\r\n")[2])


def other_length(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """State another length than that of the body."""
    body = _answer(rng, asked, forward).body
    lengths = [b"Content-Length: " + rng.choice(LENGTHS) for _ in range(rng.choice([1, 1, 2]))]
    out.write(b"\r\n".join([b"HTTP/1.1 200 OK", *lengths, b"", body]))


def cut_off(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Close the connection within the answer, or before it."""
    whole = _answer(rng, asked, forward).as_bytes()
    out.write(whole[: rng.choice([0, rng.randrange(40), rng.randrange(len(whole))])])


def compressed(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Compress: rightly, cut, damaged, twice, by another method than it says, or endlessly."""
    body = _answer(rng, asked, forward).body
    packed = gzip.compress(body)
    damaged = packed[:12] + rng.randbytes(4) + packed[16:]
    choices = [packed, packed[:-9], damaged, body, gzip.compress(packed), zlib.compress(body)]
    content = rng.choice([*choices, packed + packed, packed + b"rest", bomb()])
    method = ("Content-Encoding", rng.choice(["gzip", "gzip", "deflate", "x-gzip"]))
    out.write(Answer(200, content, (method,)).as_bytes())


@cache
def bomb() -> bytes:
    """Return 320 MB of blanks in gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(MOST >> 20)) + packer.flush()


def chunks(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Send chunks: of wrong sizes, without an end, with what is no size."""
    body = _answer(rng, asked, forward).body
    size = b"%x" % len(body)
    sizes = [
        size,
        size,
        b"%x" % (len(body) + 5),
        b"1",
        b"zz",
        b"-1",
        b"f" * 40,
        b"",
        b" 5 ",
        b"5;" * 9,
    ]
    end = rng.choice([b"0\r\n\r\n", b"", b"0\r\n", b"0\r\nX: y\r\n\r\n", rng.randbytes(9)])
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    out.write(head + rng.choice(sizes) + b"\r\n" + body + b"\r\n" + end)


def no_end(rng: Random, _: Asked, __: Forward, out: IO[bytes]) -> None:
    """Go on with headers, interim answers or a body until the other side has had enough."""
    head, more = rng.choice(
        [
            (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
            (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 50_000),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
            (b"", b"HTTP/1.1 102 Processing\r\nX: y\r\n\r\n"),
            (b"HTTP/1.1 200 OK\r\n\r\n[", b"0," * 30_000),
            (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 60_000),
            (b"HTTP/1.1 500 No\r\n\r\n", b" " * 60_000),
            (b"HTTP/1.1 302 No\r\nLocation: /\r\n\r\n", b" " * 60_000),
        ]
    )
    out.write(head)
    for _ in range(MOST // len(more)):
        out.write(more)


def slowly(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Send a byte now and then, longer than anybody waits."""
    whole = _answer(rng, asked, forward).as_bytes()
    for at in range(min(len(whole), 100)):
        out.write(whole[at : at + 1])
        time.sleep(0.05)


def reset(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> None:
    """Break the connection off, as a machine does that fails."""
    _answer(rng, asked, forward)
    raw = out._sock  # the writer of socketserver has it
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()


def twice(rng: Random, asked: Asked, forward: Forward, out: IO[bytes]) -> bool:
    """Send a second answer that nobody has asked for, and keep the connection."""
    whole = _answer(rng, asked, forward).as_bytes()
    out.write(whole + rng.choice([whole, Answer(200, rng.choice(ODD_TEXTS)).as_bytes(), b"{}"]))
    return True


HONEST: tuple[Way, ...] = (
    other_json, other_json, other_json, other_status, other_body, other_body, odd_header, cut_off,
    odd_status_line, other_length, compressed, chunks, no_end, slowly, reset,
)  # fmt: skip
"""Ways that break an answer; none of them makes one say what is not so."""


def _answer(rng: Random, asked: Asked, forward: Forward) -> Answer:
    """Return the sandbox's answer, or an empty one to a request that it never gets."""
    if asked.writes and rng.random() < 0.5:
        return Answer(200, b"")
    return forward()
