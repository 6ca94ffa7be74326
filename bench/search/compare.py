"""Joules until a good configuration is recommended: turngreen's search beside its peers'.

    compare.py [--directory DIR] [--turngreen PROGRAM] [--peers | --ours | --stored] [--seeds N]
               [--tables NAME ...] [--jobs N] [--quick]

Writes DIR/results.json and DIR/results.md. Every finished run is kept in DIR/runs and run again only if its table, the
peer's version or turngreen's program has changed. README.md says what is compared and how.
"""

import argparse
import concurrent.futures
import hashlib
import importlib.metadata
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import time

import report
from ours import tune
from peers import PEERS
from score import score
from table import load_table

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
QUICK_TABLES = ["cascade-01", "cascade-04", "cascade-04-fidelity", "cascade-10-fidelity"]
FIDELITY = "-fidelity"


def main():
    arguments = parse_arguments()
    tables = arguments.directory / "tables"
    if not any(tables.glob("*/table.json")):
        subprocess.run([sys.executable, HERE / "generate_tables.py", tables], check=True)
    names = sorted(path.parent.name for path in tables.glob("*/table.json"))
    names = [name for name in names if not arguments.tables or name in arguments.tables]
    jobs = list(wanted(arguments, tables, names))
    run_all([job for job in jobs if not job.skipped and stored(job) is None], arguments.jobs)
    write_results(arguments.directory, tables, names, jobs)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--directory", type=pathlib.Path, default=ROOT / "build/bench-search")
    parser.add_argument("--turngreen", type=pathlib.Path, default=ROOT / "build/bin/turngreen")
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--tables", nargs="*", default=[])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="3 seeds, 4 tables")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--peers", action="store_true", help="the peers alone")
    who.add_argument("--ours", action="store_true", help="turngreen alone; peers as far as they are stored")
    who.add_argument("--stored", action="store_true", help="run nothing: only sum up what is stored")
    arguments = parser.parse_args()
    arguments.directory = arguments.directory.resolve()
    arguments.turngreen = arguments.turngreen.resolve()
    if arguments.quick:
        arguments.seeds, arguments.tables = 3, QUICK_TABLES
    return arguments


def wanted(arguments, tables, names):
    """Jobs, seed by seed, so that the results are fair whenever it is stopped."""
    optuna = importlib.metadata.version("optuna")
    with_ours = not arguments.peers and (arguments.turngreen.exists() or not arguments.stored)
    program = digest(arguments.turngreen) if with_ours else ""
    tables_digest = {}
    for name in names:
        tables_digest[name] = digest(tables / name / "trials.csv", tables / name / "table.json")
    # The peers run in full only: the table without fidelity is the same to them.
    plain = sorted({name.removesuffix(FIDELITY) for name in names})
    for name in plain:
        tables_digest.setdefault(name, digest(tables / name / "trials.csv", tables / name / "table.json"))
    for seed in range(arguments.seeds):
        for optimiser in PEERS:
            for name in plain:
                key = "%s %s %s" % (optimiser, optuna, tables_digest[name])
                yield Job(arguments, tables / name, optimiser, seed, key, skipped=arguments.ours or arguments.stored)
        for name in names if with_ours else []:
            study = digest(tables / name / "study.yaml")
            key = "%s %s %s" % (program, study, tables_digest[name])
            yield Job(arguments, tables / name, report.OURS, seed, key, skipped=arguments.stored)


class Job:
    def __init__(self, arguments, table, optimiser, seed, key, skipped):
        self.table = table
        self.optimiser = optimiser
        self.seed = seed
        self.key = key
        self.skipped = skipped  # take it where it is stored, do not run it
        self.program = arguments.turngreen
        self.file = arguments.directory / "runs" / table.name / ("%s-%d.json" % (optimiser, seed))


def digest(*files):
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def stored(job):
    """The run as it was kept; None: there is none, or what it ran on has changed."""
    try:
        run = json.loads(job.file.read_text())
    except FileNotFoundError:
        return None
    return run if run["key"] == job.key else None


def run_all(jobs, processes):
    begin = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(processes, context, initializer=one_thread) as pool:
        for number, _ in enumerate(pool.map(run, jobs, chunksize=1), 1):
            if number % 50 == 0 or number == len(jobs):
                left = (time.monotonic() - begin) / number * (len(jobs) - number)
                print("%d of %d runs, some %.0f min left" % (number, len(jobs), left / 60), flush=True)


def one_thread():
    os.environ["OMP_NUM_THREADS"] = "1"


def run(job):
    table = load_table(job.table)
    if job.optimiser == report.OURS:
        result = tune(job.program, job.table, table, job.seed)
    else:
        begin = time.perf_counter()
        result = {"trials": PEERS[job.optimiser](table, job.seed), "seconds": time.perf_counter() - begin}
    job.file.parent.mkdir(parents=True, exist_ok=True)
    part = job.file.with_suffix(".part")
    part.write_text(json.dumps({"key": job.key, **result}))
    os.replace(part, job.file)


def write_results(directory, tables, names, jobs):
    runs = {}
    for job in jobs:
        run = stored(job)
        if run is not None:
            runs.setdefault((job.table.name, job.optimiser), {})[job.seed] = run
    results = {}
    for name in names:
        table = load_table(tables / name)
        for optimiser in [*PEERS, report.OURS]:
            source = name if optimiser == report.OURS else name.removesuffix(FIDELITY)
            found = runs.get((source, optimiser), {})
            scores = {seed: score(table, run["trials"], run.get("final")) for seed, run in found.items()}
            if scores:
                results.setdefault(name, {})[optimiser] = scores
    summary = report.summary(results)
    versions = {"optuna": importlib.metadata.version("optuna"), "torch": importlib.metadata.version("torch")}
    write(directory / "results.json", json.dumps({"versions": versions, "summary": summary, "runs": results}))
    write(directory / "results.md", report.markdown(summary))
    print(report.markdown(summary))


def write(path, text):
    part = path.with_name(path.name + ".part")
    part.write_text(text)
    os.replace(part, path)


if __name__ == "__main__":
    main()
