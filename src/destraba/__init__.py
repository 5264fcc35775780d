"""Public-private executive working groups: one live list of problems, until the change is real."""

VERSION = "0.1.0"
