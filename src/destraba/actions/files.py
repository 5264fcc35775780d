"""Files are kept once, under the name of what is in them, and never written again.

The bytes are on the disk before the card that speaks of them is committed: what is on record is there.
"""

import hashlib

from destraba.actions.inputs import NAME, line
from destraba.ledger import kinds
from destraba.ledger.record import Recording
from destraba.models import File, Mesa
from destraba.models.files import place_of
from destraba.storage import keep
from destraba.values.errors import full_disk


def enter_file(change: Recording, mesa: Mesa, *, content: bytes, name: str, media_type: str) -> File:
    """Keep the bytes and enter their card, as part of a larger change of this mesa. Raises NoRoom."""
    digest = hashlib.sha256(content).hexdigest()
    place = place_of(digest)
    try:
        if not place.exists():
            keep(place, [content])
    except OSError as error:
        if full := full_disk(error):
            raise full from error
        raise
    card = File(
        programme_id=mesa.programme_id,
        mesa=mesa,
        sha256=digest,
        size=len(content),
        media_type=media_type,
        name=line("name", name, NAME),
    )
    return change.create(card, kinds.FILE_STORED)
