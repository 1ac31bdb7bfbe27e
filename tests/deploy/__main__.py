"""Check what stands in data/deploy by the tools that read it: `python -m tests.deploy`.

`AIRFLOW=PYTHON` names the Python of an environment in which Airflow is installed; a tool that is
not here is said to be missing, and is no mistake.
"""

import sys

from tests.deploy.checks import CHECKS, NotHere


def main():
    """Print a line for each file; return 1 where one is wrong."""
    wrong = 0
    for name, check in CHECKS.items():
        try:
            said = check()
        except NotHere as missing:
            sys.stdout.write(f"{name}: not checked, {missing}\n")
        except AssertionError as error:
            wrong += 1
            sys.stdout.write(f"{name}: WRONG\n{error}\n")
        else:
            sys.stdout.write(f"{name}: right, {said}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
