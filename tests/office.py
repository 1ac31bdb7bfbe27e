"""The machine's LibreOffice, which opens and saves workbooks in tests.

Without LibreOffice, such tests are skipped.
"""

import shutil
import subprocess

import pytest

AS_WORKBOOK = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Convert files with LibreOffice, in a process with a profile of its own."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("There is no LibreOffice here: install its Calc.")
    profile = tmp_path_factory.mktemp("office").as_uri()

    def convert(files, folder, kind=AS_WORKBOOK):
        folder.mkdir(exist_ok=True)
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile}"]
        done = subprocess.run(
            [program, *options, "--convert-to", kind, "--outdir", folder, *files],
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        assert "Error" not in done.stderr + done.stdout, done
        return folder

    return convert
