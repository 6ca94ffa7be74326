#!/usr/bin/env python3
"""Turngreen's near-duplicate removal beside datasketch and rensa: documents a second from texts to kept rows, one thread,
processor time, in turns within one run.

    minhash.py BIN-FOLDER [OUTPUT.json]

BIN-FOLDER holds minhash_speed; the Python is one with requirements/bench.txt. The texts are the C functions of juliet in
TURNGREEN_TEST_DATA (by default ../shared/data beside the repository). All three: the texts are in memory; shingles are
five words in a row, words being what white space parts; 128 permutations; Jaccard similarity 0.8; a row that is similar to
a kept one falls. datasketch sees fewer rows, as it takes long. Before any clock is read, a sample of the rows that fell is
compared with the exact Jaccard similarity of their shingles.
"""

import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
THRESHOLD, PERMUTATIONS, WORDS, ROUNDS = 0.8, 128, 5, 3
MOST_ROWS = {"turngreen": 30000, "rensa": 12000, "datasketch": 3000}


def functions():
    folder = pathlib.Path(os.environ.get("TURNGREEN_TEST_DATA", HERE.parents[0] / ".." / "shared" / "data"))
    with open(folder / "juliet" / "train.jsonl", encoding="utf-8") as lines:
        return [json.loads(line)["func"] for _, line in zip(range(MOST_ROWS["turngreen"]), lines)]


def shingles(text):
    words = text.split()
    return {" ".join(words[n:n + WORDS]) for n in range(max(1, len(words) - WORDS + 1))} if words else set()


def datasketch_kept(texts):
    from datasketch import MinHash, MinHashLSH
    index, kept, of_row = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), [], {}
    for row, text in enumerate(texts):
        mark = MinHash(num_perm=PERMUTATIONS)
        mark.update_batch([shingle.encode() for shingle in shingles(text)])
        if any(of_row[other].jaccard(mark) >= THRESHOLD for other in index.query(mark)):
            continue
        index.insert(row, mark)
        of_row[row] = mark
        kept.append(row)
    return kept


def rensa_kept(texts):
    import rensa
    index, kept = rensa.RMinHashDeduplicator(THRESHOLD, PERMUTATIONS, True, None, 42), []
    for row, text in enumerate(texts):
        mark = rensa.RMinHash(PERMUTATIONS, 42)
        mark.update(list(shingles(text)))
        if index.is_duplicate(str(row), mark):
            continue
        index.add(str(row), mark)
        kept.append(row)
    return kept


def timed(kept_of, texts):
    begin = time.process_time()
    kept = kept_of(texts)
    return len(texts) / (time.process_time() - begin), kept


def ours(bin_folder, file, rows):
    """Documents a second, and the rows that were kept."""
    done = subprocess.run([bin_folder / "minhash_speed", file, "func", str(THRESHOLD), "1", "1"],
                          capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["rows"] == rows
    return told["rows"] / told["processor_seconds"], told["kept"]


def write_rows(file, texts):
    file.write_text("".join(json.dumps({"func": text}) + "\n" for text in texts))
    return file


def check(texts, kept):
    """That nothing fell which is unlike all that was kept: of a sample, by exact similarity."""
    keeps = set(kept)
    fallen = random.Random(1).sample([row for row in range(len(texts)) if row not in keeps], 20)
    of_kept = {row: shingles(texts[row]) for row in kept}
    for row in fallen:
        mine = shingles(texts[row])
        nearest = max(len(mine & of) / len(mine | of) for other, of in of_kept.items() if other < row)
        if nearest < THRESHOLD - 0.16:  # four and a half standard deviations of the estimate
            sys.exit(f"row {row} fell, and is similar by {nearest:.2f} at most; nothing was timed")


def main():
    bin_folder = pathlib.Path(sys.argv[1])
    texts = functions()
    figures = {"turngreen": [], "rensa": [], "datasketch": []}
    with tempfile.TemporaryDirectory() as place:
        whole = write_rows(pathlib.Path(place) / "all.jsonl", texts)
        first = texts[:MOST_ROWS["datasketch"]]
        kept = ours(bin_folder, write_rows(pathlib.Path(place) / "first.jsonl", first), len(first))[1]
        check(first, kept)
        for _ in range(ROUNDS):
            figures["turngreen"].append(ours(bin_folder, whole, len(texts))[0])
            figures["rensa"].append(timed(rensa_kept, texts[:MOST_ROWS["rensa"]])[0])
            speed, theirs = timed(datasketch_kept, first)
            figures["datasketch"].append(speed)
    median = {name: statistics.median(speeds) for name, speeds in figures.items()}
    result = {"data": "juliet", "threshold": THRESHOLD, "permutations": PERMUTATIONS, "rows": MOST_ROWS,
              "documents_per_second": figures, "median": median,
              "ratios": {peer: median["turngreen"] / median[peer] for peer in ("datasketch", "rensa")},
              "kept_of_the_first": {"rows": len(first), "turngreen": len(kept), "datasketch": len(theirs),
                                    "both": len(set(kept) & set(theirs))}}
    for name, speed in median.items():
        print(f"{name:12} {speed:10,.0f} documents/s  ({min(figures[name]):,.0f} to {max(figures[name]):,.0f})")
    print(f"turngreen over datasketch {result['ratios']['datasketch']:.1f}, over rensa {result['ratios']['rensa']:.1f}; kept of "
          f"{len(first)} rows: {len(kept)}, datasketch {len(theirs)}, both {result['kept_of_the_first']['both']}")
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
