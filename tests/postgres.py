"""Runs a command with DESTRABA_DATABASE_URL naming a PostgreSQL in which tests may make databases.

    python tests/postgres.py pytest ...

Tried in this order: the server that DESTRABA_TEST_POSTGRES names; one that answers on this machine; a
private cluster in a temporary folder, gone when the command ends. Exits with the command's own code, or
with 69 (EX_UNAVAILABLE) when there is no server and no program to start one.
"""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

LOCAL = ("127.0.0.1:5432", quote("/var/run/postgresql", safe=""))
# Nothing here has to survive a crash, so nothing waits for the disk.
HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


def main(command: list[str]) -> int:
    with server() as address:
        if address is None:
            return os.EX_UNAVAILABLE
        environment = os.environ | {
            # A name of its own, so that two runs on one server do not take each other's database away.
            "DESTRABA_DATABASE_URL": f"{address}/destraba_{os.getpid()}",
            "PGOPTIONS": "-c synchronous_commit=off",
        }
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def server() -> Iterator[str | None]:
    named = os.environ.get("DESTRABA_TEST_POSTGRES", "").rstrip("/")
    found = next(filter(may_make_databases, [named] if named else local_addresses()), None)
    programs = None if found or named else newest_programs()
    if programs is None:
        yield found
    else:
        with private_cluster(programs) as address:
            yield address


def local_addresses() -> list[str]:
    users = dict.fromkeys(["postgres", getpass.getuser()])
    return [f"postgres://{user}@{place}" for place in LOCAL for user in users]


def may_make_databases(address: str) -> bool:
    question = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(f"{address}/postgres", connect_timeout=3) as connection:
            return connection.execute(question).fetchone() == (True,)
    except psycopg.Error:
        return False


def newest_programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps one a version, outside PATH."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def private_cluster(programs: Path) -> Iterator[str]:
    # PostgreSQL refuses to run as root, who therefore lends the folder to the package's own user.
    owner = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="destraba-") as folder:
        if owner:
            shutil.chown(folder, owner, owner)
        data = f"{folder}/data"

        def run(program: str, *arguments: str, check: bool = True) -> None:
            subprocess.run(
                [programs / program, "-D", data, *arguments],
                check=check, cwd=folder, user=owner, group=owner, extra_groups=[] if owner else None,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        settings = " ".join(f"-c {setting}" for setting in (*HURRIED, f"unix_socket_directories={folder}"))
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"postgres://postgres@{quote(folder, safe='')}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop", check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
