"""A process of its own that raises a problem in a mesa for every line it reads, and tells its number.

python -m tests.ledger.stories.writer MESA
"""

import os
import sys
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from destraba.actions.matrix.problems import raise_problem  # noqa: E402
from destraba.models import Mesa  # noqa: E402
from tests.factories import NOW, command  # noqa: E402


def main(mesa_id: UUID) -> None:
    mesa = Mesa.objects.get(pk=mesa_id)
    tell("ready")
    for _ in sys.stdin:
        problem = raise_problem(actor=command(), mesa=mesa, title=f"Traba del proceso {os.getpid()}", now=NOW)
        tell(str(problem.number))


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(UUID(sys.argv[1]))
