"""What a backup can be refused for, in one sentence each."""

from django.utils.translation import gettext as _

from destraba.values.texts import visible_line


class BackupRefused(Exception):
    """Nothing was written, or nothing was kept of it. `words` say why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def exists(path: object) -> BackupRefused:
    return BackupRefused(_("%(path)s is there already: give another name.") % {"path": path})


def unwritable(path: object, cause: str) -> BackupRefused:
    told = {"path": path, "cause": cause}
    return BackupRefused(_("%(path)s can't be written (%(cause)s). Nothing was left behind.") % told)


def unreadable(path: object, cause: str) -> BackupRefused:
    return BackupRefused(_("%(path)s can't be read (%(cause)s).") % {"path": path, "cause": cause})


def no_backup(path: object) -> BackupRefused:
    return BackupRefused(_("%(path)s is no backup of Destraba.") % {"path": path})


def cut_off(path: object) -> BackupRefused:
    words = _("%(path)s is cut off or damaged: fetch it again, or take an earlier one.")
    return BackupRefused(words % {"path": path})


def altered(member: str) -> BackupRefused:
    words = _("“%(member)s” in it is not what was backed up: it was altered or damaged. Take another backup.")
    return BackupRefused(words % {"member": visible_line(member)[:200]})


def unexpected(member: str) -> BackupRefused:
    words = _("It holds “%(member)s”, which no backup has: it was altered. Take another backup.")
    return BackupRefused(words % {"member": visible_line(member)[:200]})


def other_version(theirs: str, ours: str) -> BackupRefused:
    words = _(
        "It was made by another version (%(theirs)s; this is %(ours)s). Install that version, restore there, "
        "then upgrade."
    )
    return BackupRefused(words % {"theirs": visible_line(theirs)[:80], "ours": ours})


def no_room(needed: int, free: int) -> BackupRefused:
    megabytes = {"needed": needed // 2**20 + 1, "free": free // 2**20}
    return BackupRefused(_("Its files need %(needed)s MB; %(free)s MB are free.") % megabytes)


def not_empty(name: str) -> BackupRefused:
    words = _(
        "This installation has data (%(name)s), and restoring would delete all of it. If that is what you "
        'mean, say so: --wipe "%(name)s"'
    )
    return BackupRefused(words % {"name": name})


def does_not_fit(cause: str) -> BackupRefused:
    words = _("It does not fit into this database (%(cause)s). Nothing was changed.")
    return BackupRefused(words % {"cause": cause})
