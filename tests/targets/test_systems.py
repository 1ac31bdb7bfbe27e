"""The table of systems."""

import subprocess
import sys


def test_loading_the_targets_loads_no_http_client():
    heavy = "{'requests', 'urllib3', 'pyrate_limiter', 'requests_ratelimiter', 'orjson'}"
    code = f"import sys, importer.targets; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
