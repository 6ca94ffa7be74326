"""The table that the study printed, cell by cell beside what its raw files give."""

import csv
import dataclasses
import re

KILOWATT_HOUR = 3.6e6  # joules

# Printed column: stage whose energy it is, and the unit that stands in the column's name.
STAGE_COLUMNS = {
    "data_1e-5_kwh": ("load_dataset", 1e-5),
    "token_1e-6_kwh": ("tokenize_dataset", 1e-6),
    "load_1e-5_kwh": ("load_model", 1e-5),
    "train_1e-1_kwh": ("train_model", 1e-1),
    "save_1e-5_kwh": ("save_model", 1e-5),
    "eval_1e-2_kwh": ("evaluate_model", 1e-2),
}


@dataclasses.dataclass
class Cell:
    """One printed figure. `ours` is from the first run of the variant, `mean` from all its runs."""

    variant: str
    column: str
    printed: str
    ours: float
    mean: float
    run: str  # the folder of the first run
    points: float | None = None  # a change in points instead of percent, where there is one

    @property
    def decimals(self):
        return len(self.printed.partition(".")[2])

    def _rounds_to(self, value):
        return abs(value - float(self.printed)) <= 0.5005 * 10.0**-self.decimals

    @property
    def agrees(self):
        return self._rounds_to(self.ours)

    @property
    def why(self):
        """In which way the printed figure differs, as far as the figures tell."""
        if self.agrees:
            return ""
        if self.points is not None and self._rounds_to(self.points):
            return "points, not percent"
        step = 10.0**-self.decimals
        if 0 <= (abs(self.ours) - abs(float(self.printed))) < step:
            return "digits cut off, not rounded"
        if self._rounds_to(self.mean):
            return "the mean of all runs"
        if abs(abs(self.ours) - abs(float(self.printed))) <= 1.1 * step:
            return "one off in the last digit"
        return "not in the raw files"


def variant_of(configuration):
    """"V12" of "V12_attention"."""
    found = re.match(r"[vV](\d+)_", configuration)
    return f"V{found[1]}" if found else None


def read_runs(export):
    """Runs by variant, in the order they began, from `turngreen study export --format json`."""
    runs = {}
    for trial in export["trials"]:
        variant = variant_of(trial["provenance"]["configuration"])
        if variant and trial["outcome"]["ending"] == "completed":
            runs.setdefault(variant, []).append(trial)
    for trials in runs.values():
        trials.sort(key=lambda trial: trial["started_unix_ns"])
    return runs


def figures(trial, f1):
    """The columns of the printed table but for the changes, of one run."""
    outcome = trial["outcome"]
    stages = {stage["name"]: stage for stage in outcome["stages"]}
    metrics = {metric["name"]: metric["value"] for metric in outcome["metrics"]}
    values = {
        column: stages[stage]["energy_j"] / KILOWATT_HOUR / unit
        for column, (stage, unit) in STAGE_COLUMNS.items()
    }
    values["total_1e-1_kwh"] = sum(stages[stage]["energy_j"] for stage, _ in STAGE_COLUMNS.values())
    values["total_1e-1_kwh"] /= KILOWATT_HOUR * 1e-1
    values["total_1e3_s"] = sum(stages[stage]["seconds"] for stage, _ in STAGE_COLUMNS.values()) / 1e3
    values["eval_1e2_s"] = stages["evaluate_model"]["seconds"] / 1e2
    values["f1"] = metrics[f1]
    return values


def with_changes(values, baseline):
    """Adds the changes against the baseline, in percent."""

    def percent(column):
        return 100 * (values[column] / baseline[column] - 1)

    return values | {
        "delta_total_percent": percent("total_1e-1_kwh"),
        "delta_f1_percent": percent("f1"),
        "delta_eval_time_percent": percent("eval_1e2_s"),
    }


def mean_of(rows):
    return {column: sum(row[column] for row in rows) / len(rows) for column in rows[0]}


def compare(printed_file, runs, f1="eval_f1"):
    """A Cell for every figure that was printed."""
    figures_of = {name: [figures(run, f1) for run in rows] for name, rows in runs.items()}
    first_baseline = figures_of["V0"][0]
    mean_baseline = mean_of(figures_of["V0"])
    cells = []
    with open(printed_file, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            variant = row["variant"]
            ours = with_changes(figures_of[variant][0], first_baseline)
            mean = with_changes(mean_of(figures_of[variant]), mean_baseline)
            run = runs[variant][0]["provenance"]["run"]
            points = {"delta_f1_percent": 100 * (ours["f1"] - first_baseline["f1"])}
            cells += [
                Cell(variant, column, row[column], ours[column], mean[column], run, points.get(column))
                for column in row
                if column in ours
            ]
    return cells
