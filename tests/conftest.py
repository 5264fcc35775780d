"""What every test may count on: a browser that is found, and the same machine behind each run."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from destraba.ledger import triggers
from destraba.queries import jobs
from tests import factories

# The live server runs in a thread of its own beside Playwright's loop; Django refuses that otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "smoke: the one browser journey that also runs on SQLite")
    # pytest-base-url, which pytest-playwright brings, is not yet ready for pytest 10.
    config.addinivalue_line(
        "filterwarnings", "ignore:Session-scoped fixtures defined as instance:pytest.PytestRemovedIn10Warning"
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what touches no database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--database-only"):
        return
    left_out = [item for item in items if not touches_the_database(item)]
    items[:] = [item for item in items if touches_the_database(item)]
    config.hook.pytest_deselected(items=left_out)


def touches_the_database(item: pytest.Item) -> bool:
    """Whether pytest-django lets this test at the database that the settings name."""
    fixtures = {"db", "transactional_db", "live_server"}
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & set(getattr(item, "fixturenames", ()))
    )


SHARED = ("tests/exchange/demo/test_load.py", "tests/management/test_moving.py")
"""Files whose tests share something dear, which each worker that had one of them would make anew."""


class Together(LoadScopeScheduling):
    """Browser tests share one worker, from the start: side by side they only wait for each other. The tests
    of a file with something dear share one too; any other test goes to whoever is free.

    Playwright's plugin writes the browser's name into their ids. (Groups by mark are lost between pytest 9.2
    and xdist 3.8.)
    """

    def _split_scope(self, nodeid: str) -> str:
        if "[chromium" in nodeid:
            return "browser"
        file = nodeid.partition("::")[0]
        return file if file in SHARED else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture
def cast(db: None) -> factories.Cast:
    """The programme, two mesas and everybody in them."""
    return factories.cast()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Each test begins in the language of its own words, whatever the one before it left active."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _work_is_not_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask that once a minute, so which test would count the statement depends on their order."""
    monkeypatch.setattr(jobs.Watch, "look", lambda _watch, _now: None)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_past_the_ledger() -> None:
    """A test without a transaction around it is tidied up by emptying every table; the ledger refuses."""
    empty_tables = TransactionTestCase._fixture_teardown

    def past_the_ledger(case: TransactionTestCase) -> None:
        with triggers.removed():
            empty_tables(case)

    TransactionTestCase._fixture_teardown = past_the_ledger  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `./run test` found; as root it will not start inside its sandbox."""
    chromium = os.environ.get("CHROMIUM")
    found = {"executable_path": chromium} if chromium else {}
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, **found, "args": arguments}
