"""`destraba search-rebuild`: make anew what the search finds things by."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from destraba.ledger.search.keeping import rebuild
from destraba.management.commanding import DestrabaCommand


class Command(DestrabaCommand):
    help = "Make anew, from the records, the words by which they are found. Nothing else is touched."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.progress(_("Reading every record…"))
        count = rebuild()
        self.progress("")
        said = ngettext("%(count)s record can be found.", "%(count)s records can be found.", count)
        self.stdout.write(said % {"count": count})
