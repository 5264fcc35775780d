"""How the accounts library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from destraba.exchange.demo.cast import PASSWORD, PLAYERS
from destraba.ledger.labels import label
from destraba.notifications.addresses import site


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: seats are given, and accounts with them."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the address of this installation, whatever host the request named."""
        return password_address(key)


def password_address(secret: str) -> str:
    """Where whoever has the secret chooses a password."""
    account, _dash, token = secret.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": account, "key": token})
    return site() + path


class SignInView(LoginView):  # type: ignore[misc]
    """The sign-in page; in the demo, and only there, with the accounts that one can try."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.IS_DEMO:
            context["demo_password"] = PASSWORD
            context["demo_accounts"] = [
                (player.name, label(player.role) if player.role else player.title, player.email)
                for player in PLAYERS
            ]
        return context
