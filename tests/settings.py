"""The product's own settings, in the environment of tests."""

import os
import tempfile

os.environ["DESTRABA_ENV"] = "test"
os.environ.setdefault("DESTRABA_HOME", tempfile.mkdtemp(prefix="destraba-test-"))

from destraba.settings import *  # noqa: F403
