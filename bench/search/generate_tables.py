"""Writes the tables of the search benchmark: the study's 31 variants, and generated cascades.

    generate_tables.py DIRECTORY [--seed N] [--only NAME ...]

Each cascade is written twice with the same truth and the same full runs: NAME offers full runs alone, NAME-fidelity
also runs at 5 % of the job. The study's variants are read from $TURNGREEN_DATA/turning_green/runs.csv
(TURNGREEN_DATA: by default ../shared/data beside the repository) and left out, with a note, where that is not there.
"""

import argparse
import os
import pathlib
import zlib

import numpy as np
from cascade import POINT, STAGES, Wish, draw_cascade
from study_variants import write_study_variants
from table import write_table

METRIC = "macro_f1"
REPEATS = 5
FIDELITY = 0.05
FIDELITY_DISTORTION = 0.15  # of a short run's energy, for each configuration and stage
FIDELITY_QUALITY_NOISE = 0.5 * POINT  # beside the full run's, for each configuration
TRIALS = 32
TRIALS_WITH_FIDELITY = 160  # short ones count, too

WISHES = (
    Wish("cascade-01", knobs=6, energy_noise=0.002, quality_noise=0.1 * POINT, conditional=0),
    Wish("cascade-02", knobs=7, law="sparse", energy_noise=0.005, quality_noise=0.1 * POINT),
    Wish("cascade-03", knobs=8, energy_noise=0.01, quality_noise=0.2 * POINT),
    Wish("cascade-04", knobs=9, law="sparse", energy_noise=0.01, quality_noise=0.2 * POINT, conditional=2),
    Wish("cascade-05", knobs=7, energy_noise=0.02, quality_noise=0.3 * POINT, infeasible=0.20),
    Wish("cascade-06", knobs=8, law="sparse", energy_noise=0.03, quality_noise=0.5 * POINT),
    Wish("cascade-07", knobs=9, energy_noise=0.02, quality_noise=0.5 * POINT, conditional=2),
    Wish("cascade-08", knobs=8, law="sparse", energy_noise=0.005, quality_noise=0.2 * POINT, infeasible=0.30),
    Wish("cascade-09", knobs=9, energy_noise=0.002, quality_noise=0.1 * POINT, infeasible=0.0),
    Wish("cascade-10", knobs=8, deep=True, energy_noise=0.01, quality_noise=0.2 * POINT),
    Wish("cascade-11", knobs=9, law="sparse", deep=True, energy_noise=0.02, quality_noise=0.3 * POINT),
    Wish("cascade-12", knobs=6, energy_noise=0.03, quality_noise=0.3 * POINT, infeasible=0.05),
)


def main():
    arguments = parse_arguments()
    for wish in WISHES:
        if arguments.only and wish.name not in arguments.only:
            continue
        rng = np.random.default_rng([arguments.seed, zlib.crc32(wish.name.encode())])
        cascade = draw_cascade(wish, rng)
        write_cascade(arguments.directory, cascade, rng)
        print(describe(cascade))
    if not arguments.only or "turning-green" in arguments.only:
        print(write_study_variants(arguments.directory / "turning-green", arguments.data))


def parse_arguments():
    data = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "data"
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("TURNGREEN_DATA", data))
    return parser.parse_args()


def write_cascade(directory, cascade, rng):
    full = [row for _ in range(REPEATS) for row in full_rows(cascade, rng)]
    short = short_rows(cascade, rng)
    truth = [
        {**settings(cascade, n), "joules": "%.8g" % cascade.energy[n].sum(), METRIC: "%.8f" % cascade.quality[n]}
        for n in np.flatnonzero(~cascade.missing & ~cascade.failing)
    ]
    for name, rows, fidelity in (
        (cascade.wish.name, full, False),
        (cascade.wish.name + "-fidelity", with_fidelity(full, 1) + with_fidelity(short, FIDELITY), True),
    ):
        trials = TRIALS_WITH_FIDELITY if fidelity else TRIALS
        write_table(directory / name, description(cascade, name, trials), rows, truth, fidelity)


def full_rows(cascade, rng):
    """One run of every configuration."""
    wish = cascade.wish
    energy = cascade.energy * np.exp(rng.normal(0, wish.energy_noise, size=cascade.energy.shape))
    seconds = cascade.seconds * np.exp(rng.normal(0, wish.energy_noise, size=cascade.energy.shape))
    quality = cascade.quality + rng.normal(0, wish.quality_noise, size=len(cascade.quality))
    return rows(cascade, energy, seconds, quality)


def short_rows(cascade, rng):
    """REPEATS runs of every configuration on a small share of the job.

    The distortion of its energy and of its quality belong to the configuration: repeating a short run does not
    take them away.
    """
    distortion = np.exp(rng.normal(0, FIDELITY_DISTORTION, size=cascade.energy.shape))
    shift = -rng.uniform(2, 6) * POINT + rng.normal(0, FIDELITY_QUALITY_NOISE, size=len(cascade.quality))
    written = []
    for _ in range(REPEATS):
        noise = np.exp(rng.normal(0, cascade.wish.energy_noise, size=cascade.energy.shape))
        energy = FIDELITY * cascade.energy * distortion * noise
        quality = cascade.quality + shift + rng.normal(0, cascade.wish.quality_noise, size=len(shift))
        written += rows(cascade, energy, energy / cascade.energy * cascade.seconds, quality)
    return written


def rows(cascade, energy, seconds, quality):
    """A configuration that fails has spent what loading took and 3 % of its training, and has no quality."""
    written = []
    for n in np.flatnonzero(~cascade.missing):
        row = settings(cascade, n)
        done = (1, 0.03, 0) if cascade.failing[n] else (1, 1, 1)
        for s, stage in enumerate(STAGES):
            row[stage + "_j"] = "%.6g" % (energy[n, s] * done[s])
            row[stage + "_s"] = "%.6g" % (seconds[n, s] * done[s])
        row[METRIC] = "" if cascade.failing[n] else "%.6f" % quality[n]
        written.append(row)
    return written


def with_fidelity(rows, fidelity):
    return [{**row, "fidelity": fidelity} for row in rows]


def settings(cascade, n):
    return {knob.id: str(knob.values[level]) for knob, level in zip(cascade.knobs, cascade.levels[n])}


def description(cascade, name, trials):
    knobs = [
        {
            "id": knob.id,
            "values": [str(value) for value in knob.values],
            "ordered": knob.ordered,
            "phase": knob.phase,
            "requires": {parent: [str(v) for v in held] for parent, held in knob.requires.items()},
        }
        for knob in cascade.knobs
    ]
    return {
        "name": name,
        "knobs": knobs,
        "stages": list(STAGES),
        "metric": METRIC,
        "max_drop": POINT,
        "trials": trials,
    }


def describe(cascade):
    feasible = cascade.feasible
    return "%s: %d knobs, %d configurations, %.0f %% feasible, oracle saves %.1f %%" % (
        cascade.wish.name,
        len(cascade.knobs),
        len(cascade.levels),
        100 * feasible.mean(),
        100 * cascade.saving[feasible].max(),
    )


if __name__ == "__main__":
    main()
