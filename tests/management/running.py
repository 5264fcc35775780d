"""Commands as somebody at a terminal has them: what they print, and how they end."""

import io
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection

from destraba.models import Head


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    said: str
    complained: str


def run(*arguments: str) -> Ran:
    """What a command printed, and its exit code."""
    said, complained = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(*arguments, stdout=said, stderr=complained)
    except SystemExit as end:
        code = int(str(end.code or 0))
    return Ran(code, said.getvalue(), complained.getvalue())


def everything() -> dict[str, int]:
    """How many rows every table has, and how far every chain has come."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("destraba_"):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
                counts[table] = cursor.fetchone()[0]
    return {**counts, **{str(head.stream): head.seq for head in Head.objects.all()}}
