"""A study of `turngreen tune` over a table, with a store of its own."""

import json
import subprocess
import tempfile
import time

FOUND, BASELINE_IS_BEST = 0, 3


def tune(program, directory, table, seed):
    """What the study spent and recommended after each trial, and how long the program took."""
    with tempfile.TemporaryDirectory() as scratch:
        result = scratch + "/result.json"
        command = [program, "tune", directory / "study.yaml", "--seed", seed, "--json", result]
        command += ["--store", scratch + "/turngreen.db", "--best", scratch + "/best.yaml", "--quiet"]
        begin = time.perf_counter()
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=scratch)
        seconds = time.perf_counter() - begin
        if done.returncode not in (FOUND, BASELINE_IS_BEST):
            raise RuntimeError("%s ended with %d: %s" % (command, done.returncode, done.stderr[-2000:]))
        with open(result) as file:
            study = json.load(file)
    trials = [
        {
            "joules": trial["energy_j"] or 0.0,
            "recommended": list(table.configuration(_texts(trial["recommended_after"]))),
        }
        for trial in study["trials"]
    ]
    return {"trials": trials, "final": list(table.configuration(_texts(study["recommended"]))), "seconds": seconds}


def _texts(settings):
    """null: the baseline."""
    return {knob: str(value) for knob, value in (settings or {}).items()}
