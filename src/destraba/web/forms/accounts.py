"""What the accounts library asks of forms here."""

from allauth.account.forms import UserTokenForm

from destraba.models import Account


class OpenAccountForm(UserTokenForm):  # type: ignore[misc]
    """The link to choose a password; that of a closed account opens nothing."""

    def _get_user(self, uidb36: str) -> Account | None:
        account: Account | None = super()._get_user(uidb36)
        return account if account and account.is_active else None
