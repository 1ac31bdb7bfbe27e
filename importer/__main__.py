"""Command-line arguments in, an exit status out."""

from importer.cli.app import main

if __name__ == "__main__":
    main()
