"""One pass of importer's job `glossary` each night; where nothing is new the task is skipped."""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG(
    dag_id="importer_glossary",
    schedule="0 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["importer"],
):
    BashOperator(
        task_id="glossary",
        bash_command=(
            "exec /srv/importer/.venv/bin/importer jobs run glossary "
            "--config /etc/importer/importer.toml --skip-exit-code 99 --log-format json"
        ),
        append_env=True,
        skip_on_exit_code=99,
        retries=2,
        retry_delay=timedelta(minutes=10),
        execution_timeout=timedelta(hours=4),
    )
