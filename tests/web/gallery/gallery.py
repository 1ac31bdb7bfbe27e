"""A page that shows every component in every state, for tests and for those who make pages."""

from pathlib import Path

from fastapi import APIRouter
from jinja2 import ChoiceLoader, FileSystemLoader
from starlette.responses import HTMLResponse

from importer.web import looks
from importer.web.page import Here
from importer.web.pagination import Pagination
from importer.web.pictures.bar import bar

router = APIRouter()

FOLDER = Path(__file__).parent
COUNTS = {
    "created": 1204,
    "updated": 310,
    "moved": 4,
    "deleted": 2,
    "unchanged": 8410,
    "merged": 12,
    "skipped": 3,
    "invalid": 212,
    "rejected": 7,
    "blocked": 40,
    "held": 95,
    "unknown": 1,
    "pending": 0,
}
STEPS = (
    ("Template", "/gallery"),
    ("Files", "/gallery"),
    ("Columns", ""),
    ("Findings", ""),
    ("Plan", ""),
    ("Import", ""),
    ("Result", ""),
)


@router.get("/gallery")
def gallery(page: Here) -> HTMLResponse:
    env = looks.environment()
    both = ChoiceLoader([env.loader, FileSystemLoader(FOLDER)])
    shown = env.overlay(loader=both).get_template("gallery.html")
    facts = looks._frame(page.request.scope)
    return HTMLResponse(
        shown.render(
            **facts,
            bar=bar("What became of the rows", COUNTS),
            pages=Pagination.of("/gallery", 2, 1234),
            steps=STEPS,
            outcomes=COUNTS,
        )
    )
