from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation

from tests.factories import NOW, Player
from tests.web.visits import Visitor


@pytest.fixture
def that_thursday() -> Iterator[None]:
    """It is nine in the morning in Lima on 15 June 2017, and pages are read in English."""
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def visit() -> Callable[[Player | None], Visitor]:
    """Somebody at a browser that asks for English."""

    def at_the_door(player: Player | None = None) -> Visitor:
        visitor = Visitor(player)
        visitor.client.cookies["django_language"] = "en"
        return visitor

    return at_the_door
