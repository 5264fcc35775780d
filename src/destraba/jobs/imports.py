"""Brings a long spreadsheet in for whoever chose from it."""

from uuid import UUID

from destraba.exchange import uploads
from destraba.exchange.matrix.spreadsheets import Spreadsheet
from destraba.exchange.matrix.wishes import Wish, choice_of
from destraba.jobs.catalogue import Run
from destraba.models import Mesa
from destraba.values.actors import Actor, Via


def import_matrix(
    run: Run, account: str, mesa: str, token: str, person: str, about: str, href: str, *, keeps: bool = False
) -> dict[str, str]:
    """Where to go on then. The file waits no more, unless it `keeps` rows of other mesas: a second run finds
    nothing to do."""
    upload = uploads.find(UUID(account), UUID(token))
    if upload is None:
        return {"href": href}
    run.report(0, 0, "import_reading")
    spreadsheet = Spreadsheet(upload.name, upload.content())
    wish = Wish.from_plain(upload.notes(about))

    def progress(done: int, total: int) -> None:
        run.report(done, total, "import_writing")

    spreadsheet.brought_in(
        actor=Actor(UUID(person), Via.IMPORT),
        mesa=Mesa.objects.get(pk=mesa),
        choice=choice_of(upload.notes(f"{about}-choice")),
        sides=wish.sides,
        left_out=wish.left_out,
        now=run.now,
        progress=progress,
    )
    if not keeps:
        upload.forget()
    return {"href": href}
