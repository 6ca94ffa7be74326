"""The engine's full runs of a configuration with several seeds, under the same meter as the reference's."""

import json
import shutil

import engine_job
import meter
import quality
import studies
import task as tasks


def predictions_of(folder, labels):
    """Answers and scores, by the task's order of the labels."""
    names = json.loads((folder / "model/config.json").read_text())["id2label"]
    # Labels that are numbers become names as transformers makes them.
    order = [labels.index(names[str(i)].removeprefix("LABEL_")) for i in range(len(labels))]
    rows = [json.loads(line) for line in (folder / "predictions.jsonl").read_text(encoding="utf-8").splitlines()]
    answers = [labels.index(str(row["prediction"]).removeprefix("LABEL_")) for row in rows]
    return answers, [[row["scores"][order.index(label)] for label in range(len(labels))] for row in rows]


def run(contest, name, knobs, seed):
    """Training and evaluation of the test rows, whole processes; one piece."""
    def make():
        folder = contest.work / "engine" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        commands = engine_job.commands_of(studies.job_of(contest, {}), knobs, seed, "test", folder)
        accounts = [meter.measured(contest.turngreen, command, folder / ("energy-%d.json" % number))
                    for number, command in enumerate(commands)]
        answers, scores = predictions_of(folder, contest.task["labels"])
        truth = tasks.truth(contest.task, "test")
        figures = quality.summary(truth, [(answers, scores)], resamples=1)
        return {"knobs": knobs, "seed": seed, "commands": commands, "account": meter.sum_of(accounts),
                "effective": accounts[0]["effective"], "processes": accounts, "test_answers": answers,
                "scores": scores, "test": {which: figure["value"] for which, figure in figures.items()},
                "summary": json.loads((folder / "train.json").read_text()),
                "model_folder": str(folder / "model")}

    inputs = {"knobs": knobs, "seed": seed, "precision": contest.options.precision, "defaults": engine_job.DEFAULTS,
              "settings": engine_job.SETTINGS, **contest.identity(contest.engine)}
    return contest.pieces.get(name, inputs, make)


def with_seeds(contest, name, knobs):
    return [run(contest, "%s-seed-%d" % (name, seed), knobs, seed) for seed in contest.options.seeds]
