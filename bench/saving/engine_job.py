"""The engine's job as commands: train on the training rows, choose on the validation rows, answer the rows asked for."""

import pathlib

# Settings beside the knobs, for every run of a family; those of the reference where both have them.
SETTINGS = {
    "transformer": {"epochs": 1, "warmup_ratio": 0.1, "weight_decay": 0.01, "keep": "last", "eval_batch_size": 32},
    "hashed_linear": {"metric_for_best_model": "f1_macro"},
}
# What the engine does unless a knob says otherwise: the baseline of the studies. Precisions are the contest's.
DEFAULTS = {"batching": "packed", "compile": "on", "batch_size": 16, "learning_rate": 1e-4, "inference_engine": "fused",
            "inference_batching": "packed"}


def family_of(knobs):
    return knobs.get("model_family", "transformer")


def words_of(settings):
    return [word for name, value in settings.items() for word in ("--set", "%s=%s" % (name, value))]


def commands_of(contest, knobs, seed, rows, folder, train_file=None):
    """The command lines of the job, which leave the model and predictions.jsonl of those rows in the folder.

    `contest` holds programs, model and rows: a mapping, so that a study's trials can have it from a file.
    """
    family, folder = family_of(knobs), pathlib.Path(folder)
    settings = {"threads": contest["threads"], **SETTINGS[family]}
    train = [contest["engine"], "train", "--train", train_file or contest["train"], "--validation", contest["validation"],
             "--text", "text", "--label", "label", "--output", folder / "model", "--json", folder / "train.json",
             "--seed", seed, "--quiet"]
    answers = ["--predictions", folder / "predictions.jsonl"]
    if family == "transformer":
        settings.update(DEFAULTS, precision=contest["precision"], inference_precision=contest["precision"],
                        max_length=contest["max_length"])
        train += ["--model", contest["model"], "--labels-from", "data", "--restart", "--report-on", rows, *answers]
        if rows == "test":
            train += ["--test", contest["test"]]
    settings.update(knobs)
    commands = [train + words_of(settings)]
    if family == "hashed_linear":  # whose training answers no further rows
        commands.append([contest["engine"], "evaluate", "--model", folder / "model", "--data", contest[rows], "--resamples", 0,
                         "--quiet", *answers, *words_of({"threads": contest["threads"]})])
    return [[str(word) for word in command] for command in commands]
