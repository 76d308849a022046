"""What `dev.py` makes of a command line."""

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("dev", Path(__file__).parents[1] / "dev.py")
assert SPEC is not None
assert SPEC.loader is not None
dev = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(dev)


@pytest.mark.parametrize(
    ("arguments", "cores", "workers"),
    [
        ([], 2, "2"),
        (["-q", "--cov=gigadesk", "--color=no", "-x"], 2, "2"),
        (["tests/ui"], 3, "3"),
        ([], 64, "4"),
        ([], 1, None),
        (["-n", "8"], 2, None),
        (["-n0"], 2, None),
        (["--numprocesses=8"], 2, None),
        (["-p", "no:xdist"], 2, None),
        (["--pdb"], 2, None),
        (["-sv"], 2, None),
        (["tests/test_dev.py"], 2, None),
        (["tests/test_dev.py::test_x"], 2, None),
        (["tests", "-k", "name"], 2, None),
    ],
    ids=str,
)
def test_all_tests_are_shared_out_unless_that_hinders(arguments, cores, workers):
    options = dev.worker_options(arguments, cores)

    assert options == ([] if workers is None else ["-n", workers, "--dist", "worksteal"])
