"""Run `python -m importer` like the command `importer`."""

from importer.cli.startup import hold


def main() -> None:
    """Run the command line; a signal that comes while it is loaded waits until it has begun."""
    hold()
    from importer.cli.app import main as command_line

    command_line()


if __name__ == "__main__":
    main()
