"""A real SMTP server in this process, which can be in a bad mood."""

import asyncio
import socket
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class PostOffice:
    """Keeps what it takes. `moods` answers for a mailbox in place of a plain yes, as often as is listed."""

    def __init__(self) -> None:
        self.host = "127.0.0.1"
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.moods: dict[str, list[str]] = {}
        self.hang_ups: Counter[str] = Counter()
        self.most_per_connection = 0
        self.seconds_per_mail = 0.0
        self.connections = 0
        self._controller = Controller(self, hostname=self.host, port=self.port)

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        self.connections = 0  # the controller has tried the door itself
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._controller.stop()

    @property
    def addressees(self) -> list[str]:
        return [message["To"].addresses[0].addr_spec for message in self.taken]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        session.taken = 0  # type: ignore[attr-defined]
        self.connections += 1
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.most_per_connection and session.taken >= self.most_per_connection:  # type: ignore[attr-defined]
            return "421 enough for one connection"
        if self.moods.get(address):
            return self.moods[address].pop(0)
        envelope.mail_from = address
        return OK

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hang_ups[address]:
            self.hang_ups[address] -= 1
            server.transport.close()
            return OK
        if self.moods.get(address):
            return self.moods[address].pop(0)
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.seconds_per_mail)
        content = envelope.original_content or b""
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        session.taken += 1  # type: ignore[attr-defined]
        return OK


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
