"""V0's shorter runs are the same mathematics: rows of a step paired by length and padded to the longest of a pair train the
weights that pairs in drawn order, padded to max_length, train. 77 where there is no transformers."""

import json
import os
import pathlib
import random
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench/saving"), str(ROOT / "tests/engine/train")]
os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

import tiny_model

try:
    import accelerate
    import torch
    import transformers
    import reference
except ImportError as problem:
    print("skipped: %s; scripts/make-venv engine-test installs it" % problem)
    sys.exit(77)


def write_rows(file, rows):
    draw = random.Random(rows)
    with open(file, "w") as out:
        for _ in range(rows):
            words = [draw.choice(tiny_model.WORDS) for _ in range(draw.randint(2, 40))]
            out.write(json.dumps({"text": " ".join(words), "label": draw.choice(["no", "yes"])}) + "\n")


def request_of(folder, padding):
    return {"model": str(folder / "model"), "labels": ["no", "yes"], "threads": 1, "max_length": 64, "seed": 3,
            "folder": str(folder / "trainer"), "train": str(folder / "train"), "validation": str(folder / "test"),
            "test": str(folder / "test"), "precision": "fp32", "attention": "eager", "padding": padding, "batch_size": 2,
            "gradient_accumulation": 4, "learning_rate": 1e-3, "warmup_ratio": 0.1, "weight_decay": 0.01, "epochs": 1,
            "evaluation_batch_size": 2, "order": "in_steps"}


def scores(folder, padding, order):
    request = request_of(folder, padding)
    reference.in_steps_by_length, kept = order, reference.in_steps_by_length
    try:
        transformers.set_seed(request["seed"])
        request["tokenizer"] = transformers.AutoTokenizer.from_pretrained(request["model"])
        return torch.tensor(reference.train(request)["scores"]["test"])
    finally:
        reference.in_steps_by_length = kept


def in_drawn_order(examples, request):
    order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(request["seed"])).tolist()
    return [examples[i] for i in order]


def steps_by_length_hold_the_rows_of_the_drawn_steps():
    examples = [{"input_ids": [0] * length, "row": row} for row, length in enumerate((5, 1, 9, 2, 8, 3, 7, 4, 6))]
    request = {"seed": 3, "batch_size": 2, "gradient_accumulation": 2}
    drawn, sorted_ = in_drawn_order(examples, request), reference.in_steps_by_length(examples, request)
    assert drawn != sorted_
    for at in range(0, 9, 4):
        rows = lambda order: sorted(one["row"] for one in order[at:at + 4])
        lengths = [len(one["input_ids"]) for one in sorted_[at:at + 4]]
        assert rows(drawn) == rows(sorted_) and lengths == sorted(lengths), (at, drawn, sorted_)


def main():
    transformers.utils.logging.set_verbosity_error()
    torch.set_num_threads(1)
    steps_by_length_hold_the_rows_of_the_drawn_steps()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tiny_model.write_model(folder / "model")  # without dropout, whose draws depend on the shape
        write_rows(folder / "train", 96)
        write_rows(folder / "test", 20)
        shorter = scores(folder, "longest", reference.in_steps_by_length)
        usual = scores(folder, "max_length", in_drawn_order)
        difference = (shorter - usual).abs().max()
        assert difference < 1e-4, difference
        assert usual.std(0).max() > 1e-3, "nothing was learned, so nothing was compared"
    return 0


if __name__ == "__main__":
    sys.exit(main())
