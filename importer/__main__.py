"""Run `python -m importer` like the command `importer`."""

from importer.cli.app import main

if __name__ == "__main__":
    main()
