"""Writes docs/case-study-tuning-ai-green.md and its figures from the study's raw files.

    python3 bench/case_study/make.py TURNGREEN [DATA] [--check]

TURNGREEN is the program, DATA the folder with raw/, variants.csv and table1_printed.csv (otherwise
turning_green in TURNGREEN_TEST_DATA, or in the data that lie beside the repository). Everything
goes through the program's own commands, so that the document shows what a user gets. With --check
nothing is written: the exit status says whether the document is up to date (77: DATA is not there).
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import document
import figures
import printed_table

NO_DATA = 77
ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "case-study-tuning-ai-green.md"
IMAGES = ROOT / "docs" / "images"
STUDY = "tuning-ai-green"


def turngreen(program, *arguments):
    """Runs the program; its errors end this one."""
    done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode != 0:
        sys.exit(f"{pathlib.Path(program).name} {arguments[0]} ended with {done.returncode}")
    return done.stdout


def look_at(program, data, folder, *more):
    """The report and the trials of the study, imported into a store in `folder`."""
    store, report = folder / "study.db", folder / "report.json"
    options = ("--store", store, "--study", STUDY, "--quiet")
    turngreen(program, "import", "codecarbon", data / "raw", *options, *more)
    turngreen(program, "report", "--store", store, "--json", report, "--quiet")
    export = turngreen(program, "study", "export", STUDY, "--store", store)
    return json.loads(report.read_text()), json.loads(export)


def label(name):
    """"V12" of "V12_attention"."""
    found = re.match(r"[vV](\d+)_", name)
    return f"V{found[1]}" if found else name


def render(program, data):
    """The files to be written, by path."""
    with tempfile.TemporaryDirectory() as folder:
        untold, export = look_at(program, data, pathlib.Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        # What is in each bundle, as the study's authors name it: the raw files do not say it.
        knobs = ("--knobs", data / "variants.csv", "--knobs-column", "knobs_by_name")
        told, _ = look_at(program, data, pathlib.Path(folder), *knobs)
    cells = printed_table.compare(data / "table1_printed.csv", printed_table.read_runs(export))
    return {
        DOCUMENT: document.text(untold, told, cells, label),
        IMAGES / "tuning-ai-green-figure-2.svg": figures.quadrants(untold, "evaluate_model", label),
        IMAGES / "tuning-ai-green-training.svg": figures.quadrants(untold, "train_model", label),
        IMAGES / "tuning-ai-green-bundles.svg": figures.bundles(told, label),
    }


def usual_data():
    folder = os.environ.get("TURNGREEN_TEST_DATA") or ROOT.parent / "shared" / "data"
    return pathlib.Path(folder) / "turning_green"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("data", type=pathlib.Path, nargs="?", default=usual_data())
    parser.add_argument("--check", action="store_true", help="write nothing, compare only")
    options = parser.parse_args()
    if not (options.data / "raw").is_dir():
        print(f"{options.data} has no folder raw: the study's files are not here")
        return NO_DATA
    stale = []
    for path, text in render(options.program, options.data).items():
        if path.exists() and path.read_text() == text:
            continue
        stale.append(str(path.relative_to(ROOT)))
        if not options.check:
            path.write_text(text)
    print("\n".join(stale) or "up to date")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
