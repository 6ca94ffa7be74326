"""Records every configuration of five knobs of examples/sklearn as the tables "digits" and "digits-fidelity".

    record_example.py DIRECTORY [--turngreen PROGRAM] [--repeats 3]

Runs each configuration under `turngreen measure`, in an order drawn anew for each repeat, so that a slow change of the
machine falls on all alike. Joules are the process's share of the machine's. The truth of a recorded table is the mean
of its repeats: nobody knows it better. Some 40 minutes on an idle machine; what is recorded already is kept.
"""

import argparse
import itertools
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile

from table import write_table

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRAIN = ROOT / "examples/sklearn/train.py"
METRIC = "macro_f1"
STAGES = ("load_data", "train", "evaluate", "other")
SHORT = 0.25
# id, values (the first is off), ordered, phase, requires
KNOBS = (
    ("features", ["64", "48", "32", "20"], True, "data", {}),
    ("subset", ["1", "0.7", "0.5", "0.3"], True, "data", {}),
    ("model", ["mlp", "forest", "svm", "logistic"], False, "model", {}),
    ("ensemble", ["3", "2", "1"], True, "model", {}),
    ("early_stopping", ["off", "on"], False, "training", {"model": ["mlp"]}),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--turngreen", type=pathlib.Path, default=ROOT / "build/bin/turngreen")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    log = arguments.directory / "digits.jsonl"
    arguments.directory.mkdir(parents=True, exist_ok=True)
    runs = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    done = {(run["repeat"], run["fidelity"], *run["settings"].values()) for run in runs}
    with open(log, "a") as file:
        for wanted in plan(arguments.repeats):
            if (wanted["repeat"], wanted["fidelity"], *wanted["settings"].values()) not in done:
                runs.append({**wanted, "row": measured(arguments.turngreen, wanted)})
                print(json.dumps(runs[-1]), file=file, flush=True)
    write_tables(arguments.directory, runs)


def plan(repeats):
    """Every configuration in full `repeats` times, and once on a part of the job."""
    order = random.Random(1)
    for repeat, fidelity in [*((n, 1) for n in range(repeats)), (0, SHORT)]:
        settings = list(configurations())
        order.shuffle(settings)
        yield from ({"repeat": repeat, "fidelity": fidelity, "settings": s} for s in settings)


def configurations():
    ids = [id for id, *_ in KNOBS]
    for values in itertools.product(*(values for _, values, *_ in KNOBS)):
        settings = dict(zip(ids, values))
        if settings["early_stopping"] == "off" or settings["model"] == "mlp":
            yield settings


def measured(turngreen, wanted):
    """Columns of trials.csv."""
    options = ["--%s=%s" % (id.replace("_", "-"), value) for id, value in wanted["settings"].items()]
    options += ["--seed=%d" % wanted["repeat"], "--fidelity=%g" % wanted["fidelity"]]
    with tempfile.TemporaryDirectory() as scratch:
        report = pathlib.Path(scratch) / "measurement.json"
        measure = [turngreen, "measure", "--quiet", "--scope", "process", "--json", report, "--"]
        command = [str(word) for word in [*measure, sys.executable, TRAIN, *options]]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit("record_example.py: %s ended with %d:\n%s" % (command, done.returncode, done.stderr[-2000:]))
        account = json.loads(report.read_text())
    parts = {stage["name"]: stage for stage in account["stages"] if stage["parent"] is None}
    parts["other"] = account["outside_stages"]
    row = {}
    for stage in STAGES:
        row[stage + "_j"] = parts[stage]["energy_j"]
        row[stage + "_s"] = parts[stage]["seconds"]
    return {**row, METRIC: float(re.search(r"macro F1 ([0-9.]+)", done.stdout)[1])}


def write_tables(directory, runs):
    full = [{**run["settings"], **run["row"]} for run in runs if run["fidelity"] == 1]
    short = [{**run["settings"], **run["row"], "fidelity": SHORT} for run in runs if run["fidelity"] == SHORT]
    truth = [true_row(settings, full) for settings in configurations()]
    write_table(directory / "digits", description("digits", 32), full, truth, False)
    both = [{**row, "fidelity": 1} for row in full] + short
    write_table(directory / "digits-fidelity", description("digits-fidelity", 160), both, truth, True)


def true_row(settings, rows):
    mine = [row for row in rows if all(row[id] == value for id, value in settings.items())]
    joules = statistics.fmean(sum(row[stage + "_j"] for stage in STAGES) for row in mine)
    return {**settings, "joules": joules, METRIC: statistics.fmean(row[METRIC] for row in mine)}


def description(name, trials):
    knobs = [
        {"id": id, "values": values, "ordered": ordered, "phase": phase, "requires": requires}
        for id, values, ordered, phase, requires in KNOBS
    ]
    return {
        "name": name,
        "knobs": knobs,
        "stages": list(STAGES),
        "metric": METRIC,
        "max_drop": 0.01,
        "trials": trials,
    }


if __name__ == "__main__":
    main()
