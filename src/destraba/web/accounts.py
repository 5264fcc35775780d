"""How the accounts library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: seats are given, and accounts with them."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
