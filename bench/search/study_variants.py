"""The 31 variants of "Tu(r)ning AI Green" as a table: what each variant's runs verifiably did, knob by knob."""

import csv
import statistics

from table import write_table

JOULES_PER_KWH = 3.6e6
METRIC = "weighted_f1"
STAGES = ("load_dataset", "tokenize_dataset", "load_model", "train_model", "save_model", "evaluate_model")

LAYERS = ["4", "8", "12", "16", "20"]
# id, values (the first is off), ordered, phase, requires
KNOBS = (
    ("gradient_checkpointing", ["off", "on"], False, "training", {}),
    ("lora", ["off", "on"], False, "training", {}),
    ("quant4bit", ["off", "on"], False, "training", {"lora": ["on"]}),
    ("fast_tokenizer", ["off", "on"], False, "data", {}),
    ("power_limit", ["off", "100"], False, "system", {}),
    ("optimizer", ["adamw", "adamw_8bit"], False, "training", {}),
    ("precision", ["fp32", "fp16", "bf16"], False, "training", {}),
    ("max_length", ["2048", "512"], True, "data", {}),
    ("inference_engine", ["off", "on"], False, "inference", {}),
    ("pin_memory", ["off", "on"], False, "data", {}),
    ("compile", ["off", "on"], False, "training", {}),
    ("attention", ["eager", "sdpa"], False, "model", {}),
    ("layers_dropped", ["0", *LAYERS], True, "model", {}),
    ("dropped_from", ["top", "bottom"], False, "model", {"layers_dropped": LAYERS}),
    ("batch", ["2x4", "4x2"], False, "training", {}),
)

# The words of variants.csv's knobs_verified.
WORDS = {
    "gradient_checkpointing": {"gradient_checkpointing": "on"},
    "lora": {"lora": "on"},
    "quant4bit": {"quant4bit": "on"},
    "fast_tokenizer": {"fast_tokenizer": "on"},
    "power_limit_100w": {"power_limit": "100"},
    "optimizer_8bit": {"optimizer": "adamw_8bit"},
    "fp16": {"precision": "fp16"},
    "bf16": {"precision": "bf16"},
    "seq_len_512": {"max_length": "512"},
    "inference_engine": {"inference_engine": "on"},
    "pin_memory": {"pin_memory": "on"},
    "compile": {"compile": "on"},
    "sdpa": {"attention": "sdpa"},
    "batch_4x_accum_2": {"batch": "4x2"},
    **{
        "prune_%s_%s" % (side, count): {"layers_dropped": count, "dropped_from": side}
        for side in ("top", "bottom")
        for count in LAYERS
    },
}


def write_study_variants(directory, data):
    """Writes the table; returns a line that says what was done."""
    source = data / "turning_green"
    if not (source / "runs.csv").exists():
        return "turning-green: left out, there is no %s (set TURNGREEN_DATA)" % (source / "runs.csv")
    settings = {row["variant"]: settings_of(row) for row in read(source / "variants.csv")}
    runs = {}
    for row in read(source / "runs.csv"):
        if row["dummy"] == "0":
            runs.setdefault((row["variant"], row["run_id"]), []).append(row)
    rows, truth = [], {}
    for (variant, _), stages in runs.items():
        row = run_row(settings[variant], stages)
        rows.append(row)
        truth.setdefault(variant, []).append(row)
    write_table(directory, description(), rows, [true_row(settings[v], r) for v, r in truth.items()], False)
    return "turning-green: %d variants, %d runs" % (len(truth), len(rows))


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def settings_of(variant):
    settings = {id: values[0] for id, values, *_ in KNOBS}
    for word in filter(None, variant["knobs_verified"].split("+")):
        settings.update(WORDS[word])
    return settings


def run_row(settings, stages):
    row = dict(settings)
    for stage in stages:
        row[stage["stage"] + "_j"] = "%.8g" % (float(stage["energy_kwh"]) * JOULES_PER_KWH)
        row[stage["stage"] + "_s"] = "%.6g" % float(stage["duration_s"])
    return {**row, METRIC: stages[0]["f1"]}


def true_row(settings, rows):
    """The mean of a variant's runs is the best that is known of it."""
    joules = statistics.fmean(sum(float(row[stage + "_j"]) for stage in STAGES) for row in rows)
    quality = statistics.fmean(float(row[METRIC]) for row in rows)
    return {**settings, "joules": "%.8g" % joules, METRIC: "%.12f" % quality}


def description():
    knobs = [
        {"id": id, "values": values, "ordered": ordered, "phase": phase, "requires": requires}
        for id, values, ordered, phase, requires in KNOBS
    ]
    return {
        "name": "turning-green",
        "knobs": knobs,
        "stages": list(STAGES),
        "metric": METRIC,
        "max_drop": 0.01,
        "trials": 64,  # most combinations were never run, and trying one costs a trial, though no joules
    }
