"""The one meter of all contestants: `turngreen measure`, the whole machine, its rest included."""

import json
import os
import pathlib
import subprocess
import sys


def measured(turngreen, command, file, environment=None, options=()):
    """Runs a command, which has to succeed, and returns what it took; its output goes beside `file`."""
    file = pathlib.Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    output = file.with_suffix(".log")
    words = [str(word) for word in (turngreen, "measure", "--quiet", "--json", file, *options, "--", *command)]
    with open(output, "w") as log:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                              env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        sys.exit("%s ended with %d:\n%s" % (" ".join(words), done.returncode, output.read_text()[-3000:]))
    return account_of(json.loads(file.read_text()))


def account_of(measurement):
    """Joules with their bounds, of the run and of its top-level stages."""
    total = measurement["total"]
    if total["energy_j"] is None:
        sys.exit("nothing can tell the energy of this machine; see `turngreen sensors`")
    stages = {}
    for stage in measurement["stages"]:
        if stage["parent"] is None:
            stages[stage["name"]] = {"joules": stage["energy_j"], "seconds": stage["seconds"]}
    return {"joules": total["energy_j"], "joules_low": total["energy_low_j"], "joules_high": total["energy_high_j"],
            "estimated_joules": total["estimated_j"], "seconds": total["seconds"], "stages": stages,
            "effective": {one["knob"]: one["value"] for one in measurement["effective"]},
            "faults": measurement["faults"]}


def sum_of(accounts):
    """Of commands that were run one after the other."""
    total = {name: sum(account[name] for account in accounts)
             for name in ("joules", "joules_low", "joules_high", "estimated_joules", "seconds")}
    stages = {}
    for account in accounts:
        for name, stage in account["stages"].items():
            kept = stages.setdefault(name, {"joules": 0, "seconds": 0})
            for what in kept:
                kept[what] += stage[what]
    return {**total, "stages": stages}
