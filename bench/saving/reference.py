"""The reference: transformers' Trainer, asked for one thing by a JSON file.

    reference.py REQUEST.json       writes the file that the request calls "answer"

  pace    some steps and rows of the job, for their joules: stages train and evaluate, under turngreen measure
  train   the whole job; the answer holds the scores of every validation and test row

What a request says: reference_runs.py. Stages are told to the meter; what is in none of them (imports, warming up) is the
overhead of a run.
"""

import json
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "clients"))

import torch
import transformers
import turngreen_run


class StagedSteps(transformers.TrainerCallback):
    """The stage `train` holds the steps after those that warm up."""

    def __init__(self, warm_up, steps):
        self.warm_up, self.steps = warm_up, steps
        self.seconds = []
        self.began = self.last = None

    def on_step_end(self, _, state, control, **__):
        now = time.perf_counter()
        if state.global_step > self.warm_up:
            self.seconds.append(now - self.last)
        self.last = now
        if state.global_step == self.warm_up:
            self.began = turngreen_run.begin("train")
        if state.global_step == self.warm_up + self.steps:
            turngreen_run.end("train")
            control.should_training_stop = True


def examples_of(file, request, tokenizer):
    rows = [json.loads(line) for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines()]
    encoded = tokenizer([row["text"] for row in rows], truncation=True, max_length=request["max_length"])
    names = request["labels"]
    return [{"input_ids": ids, "labels": names.index(row["label"])} for ids, row in zip(encoded["input_ids"], rows)]


def in_steps_by_length(examples, request):
    """The order of one epoch, where the rows of each optimizer step stand by length.

    A step adds up the gradients of its batches, so it is the same whichever of its rows share a batch: fewer pad tokens,
    the same mathematics.
    """
    generator = torch.Generator().manual_seed(request["seed"])
    order = torch.randperm(len(examples), generator=generator).tolist()
    size = request["batch_size"] * request["gradient_accumulation"]
    steps = [sorted(order[at:at + size], key=lambda i: len(examples[i]["input_ids"])) for at in range(0, len(order), size)]
    return [examples[i] for step in steps for i in step]


def arguments_of(request, **more):
    is_ordered = request["order"] == "in_steps"
    strategy = {"random": "random", "in_steps": "sequential", "by_length": "group_by_length"}[request["order"]]
    if is_ordered and request["epochs"] != 1:
        sys.exit("reference.py: an order within steps is made for one epoch")
    return transformers.TrainingArguments(
        output_dir=request["folder"], use_cpu=True, report_to=[], save_strategy="no", disable_tqdm=True,
        logging_strategy="no", seed=request["seed"], num_train_epochs=request["epochs"],
        per_device_train_batch_size=request["batch_size"], per_device_eval_batch_size=request["evaluation_batch_size"],
        gradient_accumulation_steps=request["gradient_accumulation"], learning_rate=request["learning_rate"],
        warmup_steps=request["warmup_ratio"], weight_decay=request["weight_decay"],
        bf16=request["precision"] == "bf16", train_sampling_strategy=strategy, **more)


def trainer_of(request, examples, callbacks=(), **more):
    tokenizer = request["tokenizer"]
    if request["order"] == "in_steps":
        examples = in_steps_by_length(examples, request)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        request["model"], num_labels=len(request["labels"]), attn_implementation=request["attention"])
    collator = transformers.DataCollatorWithPadding(
        tokenizer, padding=request["padding"], max_length=request["max_length"])
    return transformers.Trainer(model=model, args=arguments_of(request, **more), train_dataset=examples,
                                data_collator=collator, callbacks=list(callbacks))


def scores_of(trainer, examples):
    """Probabilities of each row, which are computed in the order of their lengths."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i]["input_ids"]))
    logits = torch.tensor(trainer.predict([examples[i] for i in order]).predictions).float()
    scores = [None] * len(order)
    for at, row in zip(order, logits.softmax(-1).tolist()):
        scores[at] = [round(score, 7) for score in row]
    return scores


def pace(request):
    with turngreen_run.stage("tokenize"):
        examples = examples_of(request["train"], request, request["tokenizer"])
        test = examples_of(request["test"], request, request["tokenizer"])
    steps = StagedSteps(request["warm_up"], request["steps"])
    trainer = trainer_of(request, examples, [steps], max_steps=request["warm_up"] + request["steps"])
    trainer.train()
    chosen = torch.randperm(len(test), generator=torch.Generator().manual_seed(1)).tolist()
    rows = [test[i] for i in chosen[:request["evaluation_rows"]]]
    trainer.evaluate(rows[:2 * request["evaluation_batch_size"]])
    begin = time.perf_counter()
    with turngreen_run.stage("evaluate"):
        trainer.evaluate(rows)
    return {"step_seconds": steps.seconds, "evaluated_rows": len(rows), "evaluate_seconds": time.perf_counter() - begin,
            "training_rows": len(examples)}


def train(request):
    with turngreen_run.stage("tokenize"):
        files = {name: examples_of(request[name], request, request["tokenizer"])
                 for name in ("train", "validation", "test")}
    trainer = trainer_of(request, files["train"])
    with turngreen_run.stage("train"):
        trainer.train()
        validation = scores_of(trainer, files["validation"])
    with turngreen_run.stage("evaluate"):
        test = scores_of(trainer, files["test"])
    return {"steps": trainer.state.global_step, "scores": {"validation": validation, "test": test}}


def main():
    request = json.loads(pathlib.Path(sys.argv[1]).read_text())
    transformers.utils.logging.set_verbosity_error()
    torch.set_num_threads(request["threads"])
    transformers.set_seed(request["seed"])
    request["tokenizer"] = transformers.AutoTokenizer.from_pretrained(request["model"])
    answer = {"pace": pace, "train": train}[request["do"]](request)
    answer["versions"] = {"torch": torch.__version__, "transformers": transformers.__version__}
    pathlib.Path(request["answer"]).write_text(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
