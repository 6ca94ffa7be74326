#!/usr/bin/env python3
"""Makes a data set of real text that Debian and Ubuntu machines have: which archive section is a package in?

    prepare.py --output DIR [--seed 42] [--rows N]

Writes train.jsonl, validation.jsonl and test.jsonl (text: the short description; label: one of the ten largest
sections; package) and report.json. Exact duplicates are removed, and near ones are kept within one split. The same
packages, seed and rows give the same files.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import generated_texts
import near_duplicates

SECTIONS = 10
SHARES = {"test": 0.1, "validation": 0.1}  # the rest is for training
NEAR = 0.6  # Jaccard similarity from which two texts are near duplicates
FEWEST_ROWS = 2000  # of packages, that there is something to learn from
GENERATED_ROWS = 20000
LETTERS = re.compile(r"[^\W\d_]")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", type=pathlib.Path, required=True, metavar="DIR", help="folder to write to")
    parser.add_argument("--seed", type=int, default=42, help="of the split and the choice of rows (42)")
    parser.add_argument("--rows", type=int, metavar="N", help="at most, in all splits together; all unless given")
    parser.add_argument("--packages", type=pathlib.Path, metavar="FILE", help="what `apt-cache dumpavail` printed")
    parser.add_argument("--generated", action="store_true", help="made-up texts, even where apt has packages")
    options = parser.parse_args()
    if options.rows is not None and options.rows < 100:
        parser.error(f"--rows {options.rows}: give 100 or more")
    return options


def dumped_packages(file):
    """The text of `apt-cache dumpavail`, empty where there is no apt."""
    if file is not None:
        return file.read_text(encoding="utf-8", errors="replace")
    if shutil.which("apt-cache") is None:
        return ""
    done = subprocess.run(["apt-cache", "dumpavail"], stdout=subprocess.PIPE, env=dict(os.environ, LC_ALL="C.UTF-8"))
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def packages_of(dump):
    """A row for each stanza that has a description and a section; Ubuntu's "universe/libs" is libs."""
    rows = []
    for stanza in dump.split("\n\n"):
        fields = {}
        for line in stanza.split("\n"):
            name, colon, value = line.partition(": ")
            if colon and not name.startswith(" "):
                fields[name] = value.strip()
        text = fields.get("Description") or fields.get("Description-en")
        if text and fields.get("Section") and fields.get("Package"):
            label = fields["Section"].rsplit("/", 1)[-1]
            rows.append({"text": text, "label": label, "package": fields["Package"]})
    return rows


def of_largest_sections(rows):
    counts = collections.Counter(row["label"] for row in rows)
    largest = {label for label, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:SECTIONS]}
    return [row for row in rows if row["label"] in largest]


def letters_of(text):
    """What two texts must share to be exact duplicates: versions and punctuation do not count."""
    return "".join(LETTERS.findall(text.lower()))


def without_duplicates(rows):
    """One row of each text, none of texts that have several labels; and how many went for either reason."""
    copies = collections.defaultdict(list)
    for row in rows:
        copies[letters_of(row["text"])].append(row)
    kept = []
    repeated = contradictory = 0
    for same in copies.values():
        if len({row["label"] for row in same}) > 1:
            contradictory += len(same)
        else:
            kept.append(same[0])
            repeated += len(same) - 1
    return kept, {"exact_duplicates": repeated, "same_text_in_several_sections": contradictory}


def would_leak(rows, kept, pairs, draw):
    """Of all rows, split at random: held out ones of which training has an exact or a near duplicate."""
    texts = [letters_of(row["text"]) for row in rows]
    in_training = [draw.random() >= sum(SHARES.values()) for _ in rows]
    trained = {text for text, trains in zip(texts, in_training) if trains}
    near = collections.defaultdict(set)
    for i, j in pairs:
        a, b = letters_of(kept[i]["text"]), letters_of(kept[j]["text"])
        near[a].add(b)
        near[b].add(a)
    held_out = [text for text, trains in zip(texts, in_training) if not trains]
    exact = sum(text in trained for text in held_out)
    nearly = sum(text not in trained and not trained.isdisjoint(near[text]) for text in held_out)
    return {"held_out": len(held_out), "exact": exact, "near": nearly}


def split(rows, groups, most, draw):
    """Whole groups to each split, at random."""
    groups = list(groups)
    draw.shuffle(groups)
    total = min(len(rows), most or len(rows))
    splits = {"train": [], "validation": [], "test": []}
    taken = 0
    for group in groups:
        if taken + len(group) > total:
            continue
        taken += len(group)
        fits = (name for name in SHARES if len(splits[name]) + len(group) <= SHARES[name] * total)
        splits[next(fits, "train")] += [rows[i] for i in group]
    for chosen in splits.values():
        draw.shuffle(chosen)
    return splits


def from_packages(rows, options):
    draw = random.Random(options.seed)
    kept, removed = without_duplicates(rows)
    pairs = near_duplicates.near_pairs([row["text"] for row in kept], NEAR)
    groups = near_duplicates.groups(len(kept), pairs)
    alike = [group for group in groups if len(group) > 1]
    report = {
        "source": "apt-cache dumpavail" if options.packages is None else str(options.packages),
        "rows_of_the_largest_sections": len(rows),
        "removed": removed,
        "near_duplicates": {
            "similarity": f"Jaccard of words and pairs of neighbouring words, {NEAR} or more",
            "groups": len(alike),
            "rows_in_groups": sum(map(len, alike)),
            "largest_group": max(map(len, alike), default=0),
            "kept": "each group within one split",
        },
        "a_random_split_would_leak": would_leak(rows, kept, pairs, random.Random(options.seed)),
    }
    return report, split(kept, groups, options.rows, draw)


def from_nothing(options):
    rows = generated_texts.generated_rows(options.rows or GENERATED_ROWS, options.seed)
    report = {
        "source": "generated",
        "removed": {"exact_duplicates": 0, "same_text_in_several_sections": 0},
        "near_duplicates": {"kept": "not looked for: made-up texts are alike by design"},
    }
    return report, split(rows, [[i] for i in range(len(rows))], None, random.Random(options.seed))


def write_whole(file, text):
    """The file is there as a whole or as it was before."""
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=".prepare-")
    try:
        with open(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


def tell(report):
    if report["source"] == "generated":
        print("The texts are GENERATED: learnt results say nothing about real text.")
    else:
        near, leak = report["near_duplicates"], report["a_random_split_would_leak"]
        print(f"{report['rows_of_the_largest_sections']:,} descriptions of the {SECTIONS} largest sections")
        print(f"{report['removed']['exact_duplicates']:,} removed: another package has the same letters")
        print(f"{report['removed']['same_text_in_several_sections']:,} removed: the same letters in several sections")
        print(f"{near['rows_in_groups']:,} near duplicates in {near['groups']:,} groups, each kept within one split")
        print(f"A random split would have had {leak['exact']:,} exact and {leak['near']:,} near duplicates of training "
              f"rows among {leak['held_out']:,} held out.")
    for name, found in report["splits"].items():
        print(f"{name}.jsonl: {found['rows']:,} rows")


def main():
    options = parse_arguments()
    rows = [] if options.generated else of_largest_sections(packages_of(dumped_packages(options.packages)))
    enough = len(rows) >= FEWEST_ROWS and len({row["label"] for row in rows}) == SECTIONS
    if options.packages is not None and not enough:
        sys.exit(f"prepare.py: {options.packages}: {len(rows)} packages of the {SECTIONS} largest sections, where "
                 f"{FEWEST_ROWS} are needed; give what `apt-cache dumpavail` prints, or --generated")
    if not enough and not options.generated:
        print(f"prepare.py: WARNING: apt knows {len(rows)} packages of the {SECTIONS} largest sections, where "
              f"{FEWEST_ROWS} are needed (apt-get update fetches them); texts are GENERATED instead", file=sys.stderr)
    report, splits = from_packages(rows, options) if enough else from_nothing(options)
    report["seed"] = options.seed
    report["splits"] = {
        name: {"rows": len(chosen), "labels": dict(sorted(collections.Counter(r["label"] for r in chosen).items()))}
        for name, chosen in splits.items()
    }
    options.output.mkdir(parents=True, exist_ok=True)
    for name, chosen in splits.items():
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in chosen)
        write_whole(options.output / f"{name}.jsonl", "".join(lines))
    write_whole(options.output / "report.json", json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    tell(report)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"prepare.py: {error.filename}: {error.strerror}")
