#!/usr/bin/env python3
"""Kills `turngreen tune --workers 4` with SIGKILL at random moments, and resumes it.

After every kill, each trial that had finished must still be there as it was, none may be there
twice, and the resumed study must end with the recommendation of one that nobody disturbed.

    bench/crash_test.py [--turngreen build/bin/turngreen] [--kills 100] [--seed 1]
"""

import argparse
import contextlib
import itertools
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

KNOBS = {"lr": ["1e-5", "2e-5", "5e-5"], "width": ["8", "4", "2"], "fused": ["no", "yes"]}
STUDY = """\
name: crash
pipeline:
  table: {file: table.csv, stages: {train: train_j}, seconds: {train: train_s}, quality: {f1: f1}}
knobs:
  lr: {values: [1e-5, 2e-5, 5e-5], off: 5e-5, phase: training}
  width: {values: [8, 4, 2], off: 8, ordered: true, phase: model}
  fused: {values: ["no", "yes"], off: "no", phase: training}
quality: {metric: f1, max_drop: 0.01}
objective: energy
budget: {trials: 24}
future_runs: 1000000  # all that may be better is tried: the order in which workers finish must not matter
"""
ENERGY = {"1e-5": 1.2, "2e-5": 1.1, "5e-5": 1.0, "8": 1.0, "4": 0.6, "2": 0.4, "no": 1.0, "yes": 0.8}
QUALITY_LOSS = {"2": 0.05}
PATIENCE_S = 120


def write_study(directory):
    """A table without noise: the best configuration is one and the same whatever the order."""
    rows = ["lr,width,fused,train_j,train_s,f1"]
    for values in itertools.product(*KNOBS.values()):
        joules = 1000.0
        quality = 0.9
        for value in values:
            joules *= ENERGY[value]
            quality -= QUALITY_LOSS.get(value, 0.0)
        rows.append(",".join([*values, f"{joules:.6f}", f"{joules / 100:.6f}", f"{quality:.4f}"]))
    (directory / "table.csv").write_text("\n".join(rows) + "\n")
    (directory / "study.yaml").write_text(STUDY)


class Study:
    """One study in a directory of its own."""

    def __init__(self, program, parent):
        self.program = program
        self.directory = pathlib.Path(tempfile.mkdtemp(dir=parent))
        self.seen = {}  # number of a finished trial: all that the store told of it
        write_study(self.directory)

    def start(self):
        command = [self.program, "tune", "study.yaml", "--workers", "4", "--seed", "1", "--json", "result.json"]
        return subprocess.Popen(
            command,
            cwd=self.directory,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def trials(self):
        command = [self.program, "study", "export", "crash", "--store", "turngreen.db"]
        done = subprocess.run(command, cwd=self.directory, capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode != 0:
            # Killed before the store or the study was made: then nothing can have been finished.
            if self.seen or ("there is no st" not in done.stderr):
                raise AssertionError(f"the store cannot be read: {done.stderr}")
            return []
        return json.loads(done.stdout)["trials"]

    def check(self):
        """Nothing that finished is lost, changed or doubled."""
        trials = self.trials()
        now = {trial["number"]: trial for trial in trials}
        assert len(now) == len(trials), "a number is there twice"
        for number, trial in self.seen.items():
            assert number in now, f"trial {number} is lost"
            assert now[number] == trial, f"trial {number} has changed"
        orders = [trial["finish_order"] for trial in trials]
        assert orders == list(range(1, len(trials) + 1)), f"finish orders are {orders}"
        runs = [(json.dumps(t["configuration"]), t["fidelity"], t["seed"], t["purpose"]) for t in trials]
        assert len(set(runs)) == len(runs), "a run was done twice"
        self.seen = now

    def result(self):
        return json.loads((self.directory / "result.json").read_text())


def children_of(pid):
    with contextlib.suppress(OSError):
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def kill(process, rng):
    """Either everything at once, or one worker first and the rest a moment later."""
    workers = children_of(process.pid)
    if workers and rng.random() < 0.5:
        with contextlib.suppress(ProcessLookupError):
            os.kill(rng.choice(workers), signal.SIGKILL)
        time.sleep(rng.uniform(0, 0.05))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def finish(study, process):
    _, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode in (0, 3), f"tune ended with {process.returncode}: {errors}"
    study.check()
    return study.result()["recommended"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turngreen", default="build/bin/turngreen")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    program = str(pathlib.Path(options.turngreen).resolve())

    with tempfile.TemporaryDirectory() as parent:
        study = Study(program, parent)
        begin = time.monotonic()
        expected = finish(study, study.start())
        whole_s = time.monotonic() - begin
        print(f"undisturbed: {len(study.seen)} trials in {whole_s:.2f} s, recommended {expected}")

        kills = studies = kept = 0
        study = Study(program, parent)
        while kills < options.kills or study.seen:
            process = study.start()
            if kills < options.kills:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=rng.uniform(0, whole_s))
            if kills < options.kills and process.poll() is None:
                kill(process, rng)
                kills += 1
                study.check()
                continue
            recommended = finish(study, process)
            assert recommended == expected, f"resumed: {recommended}, undisturbed: {expected}"
            studies += 1
            kept += len(study.seen)
            study = Study(program, parent)
        print(f"{kills} kills in {studies} studies, {kept} finished trials: none lost, none doubled, "
              "each recommendation the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
