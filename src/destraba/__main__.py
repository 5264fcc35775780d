"""The command line: `destraba COMMAND`, or `python -m destraba COMMAND`."""

import os
import sys

from destraba import VERSION
from destraba.startup import one_sentence


def main() -> None:
    """Hyphens in a command's name are for people; modules have underscores."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "destraba.settings")
    with one_sentence():
        from destraba import settings  # heavy: reads the environment, and may refuse it
    # A command wants one connection and to hear at once where there is none; pools are for the server.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    from django.core.management import execute_from_command_line  # heavy: settings are named first

    arguments = ["destraba", *sys.argv[1:]]
    if arguments[1:] in (["version"], ["--version"]):  # Django would name its own
        print(f"Destraba {VERSION}, Python {sys.version.split()[0]}")  # noqa: T201
        return
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
