#!/usr/bin/env python3
"""Turngreen's tokenizer beside the `tokenizers` package: MB/s of text, in turns within one run.

    tokenizer.py BIN-FOLDER [OUTPUT.json]

BIN-FOLDER holds turngreen-engine and tokenizer_speed; the Python is one with requirements/engine-test.txt. The texts
are the C functions of TURNGREEN_TEST_DATA (by default ../shared/data beside the repository). Ids are compared before any
clock is read.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "engine"))
ROUNDS = 5
MOST_ROWS = 6000


def functions(name):
    folder = pathlib.Path(os.environ.get("TURNGREEN_TEST_DATA", HERE.parents[0] / ".." / "shared" / "data"))
    with open(folder / name / "train.jsonl", encoding="utf-8") as lines:
        return [json.loads(line)["func"] for _, line in zip(range(MOST_ROWS), lines)]


def ours(bin_folder, tokenizer, texts, threads):
    """MB/s, of a round after one that fills the cache."""
    done = subprocess.run([bin_folder / "tokenizer_speed", tokenizer, texts, "func", str(threads), "2"],
                          capture_output=True, text=True, check=True)
    last = json.loads(done.stdout.splitlines()[-1])
    return last["bytes"] / last["seconds"] / 1e6


def theirs(tokenizer, texts, threads):
    """MB/s of a process of its own, whose number of threads is set when it starts."""
    program = ("import json,sys,time\nfrom tokenizers import Tokenizer\n"
               "t=Tokenizer.from_file(sys.argv[1]); t.no_padding(); t.no_truncation()\n"
               "rows=[json.loads(line)['func'] for line in open(sys.argv[2], encoding='utf-8')]\n"
               "t.encode_batch_fast(rows[:500])\nbegin=time.perf_counter()\nt.encode_batch_fast(rows)\n"
               "print(sum(len(r.encode()) for r in rows)/(time.perf_counter()-begin)/1e6)\n")
    environment = dict(os.environ, TOKENIZERS_PARALLELISM="true" if threads > 1 else "false",
                       RAYON_NUM_THREADS=str(threads))
    done = subprocess.run([sys.executable, "-c", program, tokenizer, texts], capture_output=True, text=True, check=True,
                          env=environment)
    return float(done.stdout)


def check(bin_folder, tokenizer, texts, rows):
    from tokenizers import Tokenizer
    reference = Tokenizer.from_file(str(tokenizer))
    reference.no_padding()
    reference.no_truncation()
    out = texts.with_suffix(".ids")
    subprocess.run([bin_folder / "turngreen-engine", "tokenize", "--tokenizer", tokenizer, "--input", texts, "--text",
                    "func", "--output", out, "--no-truncation", "--quiet"], check=True)
    with open(out, encoding="utf-8") as lines:
        for line, wanted in zip(lines, reference.encode_batch(rows)):
            if json.loads(line)["ids"] != wanted.ids:
                sys.exit("ids differ; nothing was timed")


def main():
    import compare_tokenizers
    import random_tokenizers
    bin_folder = pathlib.Path(sys.argv[1])
    results = []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for data in "nvd", "juliet":
            rows = functions(data)
            texts = folder / (data + ".jsonl")
            texts.write_text("".join(json.dumps({"func": row}) + "\n" for row in rows))
            tokenizers = {"WordPiece (all-MiniLM-L6-v2)": compare_tokenizers.minilm(),
                          "byte-level BPE (as ModernBERT, 30,000)": random_tokenizers.like_modernbert(rows, 30000).to_str()}
            for name, content in tokenizers.items():
                file = folder / "tokenizer.json"
                file.write_text(content)
                check(bin_folder, file, texts, rows)
                for threads in 1, 2:
                    pairs = [(ours(bin_folder, file, texts, threads), theirs(file, texts, threads)) for _ in range(ROUNDS)]
                    row = {"data": data, "tokenizer": name, "threads": threads,
                           "turngreen_mb_s": statistics.median(a for a, _ in pairs),
                           "tokenizers_mb_s": statistics.median(b for _, b in pairs),
                           "ratio": statistics.median(a / b for a, b in pairs),
                           "ratio_least": min(a / b for a, b in pairs), "ratio_most": max(a / b for a, b in pairs)}
                    results.append(row)
                    print("%(data)-7s %(tokenizer)-40s %(threads)d: %(turngreen_mb_s)7.1f MB/s, tokenizers "
                          "%(tokenizers_mb_s)5.2f; %(ratio).1f times (%(ratio_least).1f to %(ratio_most).1f)" % row, flush=True)
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
