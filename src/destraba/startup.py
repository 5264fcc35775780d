"""What an installation that is set up wrongly says at its start: one sentence, and no trace."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError


@contextmanager
def one_sentence() -> Iterator[None]:
    """While settings are read: what is wrong with them goes to stderr, and the process ends with 1."""
    try:
        yield
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(str(error))
