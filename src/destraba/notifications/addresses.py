"""Addresses of this installation for what travels: no request has a say in its host."""

from django.conf import settings
from django.urls import reverse


def address_of(name: str, *args: object, **kwargs: object) -> str:
    """The whole address of a page, by the name of its route."""
    return site() + reverse(name, args=args, kwargs=kwargs)


def site() -> str:
    """Scheme and host, without a slash behind."""
    return settings.SITE_URL or f"https://{settings.ALLOWED_HOSTS[0]}"


def link_address(secret: str) -> str:
    """Where a mailed link leads. What stands behind the `#` is sent by no browser and kept by no log."""
    return f"{address_of('link')}#{secret}"
