"""How the accounts library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView
from django.conf import settings
from django.http import HttpRequest

from destraba.exchange.demo.cast import PASSWORD, PLAYERS
from destraba.ledger.labels import label


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: seats are given, and accounts with them."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False


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
