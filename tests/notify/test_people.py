"""People get a mail or a chat message through apprise, over real servers on loopback."""

import json
import logging
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from importer.notify import Channels, Event, Message, deliver

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise's own

MESSAGE = Message(event=Event.HELD, job="glossary", target="atlan", counts={"held": 4})


class Mailbox:
    """Keeps the mails that an SMTP server gets."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def test_a_mail_has_the_title_and_the_three_lines(mailbox, monkeypatch):
    address = f"mailto://127.0.0.1:{mailbox.port}?from=a@example.com&to=b@example.com&mode=insecure"
    monkeypatch.setenv("MAIL", address)
    assert deliver(Channels(people=("MAIL",)), MESSAGE).failures == ()
    (mail,) = mailbox.mails
    assert mail["Subject"] == "glossary into atlan: rows wait for approval"
    body = mail.get_body(("plain", "html")).get_content()
    assert "Failed: 4 held." in body


def test_a_chat_message_says_how_serious_it_is(receiver, monkeypatch):
    monkeypatch.setenv("CHAT", f"json://{receiver.host}/room")
    assert deliver(Channels(people=("CHAT",)), MESSAGE).arrived == 1
    got = json.loads(receiver.got[0].body)
    assert (got["title"], got["message"], got["type"]) == (MESSAGE.title, MESSAGE.text, "warning")


def test_what_fails_names_the_variable_and_never_the_address(receiver, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    receiver.answers = [500]
    monkeypatch.setenv("CHAT", f"json://user:very-secret@{receiver.host}/room")
    monkeypatch.setenv("OTHER", "no-such-service://very-secret")
    delivery = deliver(Channels(people=("CHAT", "OTHER", "UNSET")), MESSAGE)
    assert delivery.failures == (
        "The message to CHAT failed: it did not arrive at all of its addresses.",
        "The message to OTHER failed: it holds an address that apprise does not know.",
        "The message to UNSET failed: the variable UNSET is not set.",
    )
    assert delivery.lost
    assert "very-secret" not in caplog.text + "".join(capfd.readouterr())


def test_one_channel_that_fails_stops_no_other(receiver, monkeypatch):
    monkeypatch.setenv("CHAT", f"json://{receiver.host}/room")
    delivery = deliver(Channels(people=("UNSET", "CHAT")), MESSAGE)
    assert (delivery.arrived, delivery.lost) == (1, False)
