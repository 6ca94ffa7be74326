"""The repository's .venv, which has transformers, in place of a Python that has not."""

import importlib.util
import os
import pathlib
import sys

PYTHON = pathlib.Path(__file__).resolve().parents[2] / ".venv/bin/python"


def enter():
    """Starts this program again under .venv where that is needed; ends it where there is none."""
    if importlib.util.find_spec("transformers") is not None:
        return
    if not PYTHON.exists() or "TURNGREEN_ENTERED_VENV" in os.environ:
        sys.exit("there is no transformers here: scripts/make-venv engine-test installs it into .venv")
    os.environ["TURNGREEN_ENTERED_VENV"] = "1"
    os.execv(PYTHON, [str(PYTHON), *sys.argv])
