"""What people keep for themselves of the Matrix: views they saved, when they last looked. No history."""

from typing import ClassVar

from django.db import models

from destraba.models.accounts import Account
from destraba.models.declared import Declared
from destraba.values.keys import new_key


class SavedView(models.Model):
    """A way to look at the Matrix, under a name: what its address says after the question mark.

    Without a mesa it is one of the Matrix across mesas. What is shared is offered to all who read there.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    mesa = models.ForeignKey("destraba.Mesa", null=True, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(
        operational=("id", "mesa", "account", "name", "query", "is_shared", "saved_at")
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "mesa", "name"], name="view_name_once"),
            models.UniqueConstraint(
                fields=["account", "name"], condition=models.Q(mesa=None), name="programme_view_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MatrixVisit(models.Model):
    """Up to when somebody has seen a mesa's Matrix: what moved since is new to them."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    mesa = models.ForeignKey("destraba.Mesa", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    ledger: ClassVar[Declared] = Declared(operational=("id", "account", "mesa", "seen_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "mesa"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.mesa_id}"
