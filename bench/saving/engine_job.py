"""The engine's job as commands: train on the training rows, then evaluate on others."""

import pathlib

# Settings beside the knobs, for every run of a family; those of the reference where both have them.
SETTINGS = {
    "transformer": {"epochs": 1, "warmup_ratio": 0.1, "weight_decay": 0.01, "keep": "last", "eval_batch_size": 32},
    "hashed_linear": {},
}
# What the engine does unless a knob says otherwise: the baseline of the studies.
DEFAULTS = {"batching": "packed", "compile": "on", "batch_size": 16, "learning_rate": 1e-4}
# Knobs of training that evaluating obeys as well.
OF_BOTH = ("precision", "attention", "compile", "threads")


def family_of(knobs):
    return knobs.get("model_family", "transformer")


def words_of(settings):
    return [word for name, value in settings.items() for word in ("--set", "%s=%s" % (name, value))]


def commands_of(contest, knobs, seed, rows, folder, train_file=None):
    """Two command lines; the second leaves predictions.jsonl in the folder.

    `contest` holds programs, model and rows: a mapping, so that a study's trials can have it from a file.
    """
    family = family_of(knobs)
    defaults = {**DEFAULTS, "precision": contest["precision"]} if family == "transformer" else {}
    of_training = {"threads": contest["threads"], **SETTINGS[family], **defaults, **knobs}
    of_inference = {name: value for name, value in knobs.items() if name.startswith("inference_")}
    if family == "transformer":
        of_training.setdefault("max_length", contest["max_length"])
    folder = pathlib.Path(folder)
    train = [contest["engine"], "train", "--model", contest["model"], "--train", train_file or contest["train"],
             "--validation", contest["validation"], "--text", "text", "--label", "label", "--labels-from", "data",
             "--output", folder / "model", "--json", folder / "train.json", "--seed", seed, "--restart", "--quiet",
             *words_of(of_training)]
    of_evaluation = {name: of_training[name] for name in OF_BOTH if name in of_training}
    if of_training.get("batching") == "packed":
        of_evaluation["layout"] = "packed"
    of_evaluation.update(of_inference)
    evaluate = [contest["engine"], "evaluate", "--model", folder / "model", "--data", contest[rows], "--resamples", 0,
                "--predictions", folder / "predictions.jsonl", "--json", folder / "evaluate.json", "--quiet",
                *words_of(of_evaluation)]
    return [[str(word) for word in command] for command in (train, evaluate)]
