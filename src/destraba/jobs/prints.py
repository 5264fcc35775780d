"""Sets a long Matrix on paper for whoever asked for it."""

from uuid import UUID

from destraba.documents.matrix.prints import print_out
from destraba.jobs.catalogue import Run


def print_matrix(run: Run, account: str, mesa: str, token: str, lines: int, href: str) -> dict[str, str]:
    """Where it lies then."""
    run.report(0, 0, "printing")
    print_out(UUID(account), UUID(mesa), UUID(token))
    run.report(lines, lines, "printing")
    return {"href": href}
