"""Whether every file on record lies where it should, with exactly the bytes that its card names."""

import hashlib

from destraba.ledger.registry import ledgered_models
from destraba.ledger.verify.failures import Places, Report
from destraba.ledger.verify.rows import rows
from destraba.ledger.verify.stored import key
from destraba.models.files import File, place_of

_PIECE = 1 << 20


def verify_files(report: Report, places: Places) -> None:
    """Codes: `file_missing`, `file_altered`; the detail is the SHA-256 on record. Each file is read once."""
    object_type = next(name for name, model in ledgered_models().items() if model is File)
    judged: dict[str, str] = {}
    for row in rows(File, ["id", "sha256", "mesa_id"], order=["id"]):
        digest = str(row["sha256"])
        if digest not in judged:
            judged[digest] = _judged(digest)
        if judged[digest]:
            values = {"mesa": key(row["mesa_id"]) if row["mesa_id"] else None}
            report.add(places.record(judged[digest], object_type, key(row["id"]), values, detail=digest))


def _judged(digest: str) -> str:
    """The code of what is wrong with the stored bytes; blank where nothing is."""
    found = hashlib.sha256()
    try:
        with place_of(digest).open("rb") as stored:
            while piece := stored.read(_PIECE):
                found.update(piece)
    except OSError:
        return "file_missing"
    return "" if found.hexdigest() == digest else "file_altered"
