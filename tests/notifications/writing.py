"""Mails as the product would write them, and as somebody with bad intentions would."""

from itertools import count
from typing import Any

from destraba.models import Outbox
from destraba.notifications.outbox import post
from tests.factories import NOW, Cast

_NUMBERS = count(1)


def letter(cast: Cast, **changed: Any) -> dict[str, Any]:
    """What Ana of the team writes to Lucía, the liaison of SERFOR."""
    usual = {
        "key": f"notice:{next(_NUMBERS)}",
        "purpose": "notice",
        "mesa": cast.forestal,
        "person": cast.lucia.person,
        "to_name": "Lucía Farfán",
        "to_address": "lucia@example.pe",
        "from_name": "Ana P., Mesa Forestal",
        "reply_to": ["ana@example.pe", "mesa.forestal@example.pe"],
        "subject": "Vence el 30 de junio: aprobar la directiva de la guía electrónica",
        "text": "Estimada Lucía:\n\nC-1 vence el 30 de junio. https://destraba.example/u#abc\n",
        "now": NOW,
    }
    return usual | changed


def write(cast: Cast, **changed: Any) -> Outbox:
    mail = post(**letter(cast, **changed))
    assert mail is not None
    return mail


def to(cast: Cast, *names: str) -> list[Outbox]:
    """A mail to each of these mailboxes, in this order."""
    return [write(cast, to_address=f"{name}@example.pe") for name in names]
