"""Each file of data/deploy, and the tool that reads it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.house.reference import ROOT

DEPLOY = ROOT / "data" / "deploy"
PROGRAM = "/srv/importer/.venv/bin/importer"
KUBERNETES = "1.31"
DAG = """
import sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
print(bag.import_errors or "", file=sys.stderr)
dag = bag.dags["importer_glossary"]
(task,) = dag.tasks
print(task.skip_on_exit_code, bool(bag.import_errors))
"""


class NotHere(Exception):
    """A tool is not on this machine."""


def tool(name):
    """The path of a program: of this environment, or of the system."""
    own = Path(sys.executable).parent / name
    found = str(own) if own.exists() else shutil.which(name)
    if not found:
        raise NotHere(f"{name} is not on this machine")
    return found


def ran(*command, **more):
    """What a command says; wrong where it ends with another status than 0."""
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@contextmanager
def as_installed():
    """A folder with the units, whose program is one that is here."""
    with tempfile.TemporaryDirectory() as folder:
        for unit in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
            text = unit.read_text().replace(PROGRAM, sys.executable)
            text = re.sub(r"(?m)^(User|EnvironmentFile|WorkingDirectory)=.*\n", "", text)
            Path(folder, unit.name).write_text(text)
        yield Path(folder)


def systemd():
    """Units and timer load without a word."""
    analyze = tool("systemd-analyze")
    with as_installed() as folder:
        for name in ("importer-worker.service", "importer-job@.service", "importer-job@.timer"):
            said = ran(analyze, "verify", "--man=no", name, cwd=folder)
            ours = [line for line in said.splitlines() if "importer" in line]
            assert not ours, "\n".join(ours)
    timer = (DEPLOY / "importer-job@.timer").read_text()
    ran(analyze, "calendar", re.search(r"OnCalendar=(.*)", timer)[1])
    return "systemd-analyze verify and calendar"


def kubernetes():
    """The CronJob is one by the schema of Kubernetes."""
    ran(tool("kubernetes-validate"), "--strict", "-k", KUBERNETES, DEPLOY / "cronjob.yaml")
    return f"kubernetes-validate {KUBERNETES}, strict"


def airflow():
    """Airflow's own parser finds the DAG, and its task skips on 99."""
    python = os.environ.get("AIRFLOW")
    if not python:
        raise NotHere("AIRFLOW names no Python with Airflow")
    with tempfile.TemporaryDirectory() as home:
        shutil.copy(DEPLOY / "airflow_dag.py", home)
        environment = {**os.environ, "AIRFLOW_HOME": home, "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
        said = ran(python, "-c", DAG, Path(home, "airflow_dag.py"), env=environment)
    assert "[99] False" in said, said
    return "Airflow's DagBag"


def dockerfile():
    """The Dockerfile is clean, and its steps are README's."""
    text = (DEPLOY / "Dockerfile").read_text()
    readme = (ROOT / "README.md").read_text()
    command = re.search(r"<!-- command: demo -->\n```sh\n(.*)\n```", readme)[1]
    assert f"RUN {command}\n" in text, f"README says: {command}"
    ran(tool("hadolint"), DEPLOY / "Dockerfile")
    return "hadolint, and README's command is a step of it"


def workflow():
    """The workflow is YAML with a schedule and steps, and one run at a time."""
    import yaml

    found = yaml.safe_load((DEPLOY / "github-workflow.yml").read_text())
    assert found[True]["schedule"][0]["cron"]  # YAML 1.1 takes `on` for yes
    assert found["concurrency"]["cancel-in-progress"] is False
    steps = [step.get("run", step.get("uses")) for step in found["jobs"]["glossary"]["steps"]]
    assert any("importer jobs run glossary" in step for step in steps), steps
    return "YAML only: GitHub's own check is not on PyPI"


CHECKS = {
    "importer-*.service, importer-job@.timer": systemd,
    "cronjob.yaml": kubernetes,
    "airflow_dag.py": airflow,
    "github-workflow.yml": workflow,
    "Dockerfile": dockerfile,
}
