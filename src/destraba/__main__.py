"""The command line: `destraba COMMAND`, or `python -m destraba COMMAND`."""

import os
import sys


def main() -> None:
    """Hyphens in a command's name are for people; modules have underscores."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "destraba.settings")
    from django.core.management import execute_from_command_line  # heavy: settings are named first

    arguments = sys.argv[:]
    arguments[0] = "destraba"
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
