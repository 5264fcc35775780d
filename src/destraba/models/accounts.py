"""Who signs in, and who read what. Operational: neither has a history of its own."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from destraba.models.declared import Declared
from destraba.values.keys import new_key

if TYPE_CHECKING:
    _Manager = BaseUserManager["Account"]
else:
    _Manager = BaseUserManager


class AccountManager(_Manager):
    """Makes accounts; the address is normalised to lower case, since people type it as they like."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A key to the door. What it opens comes from the seats its person holds today.

    `desk_seen_at`: up to when its holder has said to have seen what changed.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        "destraba.Person", null=True, on_delete=models.PROTECT, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    desk_seen_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()

    ledger: ClassVar[Declared] = Declared(
        operational=(
            "id",
            "email",
            "password",
            "last_login",
            "person",
            "is_active",
            "is_administrator",
            "language",
            "created_at",
            "desk_seen_at",
        )
    )

    def __str__(self) -> str:
        return self.email


class ReadLog(models.Model):
    """One line each time somebody reads a confidential page or takes an export."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    mesa = models.ForeignKey("destraba.Mesa", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    detail = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField()

    ledger: ClassVar[Declared] = Declared(
        operational=("id", "at", "account", "mesa", "what", "detail", "request_id")
    )

    def __str__(self) -> str:
        return f"{self.what} at {self.at:%Y-%m-%d %H:%M}"
