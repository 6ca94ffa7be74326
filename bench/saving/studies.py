"""The two studies: one over any model family, one within the transformer family."""

import json
import subprocess
import sys

import engine_job
import task as tasks
from pieces import digest, write_whole

# id, values (the first is off), whether they stand in an order, phase. None: the task's own longest.
TRANSFORMER = (
    ("batch_size", [16, 32, 64], True, "training"),
    ("learning_rate", ["1e-4", "2e-4", "4e-4"], True, "training"),
    ("max_length", [None, 256, 128], True, "data"),
    ("layers_dropped", [0, 1, 2, 3], True, "model"),
    ("dropped_from", ["top", "bottom"], False, "model"),
    ("frozen_layers", [0, 2, 4], True, "training"),
    ("selective_backprop", ["1.0", "0.5"], True, "training"),
    ("dedup", ["off", "near"], False, "data"),
    ("sample_fraction", ["1.0", "0.6", "0.4", "0.2"], True, "data"),
    ("sampling", ["random", "balanced", "hard"], False, "data"),
    ("inference_precision", ["bf16", "int8_dynamic"], True, "inference"),
)
HASHED_LINEAR = (("ngrams", ["words", "both"], False, "model"),)
NEEDS = {"dropped_from": "layers_dropped", "sampling": "sample_fraction"}  # not off
OF_LINEAR = tuple(name for name, *_ in HASHED_LINEAR)


def family_of_knob(name):
    return "hashed_linear" if name in OF_LINEAR else "transformer"


def knobs_for(contest, description, with_families):
    """What this build and machine have of the candidates, as a study file says it; and what they have not, with why."""
    had = {knob["id"]: knob for knob in description["knobs"]}
    knobs, left_out = {}, {}
    for name, values, is_ordered, phase in TRANSFORMER + (HASHED_LINEAR if with_families else ()):
        values = [contest.task["max_length"] if value is None else value for value in values]
        if name == "max_length":
            values = sorted({value for value in values if value <= contest.task["max_length"]}, reverse=True)
        if name == "inference_precision":
            values[0] = contest.options.precision
        knob = had.get(name)
        if knob is None or not knob["is_there"]:
            left_out[name] = "turngreen-engine has no such knob" if knob is None else knob.get("why")
            continue
        lacks = {one["value"]: one.get("why") for one in knob.get("values", []) if not one["is_there"]}
        values = [value for value in values if str(value) not in lacks and is_within(knob, value)]
        left_out.update({"%s=%s" % (name, value): why for value, why in lacks.items()})
        if len(values) > 1:
            knobs[name] = {"values": values, "off": values[0], "ordered": is_ordered, "phase": phase}
    for name, needed in NEEDS.items():
        if name in knobs and needed in knobs:
            knobs[name]["requires"] = {needed: knobs[needed]["values"][1:]}
        elif name in knobs:
            left_out[name] = "it means nothing without " + needed
            del knobs[name]
    if with_families and "model_family" not in had:
        left_out["model_family"] = "turngreen-engine has no such knob"
    elif with_families:
        for name, knob in knobs.items():
            knob["requires"] = {**knob.get("requires", {}), "model_family": family_of_knob(name)}
        knobs["model_family"] = {"values": ["transformer", "hashed_linear"], "off": "transformer", "phase": "model"}
    return knobs, left_out


def is_within(knob, value):
    """Words have no bounds; a knob that takes numbers says its least and most."""
    if "least" not in knob:
        return True
    try:
        return knob["least"] <= float(value) <= knob.get("most", float("inf"))
    except ValueError:
        return True


def job_of(contest, knobs):
    """What trial.py reads."""
    return {"engine": contest.engine, "model": contest.model, "threads": contest.options.threads,
            "precision": contest.options.precision, "max_length": contest.task["max_length"],
            **{split: contest.task[split] for split in tasks.FILES},
            "off": {name: str(knob["off"]) for name, knob in knobs.items()},
            "families": {name: family_of_knob(name) for name in knobs if name != "model_family"}}


def study_of(contest, name, knobs, least, most_joules):
    """The study file; JSON is YAML."""
    run = [str(contest.python), str(tasks.ROOT / "bench/saving/trial.py"), "{study_dir}/job.json",
           "--fidelity={fidelity}", "--seed={seed}", "--rows={rows}", "--folder={trial_dir}"]
    for knob in knobs:
        run += ["--set", "%s={%s}" % (knob, knob)]
    return {
        "name": name,
        "pipeline": {"command": {"run": run, "timeout": "2 h", "fidelity": contest.options.fidelity,
                                 "rows": ["validation", "test"]}},
        "knobs": knobs,
        "quality": {"metric": "f1_macro", "min": round(least["macro_f1"], 6)},
        "constraints": {"mcc": {"min": round(least["mcc"], 6)}},
        "objective": "energy",
        "budget": {"trials": contest.options.trials, "energy": "%.0f J" % most_joules},
        "future_runs": 1000,
    }


def run_study(contest, name, least, most_joules):
    """What `turngreen tune` found, one piece; a study that was killed goes on by itself."""
    description = contest.describe()
    knobs, left_out = knobs_for(contest, description, with_families=name == "any_family")
    folder = contest.work / "studies" / name
    study = study_of(contest, "headline " + name.replace("_", " "), knobs, least, most_joules)
    job = job_of(contest, knobs)
    inputs = {"study": study, "job": job, **contest.identity(contest.turngreen, contest.engine),
              "trial": digest(tasks.ROOT / "bench/saving/trial.py"), "engine_job": engine_job.DEFAULTS}

    def make():
        folder.mkdir(parents=True, exist_ok=True)
        begun = folder / "begun.json"
        goes_on = begun.exists() and json.loads(begun.read_text()) == json.loads(json.dumps(inputs))
        write_whole(folder / "job.json", job)
        write_whole(folder / "study.yaml", study)
        write_whole(begun, inputs)
        command = [contest.turngreen, "tune", str(folder / "study.yaml"), "--quiet", "--json", str(folder / "tuning.json")]
        command += [] if goes_on else ["--restart"]
        done = subprocess.run(command)
        if done.returncode not in (0, 3):  # 3: the baseline is the best that was found
            sys.exit("%s ended with %d" % (" ".join(command), done.returncode))
        return {"study": study, "left_out": left_out, "tuning": json.loads((folder / "tuning.json").read_text())}

    return contest.pieces.get("study-" + name, inputs, make)


def recommended_knobs(found):
    """The recommended configuration without what is off or of another family: what the engine is told."""
    recommended = found["tuning"]["recommended"]
    family = engine_job.family_of(recommended)
    off = {name: knob["off"] for name, knob in found["study"]["knobs"].items()}
    return {name: value for name, value in recommended.items()
            if (name == "model_family" or family_of_knob(name) == family) and str(value) != str(off[name])}
