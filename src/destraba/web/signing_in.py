"""The way to the sign-in page and back."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import resolve_url


def sign_in_address(request: HttpRequest) -> str:
    """The sign-in page, which leads back to a page of this site that was read with GET, and to no other."""
    address = resolve_url("account_login")
    return f"{address}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else address
