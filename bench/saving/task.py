"""The rows of a data set as files that every contestant reads: train, validation and test, with `text` and `label`."""

import json
import os
import pathlib
import random
import subprocess
import sys

from pieces import digest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILES = {"train": "train", "validation": "valid", "test": "test"}
# Tokens that texts are cut at. The descriptions of debian have 64 at most: more would only lengthen the reference.
LENGTHS = {"juliet": 512, "nvd": 512, "debian": 64}
NAMES = tuple(LENGTHS)


def read(file):
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def sources_of(name, folder):
    """The files of all rows, and their columns."""
    if name == "debian":
        made = folder / "debian"
        if not (made / "test.jsonl").exists():
            subprocess.run([sys.executable, ROOT / "examples/debian-sections/prepare.py", "--output", made], check=True)
        return {split: made / (split + ".jsonl") for split in FILES}, "text", "label"
    data = pathlib.Path(os.environ.get("TURNGREEN_TEST_DATA", ROOT.parent / "shared/data")) / name
    if not (data / "train.jsonl").exists():
        sys.exit("there is no %s: set TURNGREEN_TEST_DATA to the folder that holds %s" % (data / "train.jsonl", name))
    return {split: data / (stem + ".jsonl") for split, stem in FILES.items()}, "func", "label"


def prepare(name, sizes, folder, positions):
    """Writes the files; `sizes` holds the most rows of each split, None for all; `positions` are those of the model."""
    sources, text, label = sources_of(name, folder)
    task = {"name": name, "max_length": min(LENGTHS[name], positions), "rows": {}, "digests": {}}
    folder.mkdir(parents=True, exist_ok=True)
    for split, source in sources.items():
        rows = read(source)
        random.Random(7).shuffle(rows)
        rows = [{"text": row[text], "label": str(row[label])} for row in rows[:sizes[split]]]
        if split == "train":
            task["labels"] = sorted({row["label"] for row in rows})
        rows = [row for row in rows if row["label"] in task["labels"]]
        file = folder / (split + ".jsonl")
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        task[split] = str(file)
        task["rows"][split] = len(rows)
        task["digests"][split] = digest(file)
    return task


def truth(task, split):
    """The classes of the rows, by their numbers."""
    return [task["labels"].index(row["label"]) for row in read(task[split])]
