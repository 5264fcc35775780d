"""What the web server calls."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.utils import DatabaseError

from destraba.startup import one_sentence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "destraba.settings")
with one_sentence():
    application = get_wsgi_application()


def refuse_without_triggers() -> None:
    """No page is served while the ledger could be rewritten unseen; a database may still be on its way."""
    from destraba.ledger import triggers  # circular: models exist once the application does

    taken_before = connection.connection is not None
    try:
        gone = triggers.missing()
    except DatabaseError:
        return
    finally:
        if not taken_before:
            connection.close()  # back to the pool: this thread answers no request
    if gone:
        sys.exit("The ledger's triggers are missing: run destraba prepare. destraba doctor names them.")


refuse_without_triggers()

# What stands now stands until the end: the collector needs not walk through it, nor stop a page so often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
