"""Command-line arguments in, an exit status out."""

from __future__ import annotations

from importer.cli.app import app


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
