"""What every part of the contest needs to know: programs, rows, sizes, and where its pieces are kept."""

import dataclasses
import json
import pathlib
import subprocess

from pieces import Pieces, digest


@dataclasses.dataclass
class Contest:
    programs: pathlib.Path  # holds turngreen and turngreen-engine
    python: pathlib.Path    # with requirements/engine.txt and engine-test.txt
    model: str              # the folder that every transformer begins with
    work: pathlib.Path
    task: dict              # task.prepare
    options: object         # of the command line
    pieces: Pieces

    @property
    def turngreen(self):
        return str(self.programs / "turngreen")

    @property
    def engine(self):
        return str(self.programs / "turngreen-engine")

    def identity(self, *programs):
        """What a piece depends on besides its settings."""
        return {"rows": self.task["digests"], "max_length": self.task["max_length"], "threads": self.options.threads,
                "model": self.model, **{pathlib.Path(one).name: digest(one) for one in programs}}

    def describe(self):
        """What turngreen-engine says of this machine for the model."""
        words = [self.engine, "describe", "--device", "cpu", "--model", self.model, "--json"]
        return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def has_bf16(description):
    sets = description["instruction_sets"]
    return bool(sets.get("avx512_bf16") or sets.get("amx_bf16"))
