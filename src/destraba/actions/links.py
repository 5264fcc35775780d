"""Mailed links: made, opened, ended. Operational: the ledger has no part in secrets.

What is kept cannot be turned back into what was mailed: of the secret its SHA-256, of the short code an HMAC
under the installation's own key, since so few characters could be tried out by whoever steals a copy of the
table.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from destraba.models import Link, Mesa, Person
from destraba.rules.operations.links import (
    CODE_ALPHABET,
    CODE_LENGTH,
    LIFETIME,
    LinkPurpose,
    code_typed,
    grouped,
    link_refusal,
)

_SECRET_BYTES = 32
_LONGEST_SECRET = 200


@dataclass(frozen=True, slots=True)
class Made:
    """A new link. `secret` belongs behind the `#` of the mailed address and `code` beside it; neither is
    kept anywhere."""

    link: Link
    secret: str
    code: str


def make_link(
    *,
    purpose: LinkPurpose,
    person: Person,
    mesa: Mesa | None = None,
    scope: Iterable[str] = (),
    holds_until: datetime | None = None,
    now: datetime,
) -> Made:
    """A link for one person and one purpose, which holds as long as `rules.links` says, and at least until
    `holds_until`."""
    secret, code = secrets.token_urlsafe(_SECRET_BYTES), _new_code(now)
    link = Link.objects.create(
        purpose=purpose.value,
        person=person,
        mesa=mesa,
        scope=list(scope),
        secret=_digest(secret),
        code=_code_digest(code),
        created_at=now,
        expires_at=max(now + LIFETIME[purpose], holds_until or now),
    )
    return Made(link, secret, grouped(code))


def redeem(*, given: str, is_typed: bool = False, now: datetime) -> Link | None:
    """The link of a secret, counted as used; None if there is none that opens anything now, whatever the
    cause. `is_typed`: it may be the short code as well, for a door that counts how often it is tried."""
    code = code_typed(given) if is_typed else ""
    digest = {"code": _code_digest(code)} if code else {"secret": _digest(given[:_LONGEST_SECRET])}
    found = Link.objects.filter(**digest).order_by("-created_at")
    link = next((one for one in found if _opens(one, now)), None)
    if link is None:
        return None
    Link.objects.filter(pk=link.pk).update(used_count=F("used_count") + 1, last_used_at=now)
    link.refresh_from_db()
    return link


def revoke(*, link: Link, now: datetime) -> Link:
    """From now on it opens nothing, wherever it is open."""
    Link.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)
    link.refresh_from_db()
    return link


def remove_ended(*, before: datetime) -> int:
    """Remove the links that opened nothing any more by then; how many those were."""
    gone = Link.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))
    return gone.delete()[0]


def _opens(link: Link, now: datetime) -> bool:
    return link_refusal(link.expires_at, link.revoked_at, now) is None


def _new_code(now: datetime) -> str:
    """One that no link in force has."""
    while True:
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        if not Link.objects.filter(code=_code_digest(code), expires_at__gt=now).exists():
            return code


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _code_digest(code: str) -> str:
    return salted_hmac("destraba.links.code", code, algorithm="sha256").hexdigest()
