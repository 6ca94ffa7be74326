"""The two sides that transformers' Trainer runs: V0 as the study ran it, and an expert's control."""

import json
import statistics
import sys

import meter
import quality
import task as tasks

# glibc serves large blocks by mmap and gives the heap's end back; with these it does neither.
RETAINED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 36), "MALLOC_TOP_PAD_": str(1 << 28)}

# The study's baseline: one epoch, fp32, eager attention, two rows a batch, four batches a step, evaluation two by two.
V0 = {"precision": "fp32", "attention": "eager", "batch_size": 2, "gradient_accumulation": 4, "learning_rate": 5e-5,
      "warmup_ratio": 0.1, "weight_decay": 0.01, "epochs": 1, "evaluation_batch_size": 2, "order": "random"}

# What the expert tries, all with sdpa, batches of similar length, retained memory and one epoch.
CONTROL = {"attention": "sdpa", "gradient_accumulation": 1, "warmup_ratio": 0.1, "weight_decay": 0.01, "epochs": 1,
           "evaluation_batch_size": 32, "order": "by_length", "padding": "longest"}
HAND_PICKED = {
    "code": ({"batch_size": 16, "learning_rate": 1e-4}, {"batch_size": 32, "learning_rate": 2e-4},
             {"batch_size": 16, "learning_rate": 1e-4, "max_length": 256},
             {"batch_size": 32, "learning_rate": 2e-4, "max_length": 256},
             {"batch_size": 32, "learning_rate": 2e-4, "max_length": 128}),
    "descriptions": tuple({"batch_size": size, "learning_rate": rate} for size, rate in (
        (32, 1e-4), (32, 2e-4), (64, 2e-4), (64, 4e-4), (128, 4e-4))),
}


def request_of(contest, do, settings, seed):
    """The request of reference.py; its answer goes into the work folder."""
    task = contest.task
    return {"do": do, "model": contest.model, "labels": task["labels"], "threads": contest.options.threads,
            "max_length": task["max_length"], "folder": str(contest.work / "trainer"), "seed": seed,
            **{split: task[split] for split in tasks.FILES}, **settings}


def run(contest, name, request, environment=None):
    """The account of the whole process and its answer, one piece."""
    def make():
        folder = contest.work / "reference"
        folder.mkdir(parents=True, exist_ok=True)
        answer = folder / (name + ".answer.json")
        asked = folder / (name + ".request.json")
        asked.write_text(json.dumps({**request, "answer": str(answer)}))
        program = tasks.ROOT / "bench/saving/reference.py"
        surroundings = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "MALLOC_ARENA_MAX": "4",
                        **(environment or {})}
        account = meter.measured(contest.turngreen, [contest.python, program, asked], folder / (name + ".json"),
                                 surroundings)
        return {"account": account, "answer": json.loads(answer.read_text()), "request": request}

    return contest.pieces.get(name, {"request": request, "environment": environment, **contest.identity()}, make)


def v0_energy(contest, padding):
    """Joules of the whole job, extrapolated from steady steps and rows.

    Every step and row of the job takes what the measured ones took on average; imports, loading, tokenizing and warming
    up are added as they were. The job evaluates the validation rows once, at the end of its epoch, and the test rows.
    """
    options, rows = contest.options, contest.task["rows"]
    settings = {**V0, "padding": padding, "warm_up": options.warm_up_steps, "steps": options.steps,
                "evaluation_rows": min(options.evaluation_rows, rows["test"])}
    found = run(contest, "v0-energy-" + padding, request_of(contest, "pace", settings, seed=1))
    stages, answer = found["account"]["stages"], found["answer"]
    steps = -(-rows["train"] // (V0["batch_size"] * V0["gradient_accumulation"])) * V0["epochs"]
    evaluated = rows["validation"] + rows["test"]

    def of_job(what):
        step = stages["train"][what] / options.steps
        row = stages["evaluate"][what] / answer["evaluated_rows"]
        # What the process did before and between; the warming up stays in it, as an honest trifle.
        overhead = found["account"][what] - stages["train"][what] - stages["evaluate"][what]
        return {"step": step, "row": row, "overhead": overhead, "train": step * steps, "evaluate": row * evaluated,
                "total": step * steps + row * evaluated + overhead}

    joules, seconds = of_job("joules"), of_job("seconds")
    pace = answer["step_seconds"]
    return {"padding": padding, "joules": joules["total"], "seconds": seconds["total"], "joules_of": joules,
            "seconds_of": seconds, "steps": steps, "measured_steps": options.steps,
            "measured_rows": answer["evaluated_rows"], "evaluated_rows": evaluated, "extrapolated": True,
            "step_seconds_cv": statistics.stdev(pace) / statistics.mean(pace) if len(pace) > 1 else None,
            "account": found["account"], "settings": settings}


def scored(contest, found, with_threshold):
    """Answers, scores and figures of a run on both sets of rows."""
    scores = found["answer"]["scores"]
    truths = {split: tasks.truth(contest.task, split) for split in ("validation", "test")}
    threshold = quality.best_threshold(truths["validation"], scores["validation"]) if with_threshold else None
    result = {"threshold": threshold}
    for split, truth in truths.items():
        answers = quality.answers_of(scores[split], threshold)
        result[split] = quality.summary(truth, [(answers, scores[split])], resamples=1)
        result[split] = {name: figure["value"] for name, figure in result[split].items()}
        result[split + "_answers"] = answers.tolist()
    return result


def v0_quality(contest, seed):
    """A full run of V0's settings: the same steps, whose rows are paired by length and padded to the longest of a pair."""
    settings = {**V0, "padding": "longest", "order": "in_steps", "evaluation_batch_size": 32}
    found = run(contest, "v0-quality-%d" % seed, request_of(contest, "train", settings, seed), RETAINED)
    return {"seed": seed, **found, **scored(contest, found, with_threshold=False),
            "with_threshold": scored(contest, found, with_threshold=True)}


def control_settings(contest):
    picked = HAND_PICKED["descriptions" if contest.task["name"] == "debian" else "code"]
    longest = contest.task["max_length"]
    return [{**CONTROL, "precision": contest.options.precision, **one,
             "max_length": min(one.get("max_length", longest), longest)} for one in picked[:contest.options.hand_picked]]


def control_run(contest, number, settings, seed):
    name = "control-%d-seed-%d" % (number, seed)
    found = run(contest, name, request_of(contest, "train", settings, seed), RETAINED)
    return {"setting": number, "settings": settings, "seed": seed, **found, **scored(contest, found, with_threshold=True)}


def control(contest, least):
    """The cheapest hand-picked setting whose validation rows score enough, else the best; then its other seeds."""
    seeds = contest.options.seeds
    tried = [control_run(contest, number, settings, seeds[0])
             for number, settings in enumerate(control_settings(contest), 1)]
    fit = [one for one in tried if all(one["validation"][name] >= least[name] for name in least)]
    if fit:
        best = min(fit, key=lambda one: one["account"]["joules"])
    else:
        print("control: no hand-picked setting is within the quality budget on the validation rows", file=sys.stderr)
        best = max(tried, key=lambda one: one["validation"]["macro_f1"])
    runs = [best] + [control_run(contest, best["setting"], best["settings"], seed) for seed in seeds[1:]]
    return {"tried": tried, "chosen": best["setting"], "within_budget": bool(fit), "runs": runs}
