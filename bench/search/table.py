"""A table of recorded trials as the search benchmark keeps it.

    NAME/trials.csv   a column for each knob, joules and seconds of each stage, quality; several rows are repeats
    NAME/study.yaml   the study over it
    NAME/table.json   knobs and budgets, for the peers
    NAME/truth.csv    noiseless joules and quality of every configuration that can run: nobody but the score reads it
"""

import csv
import dataclasses
import hashlib
import json
import os

import numpy as np


@dataclasses.dataclass(frozen=True)
class Run:
    """What a run of the table gave."""

    joules: float
    quality: float | None  # None: it failed
    reason: str = ""


@dataclasses.dataclass
class Table:
    name: str
    knobs: list  # dicts: id, values (texts, the first is off), ordered, requires
    stages: list
    metric: str
    max_drop: float
    trials: int  # budget of a study
    rows: dict  # values, a tuple in knob order: [Run, ...] at full fidelity
    truth: dict  # values: (joules, quality)

    @property
    def baseline(self):
        return tuple(knob["values"][0] for knob in self.knobs)

    def configuration(self, wanted):
        """Values in knob order; knobs that are not wanted, or whose requirement does not hold, are off."""
        values = {knob["id"]: wanted.get(knob["id"], knob["values"][0]) for knob in self.knobs}
        for _ in self.knobs:  # requirements of requirements
            for knob in self.knobs:
                if any(values[parent] not in held for parent, held in knob["requires"].items()):
                    values[knob["id"]] = knob["values"][0]
        return tuple(values[knob["id"]] for knob in self.knobs)

    def allows(self, configuration):
        return self.configuration(dict(zip((knob["id"] for knob in self.knobs), configuration))) == configuration

    def true_feasible(self, configuration):
        if configuration not in self.truth:
            return False
        return self.truth[configuration][1] >= self.truth[self.baseline][1] - self.max_drop - 1e-12

    def true_saving(self, configuration):
        """Share of the baseline's joules; what cannot run saves nothing."""
        if configuration not in self.truth:
            return 0.0
        return 1 - self.truth[configuration][0] / self.truth[self.baseline][0]

    def oracle_saving(self):
        return max(self.true_saving(c) for c in self.truth if self.true_feasible(c))


class Replay:
    """Draws the runs of one study: the n-th run of a configuration is the same for every peer of a seed."""

    def __init__(self, table, seed):
        self.table = table
        self.seed = seed
        self.drawn = {}

    def run(self, configuration):
        repeats = self.table.rows.get(configuration)
        if repeats is None:
            return Run(0.0, None, "infeasible")
        if configuration not in self.drawn:
            key = "%d %s" % (self.seed, "\x1f".join(configuration))
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
            self.drawn[configuration] = [0, np.random.default_rng(number).permutation(len(repeats))]
        state = self.drawn[configuration]
        run = repeats[state[1][state[0] % len(repeats)]]
        state[0] += 1
        return run


def load_table(directory):
    with open(directory / "table.json") as file:
        table = Table(rows={}, truth={}, **json.load(file))
    ids = [knob["id"] for knob in table.knobs]
    with open(directory / "trials.csv", newline="") as file:
        for row in csv.DictReader(file):
            if float(row.get("fidelity", 1)) != 1:
                continue
            joules = sum(float(row[stage + "_j"] or 0) for stage in table.stages)
            complete = row[table.metric] != ""
            run = Run(joules, float(row[table.metric]) if complete else None, "" if complete else "failed")
            table.rows.setdefault(tuple(row[id] for id in ids), []).append(run)
    with open(directory / "truth.csv", newline="") as file:
        for row in csv.DictReader(file):
            table.truth[tuple(row[id] for id in ids)] = (float(row["joules"]), float(row[table.metric]))
    return table


def write_table(directory, description, rows, truth, fidelity):
    """`rows` are dicts of trials.csv's columns, `truth` of truth.csv's."""
    directory.mkdir(parents=True, exist_ok=True)
    _write_csv(directory / "trials.csv", rows)
    _write_csv(directory / "truth.csv", truth)
    _write(directory / "table.json", json.dumps(_for_peers(description), indent=1) + "\n")
    _write(directory / "study.yaml", study_yaml(description, fidelity))


def _for_peers(description):
    return {**description, "knobs": [{k: v for k, v in knob.items() if k != "phase"} for knob in description["knobs"]]}


def study_yaml(description, fidelity):
    stages = description["stages"]
    metric = description["metric"]
    lines = ["name: %s" % description["name"], "pipeline:", "  table:", "    file: trials.csv"]
    lines.append("    stages: {%s}" % ", ".join("%s: %s_j" % (s, s) for s in stages))
    lines.append("    seconds: {%s}" % ", ".join("%s: %s_s" % (s, s) for s in stages))
    lines.append("    quality: {%s: %s}" % (metric, metric))
    if fidelity:
        lines.append("    fidelity: fidelity")
    lines.append("knobs:")
    lines += ["  %s: {%s}" % (knob["id"], ", ".join(_knob_fields(knob))) for knob in description["knobs"]]
    lines.append("quality: {metric: %s, max_drop: %s}" % (metric, description["max_drop"]))
    lines.append("objective: energy")
    lines.append("budget: {trials: %d}" % description["trials"])
    # The peers do not ask whether a trial pays for itself; neither does who compares how soon they get somewhere.
    lines.append("future_runs: 1000")
    return "\n".join(lines) + "\n"


def _knob_fields(knob):
    # In quotes, since YAML takes a bare off or on for false or true.
    def quoted(values):
        return ", ".join(v if v.isdigit() else '"%s"' % v for v in values)

    yield "values: [%s]" % quoted(knob["values"])
    yield "off: %s" % quoted(knob["values"][:1])
    if knob["ordered"]:
        yield "ordered: true"
    yield "phase: %s" % knob["phase"]
    if knob["requires"]:
        yield "requires: {%s}" % ", ".join("%s: [%s]" % (k, quoted(v)) for k, v in knob["requires"].items())


def _write_csv(path, rows):
    with open("%s.part" % path, "w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace("%s.part" % path, path)


def _write(path, text):
    with open("%s.part" % path, "w") as file:
        file.write(text)
    os.replace("%s.part" % path, path)
