"""LibreOffice of the machine in, workbooks as it reads and writes them out.

Without it, these tests are left out, and say so.
"""

import shutil
import subprocess

import pytest

AS_WORKBOOK = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """Has LibreOffice convert files, all in one process that shares nothing with another one."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("There is no LibreOffice here: install its Calc.")
    profile = tmp_path_factory.mktemp("office").as_uri()

    def convert(files, folder, kind=AS_WORKBOOK):
        folder.mkdir(exist_ok=True)
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile}"]
        said = subprocess.run(
            [program, *options, "--convert-to", kind, "--outdir", folder, *files],
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        assert "Error" not in said.stderr + said.stdout, said
        return folder

    return convert
