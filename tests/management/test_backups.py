"""`destraba backup` and `restore`: an installation in one file, and back."""

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from destraba.actions.files import enter_file
from destraba.exchange.backups import check
from destraba.ledger import tables, triggers
from destraba.ledger.record import recording
from destraba.ledger.verify import verify
from destraba.models import Account, Outbox
from destraba.rules.operations.mail import MailState
from tests.exchange.matrix.tables import FIRST, bring
from tests.factories import NOW, Cast, command
from tests.management.running import Ran, run

ROOT = Path(__file__).parents[2]
CONTENT = b"lo que se entrego"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
EVENTS = "tables/destraba_event.jsonl"
COMMITMENTS = "tables/destraba_commitment.jsonl"
FILE = f"files/{DIGEST}"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    settings.HOME.mkdir()
    return Path(settings.HOME)


@pytest.fixture
def lived(cast: Cast, home: Path) -> Cast:
    """A mesa with its Matrix, a file, a mail that was sent and one that waits, and somebody signed in."""
    bring(FIRST, cast.forestal)
    with recording(actor=command(), now=NOW, streams=[cast.forestal.pk]) as change:
        enter_file(change, cast.forestal, content=CONTENT, name="acta.pdf", media_type="application/pdf")
    for state in (MailState.SENT, MailState.WAITING):
        Outbox.objects.create(
            key=state,
            message_id=f"<{state}@x>",
            purpose="test",
            to_address="rosa@adex.example",
            subject="Ñandú",
            text="x",
            state=state,
            created_at=NOW,
            not_before=NOW,
        )
    Session.objects.create(session_key="k", session_data="x", expire_date=NOW)
    return cast


@pytest.fixture
def kept(lived: Cast, tmp_path: Path) -> Path:
    """The backup of all that."""
    path = tmp_path / "kept.zip"
    assert run("backup", str(path)).code == 0
    return path


def contents() -> dict[str, list[str]]:
    """Every row of every table that is kept, whatever the order."""
    found = {}
    for table in tables.kept_tables():
        rows = tables.rows_of_table(table, connection.alias)
        found[table._meta.db_table] = sorted(json.dumps(row) for row in rows)
    return found


def wipe(home: Path) -> None:
    with transaction.atomic():
        tables.empty_everything()
    shutil.rmtree(home / "files")
    assert not tables.holds_anything()


def altered(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same backup with something else in it."""
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    result = path.with_name("altered.zip")
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return result


def with_manifest(members: dict[str, bytes], **told: object) -> None:
    members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **told}).encode()


def retold(members: dict[str, bytes], name: str, content: bytes, rows: int = 0) -> None:
    """Change a member, and what the manifest says of it: somebody who knows what he does."""
    members[name] = content
    manifest = json.loads(members["manifest.json"])
    part = manifest["files" if name.startswith("files/") else "tables"]
    part[name] = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "rows": rows or part.get(name, {}).get("rows", 0),
    }
    members["manifest.json"] = json.dumps(manifest).encode()


def refused(ran: Ran, words: str) -> None:
    """One sentence, and the database as it was."""
    assert ran.code == 1
    assert words in ran.complained
    assert ran.complained.count("\n") == 1
    assert ran.said == ""


# --- there and back ---------------------------------------------------------------------------------


def test_backed_up_wiped_restored_and_verified(lived: Cast, home: Path, tmp_path: Path) -> None:
    before, events = contents(), verify().events
    path = tmp_path / "kept.zip"
    ran = run("backup", str(path))
    assert ran.said.startswith(f"Written: {path} (")
    assert "Not in it: the settings and keys of the environment" in ran.said
    wipe(home)

    ran = run("restore", str(path))

    assert (ran.code, ran.complained) == (0, "")
    assert "Nobody is signed in." in ran.said
    assert ran.said.endswith(f"The ledger holds: {events} events, 0 failures.\n")
    assert contents() == before
    assert (home / "files" / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
    assert not triggers.missing()


def test_nobody_is_signed_in_and_no_mail_goes_twice(kept: Path, home: Path) -> None:
    wipe(home)
    assert run("restore", str(kept)).code == 0
    assert not Session.objects.exists()
    assert dict(Outbox.objects.values_list("key", "state")) == {"sent": "sent", "waiting": "waiting"}


def test_only_its_owner_may_read_it(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir() if path.is_file()] == ["kept.zip"]


def test_it_says_what_it_is_to_whoever_opens_it(kept: Path) -> None:
    with zipfile.ZipFile(kept) as packed:
        assert packed.testzip() is None
        assert "destraba restore FILE" in packed.read("README.txt").decode()
        manifest = json.loads(packed.read("manifest.json"))
        events = packed.read(EVENTS).splitlines()
    assert manifest["migrations"]["destraba"][0] == "0001_spine"
    assert manifest["tables"][EVENTS]["rows"] == len(events)
    assert FILE in manifest["files"]
    assert not any("session" in name for name in manifest["tables"])


# --- what a backup refuses --------------------------------------------------------------------------


def test_a_file_that_is_there_is_never_written_over(lived: Cast, tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    path.write_text("the only copy")
    refused(run("backup", str(path)), f"{path} is there already: give another name.")
    assert path.read_text() == "the only copy"


def test_not_even_one_that_came_meanwhile(
    lived: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.zip"
    monkeypatch.setattr(os, "fsync", lambda _descriptor: path.write_text("the other one"))
    refused(run("backup", str(path)), "is there already")
    assert path.read_text() == "the other one"


@pytest.mark.parametrize("links", [True, False], ids=["disk with links", "disk without"])
def test_whether_or_not_the_disk_knows_links(
    lived: Cast, tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    path = tmp_path / "kept.zip"
    assert run("backup", str(path)).code == 0
    assert zipfile.is_zipfile(path)


def _no_links(_source: object, _target: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_full_disk_leaves_nothing_behind(
    lived: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(run("backup", str(tmp_path / "kept.zip")), "can't be written (No space left on device)")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_disk_too_full_for_the_copy_leaves_nothing_behind(
    lived: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_folder: Path) -> Iterator[str]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("destraba.exchange.backups.write.one_moment", full)
    refused(run("backup", str(tmp_path / "kept.zip")), "(database or disk is full)")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_folder_that_is_not_there(lived: Cast, tmp_path: Path) -> None:
    refused(run("backup", str(tmp_path / "nowhere" / "kept.zip")), "can't be written (No such file")


@pytest.mark.parametrize("what", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_is_named_and_the_rest_is_kept(
    lived: Cast, home: Path, tmp_path: Path, what: str
) -> None:
    place = home / "files" / DIGEST[:2] / DIGEST
    place.unlink()
    if what == "changed":
        place.write_bytes(b"otra cosa")
    ran = run("backup", str(tmp_path / "kept.zip"))
    assert ran.code == 0
    assert f"The file {DIGEST} is not on the disk, or not whole: left out." in ran.complained
    wipe(home)
    restored = run("restore", str(tmp_path / "kept.zip"))
    assert restored.code == 1
    assert f"file_missing {DIGEST}" in restored.complained + restored.said


# --- what a restore refuses -------------------------------------------------------------------------


def test_an_installation_with_data_is_left_alone(kept: Path) -> None:
    before = contents()
    ran = run("restore", str(kept))
    refused(ran, "restoring would delete all of it")
    assert '--wipe "' in ran.complained
    assert run("restore", str(kept), "--wipe", "another").code == 1
    assert contents() == before


def test_unless_one_says_its_name(kept: Path, lived: Cast, home: Path) -> None:
    before = contents()
    stray = home / "files" / "ab" / ("ab" * 32)
    stray.parent.mkdir()
    stray.write_bytes(b"of the old installation")
    Account.objects.create_user("late@example.org")
    assert contents() != before
    ran = run("restore", str(kept), "--wipe", lived.programme.name)
    assert (ran.code, ran.complained) == (0, "")
    assert contents() == before
    assert not stray.exists()
    assert not triggers.missing()


def test_what_is_no_backup(kept: Path, home: Path, tmp_path: Path) -> None:
    wipe(home)
    other = tmp_path / "matrix.xlsx"
    other.write_bytes(b"name;owner\n")
    refused(run("restore", str(other)), "is no backup of Destraba")
    refused(run("restore", str(tmp_path / "gone.zip")), "can't be read (No such file or directory)")
    refused(run("restore", str(tmp_path)), "can't be read (Is a directory)")
    zipped = altered(kept, lambda members: members.pop("manifest.json"))
    refused(run("restore", str(zipped)), "is no backup of Destraba")
    for told in (
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"format": "destraba-backup", "format_version": 9}',
    ):
        zipped = altered(kept, lambda members, told=told: members.update({"manifest.json": told}))  # type: ignore[misc]
        refused(run("restore", str(zipped)), "is no backup of Destraba")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_what_is_cut_off(kept: Path, home: Path, share: float) -> None:
    wipe(home)
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    refused(run("restore", str(kept)), "is cut off or damaged")
    assert not tables.holds_anything()


def test_a_byte_that_turned_over_anywhere(kept: Path, home: Path) -> None:
    wipe(home)
    content = bytearray(kept.read_bytes())
    for place in range(60, len(content), len(content) // 25):
        turned = bytearray(content)
        turned[place] ^= 0x55
        kept.write_bytes(turned)
        ran = run("restore", str(kept))
        if ran.code:  # dates of members say nothing, and may turn
            assert ran.complained.count("\n") == 1
            assert not tables.holds_anything()
            assert list(home.rglob("*")) == []
        else:
            assert verify().ok
            wipe(home)


def _drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.pop(name) and None


def _put(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: content})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_put("../../etc/cron.d/x", b"x"), "“../../etc/cron.d/x”, which no backup has"),
        (_put("/etc/passwd", b"x"), "“/etc/passwd”, which no backup has"),
        (_put("tables/auth_user.jsonl", b"[]\n"), "which no backup has"),
        (_put("files/" + "0" * 64, b"x"), "which no backup has"),
        (_drop(EVENTS), f"“{EVENTS}” in it is not what was backed up"),
        (_drop(FILE), f"“{FILE}” in it is not what was backed up"),
        (_put(FILE, b"otra cosa"), f"“{FILE}” in it is not what was backed up"),
        (_put(EVENTS, b""), f"“{EVENTS}” in it is not what was backed up"),
        (lambda members: retold(members, EVENTS, b"not json\n", 1), "in it is not what was backed up"),
        (lambda members: retold(members, EVENTS, b"[1,2]\n", 1), "in it is not what was backed up"),
        (lambda members: retold(members, EVENTS, b"{}\n", 1), "in it is not what was backed up"),
        (lambda members: retold(members, EVENTS, b"[" * 9999, 1), "in it is not what was backed up"),
        (lambda members: retold(members, FILE, b"otra cosa"), "in it is not what was backed up"),
        (lambda members: retold(members, EVENTS, b"0" * 10**8, 1), "in it is not what was backed up"),
        (lambda members: retold(members, "files/../../x", b"x"), "in it is not what was backed up"),
        (lambda members: with_manifest(members, migrations={}), "made by another version"),
        (lambda members: with_manifest(members, columns={}), "made by another version"),
        (lambda members: with_manifest(members, files=7), "is no backup of Destraba"),
    ],
)
def test_what_was_altered(
    kept: Path, home: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    wipe(home)
    refused(run("restore", str(altered(kept, change))), words)
    assert not tables.holds_anything()
    assert list(home.rglob("*")) == []


def test_a_member_that_is_there_twice(kept: Path, home: Path) -> None:
    wipe(home)
    with zipfile.ZipFile(kept, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr(EVENTS, b"")
    refused(run("restore", str(kept)), "which no backup has")


def test_a_member_that_would_explode_is_not_unpacked(
    kept: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(home)
    monkeypatch.setattr(check, "_FREE_OF_SHRINKING", 0)
    bomb = altered(kept, lambda members: retold(members, FILE, b"\0" * 10**7))
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    assert "in it is not what was backed up" in run("restore", str(bomb)).complained


@pytest.mark.parametrize("nonsense", ["x", None, 10**30, [1], "\0", True])
def test_a_row_that_does_not_fit_undoes_all_of_it(kept: Path, home: Path, nonsense: object) -> None:
    wipe(home)

    def change(members: dict[str, bytes]) -> None:
        rows = [json.loads(line) for line in members[COMMITMENTS].splitlines()]
        columns = json.loads(members["manifest.json"])["columns"][COMMITMENTS]
        rows[0][columns.index("id")] = nonsense
        content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        retold(members, COMMITMENTS, content, len(rows))

    refused(run("restore", str(altered(kept, change))), "It does not fit into this database (")
    assert not tables.holds_anything()
    assert not list((home / "files").rglob("*/*"))


def test_a_history_rewritten_by_one_who_knows_how_is_found_by_verifying(kept: Path, home: Path) -> None:
    wipe(home)

    def change(members: dict[str, bytes]) -> None:
        rows = members[COMMITMENTS].splitlines(keepends=True)
        retold(members, COMMITMENTS, b"".join(rows).replace(b"Capacitar", b"Olvidar"), len(rows))

    ran = run("restore", str(altered(kept, change)))
    assert ran.code == 1
    assert "THE LEDGER DOES NOT HOLD" in ran.said


def test_a_disk_without_room_for_the_files(kept: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wipe(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 0))  # type: ignore[attr-defined]
    refused(run("restore", str(kept)), "Its files need 1 MB; 0 MB are free.")


def test_a_disk_that_fails_under_the_files(kept: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wipe(home)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(run("restore", str(kept)), "can't be written (No space left on device)")
    assert not tables.holds_anything()
    assert not [path for path in home.rglob("*") if path.is_file()]
