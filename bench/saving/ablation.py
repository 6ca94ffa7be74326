"""Where the saving comes from: short runs of the winner with one thing at a time as V0 has it."""

import json
import shutil

import engine_job
import meter
import studies
import task as tasks

# As V0 has it. What cannot be turned alone is turned with what it needs: fused kernels take packed rows only.
AS_IN_V0 = {
    "precision": {"precision": "fp32"},
    "compile": {"compile": "off"},
    "compile, batching": {"compile": "off", "batching": "padded"},
    "compile, attention": {"compile": "off", "batching": "dynamic", "attention": "eager"},
    "batch_size": {"batch_size": 2, "gradient_accumulation": 4},
    "max_length": {"max_length": None},
    "layers_dropped": {"layers_dropped": 0, "dropped_from": "top"},
    "frozen_layers": {"frozen_layers": 0},
    "selective_backprop": {"selective_backprop": "1.0"},
    "sample_fraction": {"sample_fraction": "1.0"},
    "dedup": {"dedup": "off"},
    "inference_precision": {"inference_precision": "fp32"},
    "inference_engine": {"inference_engine": "reference", "inference_batching": "padded"},
    "inference": {"inference_engine": "reference", "inference_batching": "padded", "inference_precision": "fp32"},
}


def changes_for(contest, knobs):
    """What differs from V0 in the winner, each with the settings that take it back."""
    in_force = {**engine_job.DEFAULTS, "precision": contest.options.precision,
                "inference_precision": contest.options.precision, **knobs}
    if engine_job.family_of(knobs) != "transformer":
        return {"model_family": ({}, list(knobs))}  # a transformer with the engine's defaults, of the same rows
    changes = {}
    for name, back in AS_IN_V0.items():
        back = {knob: contest.task["max_length"] if value is None else value for knob, value in back.items()}
        differs = any(knob in in_force and str(in_force[knob]) != str(value) for knob, value in back.items())
        if differs:
            changes[name] = (back, [])
    return changes


def short_run(contest, name, knobs):
    """Joules of training on few rows and evaluating as few, without what a process costs anyway; one piece."""
    rows = contest.options.ablation_rows

    def make():
        folder = contest.work / "ablation" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        job = studies.job_of(contest, {})
        for split in ("train", "validation", "test"):
            file = folder / (split + ".jsonl")
            file.write_text("".join(json.dumps(row) + "\n" for row in tasks.read(job[split])[:rows]), encoding="utf-8")
            job[split] = str(file)
        commands = engine_job.commands_of(job, knobs, 1, "test", folder)
        accounts = [meter.measured(contest.turngreen, command, folder / ("energy-%d.json" % number))
                    for number, command in enumerate(commands)]
        stages = meter.sum_of(accounts)["stages"]
        return {"knobs": knobs, "rows": rows, "joules": sum(stages[stage]["joules"] for stage in ("train", "evaluate")
                                                           if stage in stages), "stages": stages}

    inputs = {"knobs": knobs, "rows": rows, "precision": contest.options.precision, **contest.identity(contest.engine)}
    return contest.pieces.get("ablation-" + name, inputs, make)


def ablation(contest, name, knobs):
    """Factor on the energy of training and evaluating when one thing is taken back, and the others stay."""
    whole = short_run(contest, name + "-winner", knobs)
    parts = {}
    for number, (what, (back, without)) in enumerate(changes_for(contest, knobs).items()):
        changed = {**{knob: value for knob, value in knobs.items() if knob not in without}, **back}
        found = short_run(contest, "%s-%d" % (name, number), changed)
        parts[what] = {"back_to": back or "the engine's defaults", "joules": found["joules"],
                       "factor": found["joules"] / whole["joules"]}
    return {"rows": whole["rows"], "joules": whole["joules"], "taken_back_alone": parts}
