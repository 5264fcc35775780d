"""A mailed link that somebody opened a while ago: whether it still opens what it is for."""

from datetime import datetime
from uuid import UUID

from destraba.models import Link
from destraba.rules.operations.links import LinkPurpose, link_refusal


def link_in_force(link_id: UUID, purpose: LinkPurpose, now: datetime) -> Link | None:
    """The link, unless it ended or is for something else. One statement."""
    link = Link.objects.select_related("person").filter(pk=link_id, purpose=purpose.value).first()
    if link is None or link_refusal(link.expires_at, link.revoked_at, now):
        return None
    return link
