"""A trial of a study: turngreen-engine trains with the knobs of the trial, then evaluates.

    trial.py JOB.json --fidelity X --seed N --rows validation|test --folder DIR --set KNOB=VALUE ...

JOB.json holds programs, model and rows, the value that each knob has where it is off, and which family it is of: a knob of
another family, or one that is off, is not handed on. Both programs tell their stages and metrics by the run protocol.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys

import engine_job


def knobs_of(job, words):
    told = dict(word.split("=", 1) for word in words)
    family = told.get("model_family", "transformer")
    is_of_family = {name: job["families"].get(name, family) == family for name in told}
    return {name: value for name, value in told.items() if is_of_family[name] and value != job["off"][name]}


def share_of(file, share, target):
    """The first rows of a file whose rows are in no order."""
    lines = pathlib.Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(lines[:max(1, round(share * len(lines)))]), encoding="utf-8")
    return str(target)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("job", type=pathlib.Path)
    parser.add_argument("--fidelity", type=float, required=True)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--rows", required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--set", action="append", default=[])
    arguments = parser.parse_args()
    job = json.loads(arguments.job.read_text())
    file = None
    if arguments.fidelity < 1:
        file = share_of(job["train"], arguments.fidelity, arguments.folder / "train.jsonl")
    commands = engine_job.commands_of(job, knobs_of(job, arguments.set), arguments.seed, arguments.rows,
                                      arguments.folder, file)
    for command in commands:
        done = subprocess.run(command, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            return done.returncode
    shutil.rmtree(arguments.folder / "model")  # the finalists train again
    return 0


if __name__ == "__main__":
    sys.exit(main())
