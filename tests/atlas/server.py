"""Start an Apache Atlas of one's own, wait until it answers, and stop it."""

import contextlib
import socket
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.atlas.configuration import (
    ADMIN,
    LOGGING,
    Ports,
    application_properties,
    policy,
    users,
)
from tests.atlas.war import Unavailable, java, unpacked_war

MINUTES = 8
"""How long the server may take to answer."""

SCRIPT = Path(__file__).with_name("start.groovy")


@dataclass
class Server:
    """A server that runs: its address and its process."""

    address: str
    process: subprocess.Popen | None = None

    def stop(self):
        """End the process, where it is one of ours."""
        if self.process:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
            self.process.kill()


def start(cache, folder, port=0):
    """Start a server with an empty store in `folder`; return it when it answers.

    Raises: Unavailable where something is missing or the server does not answer.
    """
    application, runtime = unpacked_war(cache), java(cache)
    ports = _free_ports(port)
    _write_configuration(folder, ports, application)
    sys.stderr.write("Starting Apache Atlas 2.1.0, which takes a minute or two.\n")
    with (folder / "logs/console.log").open("wb") as log:
        process = subprocess.Popen(
            _command(runtime, application, folder, ports),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    server = Server(f"http://127.0.0.1:{ports.http}", process)
    try:
        _wait(server, folder)
    except BaseException:
        server.stop()
        raise
    return server


def _free_ports(http):
    with contextlib.ExitStack() as sockets:
        opened = [sockets.enter_context(socket.socket()) for _ in range(4)]
        for each, wanted in zip(opened, (http, 0, 0, 0), strict=True):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            each.bind(("127.0.0.1", wanted))
        return Ports(*(each.getsockname()[1] for each in opened))


def _write_configuration(folder, ports, application):
    for name in ("conf", "logs", "solr", "zookeeper", "models"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    texts = {
        "atlas-application.properties": application_properties(folder, ports),
        "users.properties": users(),
        "policy.json": policy(),
        "log4j.properties": LOGGING,
    }
    for name, text in texts.items():
        (folder / "conf" / name).write_text(text, encoding="utf-8")
    _unpack_core_template(application, folder)


def _unpack_core_template(application, folder):
    """Take the configuration of the search index from the war's own test tools."""
    prefix = "solr/core-template/"
    with zipfile.ZipFile(application / "WEB-INF/lib/atlas-testtools-2.1.0.jar") as jar:
        for name in jar.namelist():
            if name.startswith(prefix) and not name.endswith("/"):
                path = folder / name.removeprefix("solr/")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))


def _command(runtime, application, folder, ports):
    classes = (folder / "conf", application / "WEB-INF/classes", f"{application}/WEB-INF/lib/*")
    properties = {
        "java.net.preferIPv4Stack": "true",
        "jetty.testMode": "true",  # Solr listens on the loopback address
        "java.io.tmpdir": folder / "logs",
        "log4j.configuration": "log4j.properties",
        "atlas.home": folder,
        "atlas.conf": folder / "conf",
        "atlas.data": folder,
        "atlas.log.dir": folder / "logs",
    }
    return [
        runtime,
        "-Xmx2g",
        *(f"-D{name}={value}" for name, value in properties.items()),
        "-cp",
        ":".join(map(str, classes)),
        "groovy.ui.GroovyMain",
        *map(str, (SCRIPT, folder, ports.zookeeper, ports.http, application)),
    ]


def _wait(server, folder):
    end = time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise Unavailable(
                f"Apache Atlas ended with {server.process.returncode}: see {folder}/logs."
            )
        if _is_active(server.address):
            return
        time.sleep(1)
    raise Unavailable(f"Apache Atlas did not answer in {MINUTES} minutes: see {folder}/logs.")


def _is_active(address):
    with contextlib.suppress(requests.RequestException, ValueError):
        answer = requests.get(f"{address}/api/atlas/admin/status", auth=ADMIN, timeout=10)
        return answer.ok and answer.json().get("Status") == "ACTIVE"
    return False
