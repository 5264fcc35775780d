"""What the installation needs to run: mail on its way out, and the links that mails carry. No history."""

from typing import ClassVar

from django.db import models

from destraba.models.declared import Declared
from destraba.models.fields import choices_of
from destraba.models.followup import Commitment
from destraba.models.people import Person
from destraba.rules.followup.nudges import Cause
from destraba.rules.operations.links import LinkPurpose
from destraba.rules.operations.mail import MailState
from destraba.values.keys import new_key


class Outbox(models.Model):
    """One mail to one address. `key` says what it is about, so that nothing is ever said twice.

    `message_id` is set when the mail is put here and never changes: a mail that goes out twice, because the
    machine died between handing it over and noting it, is shown once by the reader's mail program.
    `lease_until` and `leased_by` belong to the worker that is sending it now.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    key = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=40)
    mesa = models.ForeignKey("destraba.Mesa", null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.EmailField()
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    references = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices_of(MailState), default=MailState.WAITING.value)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    ledger: ClassVar[Declared] = Declared(
        operational=(
            "id",
            "key",
            "purpose",
            "mesa",
            "person",
            "to_name",
            "to_address",
            "from_name",
            "reply_to",
            "subject",
            "text",
            "html",
            "calendar",
            "calendar_method",
            "message_id",
            "references",
            "created_at",
            "not_before",
            "state",
            "attempts",
            "lease_until",
            "leased_by",
            "sent_at",
            "error",
        )
    )

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_next")]

    def __str__(self) -> str:
        return self.subject


class Nudge(models.Model):
    """That a mail reminds of a commitment, why and for which day: nobody is reminded twice of the same."""

    mail = models.ForeignKey(Outbox, on_delete=models.CASCADE, related_name="nudges")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="nudges")
    cause = models.CharField(max_length=16, choices=choices_of(Cause))
    step_on = models.DateField()

    ledger: ClassVar[Declared] = Declared(operational=("id", "mail", "commitment", "cause", "step_on"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mail", "commitment"], name="nudge_once_a_mail")]

    def __str__(self) -> str:
        return f"{self.cause} of {self.commitment_id}"


class Link(models.Model):
    """What a mailed address opens: one purpose, for one person. The secret itself is only in the mail.

    `scope` names what it may touch beyond the person's own rows, such as the minutes to be looked at.
    `secret` is kept as SHA-256, `code` as an HMAC under the installation's key; the code is short, for those
    whose browser runs no script, and its tries are counted.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    purpose = models.CharField(max_length=16, choices=choices_of(LinkPurpose))
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    mesa = models.ForeignKey("destraba.Mesa", null=True, on_delete=models.CASCADE, related_name="+")
    scope = models.JSONField(default=list)
    secret = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_count = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)

    ledger: ClassVar[Declared] = Declared(
        operational=(
            "id",
            "purpose",
            "person",
            "mesa",
            "scope",
            "secret",
            "code",
            "created_at",
            "expires_at",
            "revoked_at",
            "used_count",
            "last_used_at",
        )
    )

    def __str__(self) -> str:
        return f"{self.purpose} for {self.person_id}"
