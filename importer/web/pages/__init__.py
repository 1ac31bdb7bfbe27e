"""The pages, one module each: its functions, and the names of its templates."""

from importer.web.pages import account, alive, audit, people, sign_in, start

ROUTERS = tuple(page.router for page in (start, sign_in, account, people, audit, alive))
"""What every page answers to; the application includes them all."""
