"""Whether the ledger holds, and whether today's tables and files are what replaying it gives.

Three passes in constant memory: along every chain for bytes, hashes and openings; along every record for its
columns; then through every stored file. Derived and operational columns are not in the ledger, so nothing is
said of them. What this can't see: a chain and its head rewritten together from some event on, or cut off
together with the rows, by one who holds the database; for that one needs a checkpoint that somebody else
keeps.
"""

from collections.abc import Callable

from destraba.ledger.registry import ledgered_models
from destraba.ledger.verify.chains import verify_chains
from destraba.ledger.verify.failures import Failure, Places, Report
from destraba.ledger.verify.files import verify_files
from destraba.ledger.verify.records import verify_records
from destraba.ledger.verify.rows import snapshot

__all__ = ["Failure", "Report", "verify"]


def verify(progress: Callable[[int], None] = lambda _done: None) -> Report:
    """Check everything as of one moment. `progress` is told now and then how many events have been read."""
    report = Report()
    with snapshot():
        places = Places()
        verify_chains(report, places, progress)
        for object_type, model in sorted(ledgered_models().items()):
            verify_records(report, places, object_type, model)
        verify_files(report, places)
    return report
