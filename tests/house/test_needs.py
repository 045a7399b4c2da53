"""`needs`: what is absent skips by name on a newcomer's machine, and fails in CI."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

NEEDY = """
import pytest

@pytest.mark.needs("redis")
def test_that_needs_redis():
    raise AssertionError("must not run")
"""


@pytest.mark.parametrize(("ci", "outcome"), [("true", "errors"), ("", "skipped")])
def test_what_is_absent_is_said_by_name(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str
) -> None:
    pytester.makeconftest(Path(__file__).parents[1].joinpath("conftest.py").read_text())
    pytester.makepyfile(NEEDY)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", str(pytester.path))
    result = pytester.runpytest_inprocess("-rs", "-p", "no:asyncio")
    assert result.parseoutcomes() == {outcome: 1}
    result.stdout.fnmatch_lines(["*redis is not on this machine (apt-get install redis-server)*"])
