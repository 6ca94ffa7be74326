"""The peers side by side with turngreen: what each costs the program it measures, in one run, in turns.

    peers.py PROGRAMS JSON     PROGRAMS: the directory of turngreen and the benchmarks; JSON: the file to write
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
CHECKED_PAIRS = 5000
COMMAND_ROUNDS = 31
CODECARBON_EVERY = 3  # of these rounds: it takes seconds
SPAN_ROUNDS = 5
SAMPLING_ROUNDS = 3
SAMPLING_SECONDS = 10


def output_of(command, **options):
    """Standard output of a command that has to succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit("peers.py: %s ended with %d:\n%s" % (command, done.returncode, done.stderr[-2000:]))
    return done.stdout


def json_of(command, **options):
    """The JSON on the last line of its output: libraries print what they like before."""
    return json.loads(output_of(command, **options).strip().splitlines()[-1])


def milliseconds(command, directory):
    begin = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    passed = (time.perf_counter() - begin) * 1e3
    if done.returncode != 0:
        sys.exit("peers.py: %s ended with %d" % (command, done.returncode))
    return passed


def spread(values):
    values = sorted(values)
    return {
        "median": statistics.median(values),
        "low": values[len(values) // 10],
        "high": values[-1 - len(values) // 10],
        "min": values[0],
        "max": values[-1],
        "count": len(values),
    }


class Bench:
    def __init__(self, programs, directory):
        self.programs = programs
        self.directory = directory  # temporary, in memory where possible
        self.measure = [programs / "turngreen", "measure", "--quiet"]
        self.codecarbon = pathlib.Path(sys.executable).with_name("codecarbon")

    def check_protocol(self):
        """Every line of either client has to be in the account before anything is timed."""
        report = self.directory / "checked.json"
        for client in self.clients().values():
            output_of([*self.measure, "--json", report, "--", *client, "--pairs", CHECKED_PAIRS])
            account = json.loads(report.read_text())
            counted = [stage["count"] for stage in account["stages"] if stage["name"] == "checked"]
            if counted != [CHECKED_PAIRS]:
                sys.exit("peers.py: %s told %d pairs, %s were counted" % (client, CHECKED_PAIRS, counted))

    def clients(self):
        return {
            "c": [self.programs / "bench_protocol_client"],
            "python": [sys.executable, HERE / "protocol_client.py"],
        }

    def commands(self):
        """Wall time of `true`, by itself and measured."""
        rounds = {"bare": [], "version": [], "turngreen": [], "codecarbon": []}
        turngreen = [*self.measure, "--", "true"]
        codecarbon = [self.codecarbon, "monitor", "--offline", "--country-iso-code", "FRA", "--", "true"]
        for command in (["true"], turngreen, codecarbon):
            milliseconds(command, self.directory)  # into the page cache
        for number in range(COMMAND_ROUNDS):
            rounds["bare"].append(milliseconds(["true"], self.directory))
            rounds["turngreen"].append(milliseconds(turngreen, self.directory))
            rounds["version"].append(milliseconds([self.programs / "turngreen", "--version"], self.directory))
            if number % CODECARBON_EVERY == 0:
                rounds["codecarbon"].append(milliseconds(codecarbon, self.directory))
        over = [measured - bare for measured, bare in zip(rounds["turngreen"], rounds["bare"])]
        bare = rounds["bare"][::CODECARBON_EVERY]
        codecarbon_over = [measured - bare for measured, bare in zip(rounds["codecarbon"], bare)]
        ratios = [
            theirs / ours for theirs, ours in zip(codecarbon_over, over[::CODECARBON_EVERY])
        ]
        return {
            **{name + "_ms": spread(values) for name, values in rounds.items()},
            "turngreen_over_bare_ms": spread(over),
            "codecarbon_over_bare_ms": spread(codecarbon_over),
            "codecarbon_to_turngreen": spread(ratios),
        }

    def spans(self):
        """Nanoseconds of a pair: a task, a window, a span, a stage told through the protocol."""
        kinds = {"in_process": [], "protocol_c": [], "protocol_python": []}
        peers = {"codecarbon": [], "codecarbon_first": [], "zeus": [], "zeus_first": []}
        for number in range(SPAN_ROUNDS):
            tasks = json_of([sys.executable, HERE / "peer_codecarbon.py", "tasks"])
            peers["codecarbon"].append(tasks["p50_ns"])
            peers["codecarbon_first"].append(tasks["first_ns"])
            tree = self.directory / ("zeus-%d" % number)
            windows = json_of([sys.executable, HERE / "peer_zeus.py", tree])
            peers["zeus"].append(windows["p50_ns"])
            peers["zeus_first"].append(windows["first_ns"])
            kinds["in_process"].append(self.google_benchmark("bench_span", "paced/by_name")["p50_ns"])
            kinds["protocol_c"].append(
                self.google_benchmark("bench_protocol_client", "^paced/", self.measure + ["--"])["p50_ns"]
            )
            kinds["protocol_python"].append(
                json_of([*self.measure, "--", *self.clients()["python"]])["p50_ns"]
            )
        ratios = [theirs / ours for theirs, ours in zip(peers["codecarbon"], kinds["in_process"])]
        return {
            **{name + "_ns": spread(values) for name, values in {**kinds, **peers}.items()},
            "codecarbon_to_in_process": spread(ratios),
        }

    def google_benchmark(self, program, wanted, before=()):
        report = output_of(
            [*before, self.programs / program, "--benchmark_format=json", "--benchmark_filter=" + wanted]
        )
        return json.loads(report)["benchmarks"][0]

    def sampling(self):
        """Percent of one core, on what this machine has: CodeCarbon once a second, turngreen 10 and 1,000 times."""
        kinds = {"codecarbon_1_hz": [], "turngreen_10_hz": [], "turngreen_1000_hz": []}
        report = self.directory / "sampling.json"
        for _ in range(SAMPLING_ROUNDS):
            theirs = json_of([sys.executable, HERE / "peer_codecarbon.py", "sampling", SAMPLING_SECONDS])
            kinds["codecarbon_1_hz"].append(theirs["percent_of_core"])
            ours = [self.programs / "bench_sampling", "--seconds", SAMPLING_SECONDS, "--idle"]
            output_of([*ours, "--json", report, "machine"])
            for row in json.loads(report.read_text()):
                name = "turngreen_%d_hz" % round(1000 / row["period_ms"])
                kinds[name].append(row["percent_of_core"])
        return {name + "_percent": spread(values) for name, values in kinds.items()}


def main():
    programs, report = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as directory:
        bench = Bench(programs, pathlib.Path(directory))
        bench.check_protocol()
        results = {}
        for part in (bench.commands, bench.spans, bench.sampling):
            print("peers: %s ..." % part.__name__, flush=True)
            results[part.__name__] = part()
    report.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
