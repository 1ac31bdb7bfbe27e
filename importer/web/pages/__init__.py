"""The pages, one module each: its functions, and the names of its templates."""

from importer.web.pages import (
    account,
    alive,
    audit,
    cell,
    columns,
    downloads,
    findings,
    fixes,
    importing,
    jobs,
    people,
    plan,
    provider,
    questions,
    run_acting,
    runs,
    shared,
    sign_in,
    start,
    uploads,
    workbooks,
)

WAY = (
    uploads,
    columns,
    questions,
    findings,
    cell,
    fixes,
    plan,
    importing,
    jobs,
    downloads,
    runs,
    run_acting,
    shared,
)
FRAME = (start, workbooks, sign_in, provider, account, people, jobs, audit, alive)
ROUTERS = tuple(page.router for page in (*FRAME, *WAY))
"""What every page answers to; the application includes them all."""
