"""What every test may count on: a browser that is found, and the same machine behind each run."""

import os
from typing import Any

import pytest
from django.test import TransactionTestCase
from xdist.scheduler import LoadScopeScheduling

from destraba.ledger import triggers
from tests import factories

# The live server runs in a thread of its own beside Playwright's loop; Django refuses that otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "smoke: the one browser journey that also runs on SQLite")
    # pytest-base-url, which pytest-playwright brings, is not yet ready for pytest 10.
    config.addinivalue_line(
        "filterwarnings", "ignore:Session-scoped fixtures defined as instance:pytest.PytestRemovedIn10Warning"
    )


class OneWorkerForTheBrowser(LoadScopeScheduling):
    """Browser tests share one worker, from the start: side by side they only wait for each other.

    Playwright's plugin writes the browser's name into their ids. (Groups by mark are lost between pytest 9.2
    and xdist 3.8.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if "[chromium" in nodeid else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneWorkerForTheBrowser:
    return OneWorkerForTheBrowser(config, log)


@pytest.fixture
def cast(db: None) -> factories.Cast:
    """The programme, two mesas and everybody in them."""
    return factories.cast()


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
