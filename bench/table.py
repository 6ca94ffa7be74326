"""One table of what the benchmarks gave against what they are to show, in Markdown.

    table.py DIRECTORY     the directory of the JSON files
"""

import datetime
import json
import os
import pathlib
import sys


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return os.uname().machine


def number(value):
    return "%.3g" % value if value < 1000 else "%.0f" % value


def from_to(figures, factor=1):
    """The median with the range that holds eight of ten."""
    low, high = figures["low"] * factor, figures["high"] * factor
    return "%s (%s to %s)" % (number(figures["median"] * factor), number(low), number(high))


def row(what, figure, target=None, unit="", value=None):
    verdict = ""
    if target is not None:
        verdict = "met" if value <= target else "**missed**"
    aim = "" if target is None else "<= %s %s" % (number(target), unit)
    return "| %s | %s %s | %s | %s |" % (what, figure, unit, aim, verdict)


def peer_rows(peers):
    commands, spans, sampling = peers["commands"], peers["spans"], peers["sampling"]
    over = commands["turngreen_over_bare_ms"]
    yield row("`true`", from_to(commands["bare_ms"]), unit="ms")
    yield row("`turngreen --version`", from_to(commands["version_ms"]), 10, "ms", commands["version_ms"]["median"])
    yield row("`turngreen measure --quiet -- true`, over `true`", from_to(over), 15, "ms", over["median"])
    yield row("`codecarbon monitor --offline -- true`, over `true`", from_to(commands["codecarbon_over_bare_ms"]), unit="ms")
    yield row("... as many times turngreen's", from_to(commands["codecarbon_to_turngreen"]))
    own, c, python = spans["in_process_ns"], spans["protocol_c_ns"], spans["protocol_python_ns"]
    yield row("span in-process, by name", from_to(own), 1000, "ns", own["median"])
    yield row("stage by the C client", from_to(c, 1e-3), 20, "us", c["median"] * 1e-3)
    yield row("stage by the Python client", from_to(python, 1e-3), 20, "us", python["median"] * 1e-3)
    yield row("CodeCarbon task", from_to(spans["codecarbon_ns"], 1e-3), unit="us")
    yield row("... its first", from_to(spans["codecarbon_first_ns"], 1e-6), unit="ms")
    yield row("... as many times turngreen's span", from_to(spans["codecarbon_to_in_process"]))
    yield row("Zeus window, 2 packages with dram in files", from_to(spans["zeus_ns"], 1e-3), unit="us")
    yield row("... its first", from_to(spans["zeus_first_ns"], 1e-6), unit="ms")
    for name, what in (
        ("codecarbon_1_hz_percent", "CodeCarbon sampling this machine, 1 Hz"),
        ("turngreen_10_hz_percent", "turngreen sampling this machine, 10 Hz"),
        ("turngreen_1000_hz_percent", "turngreen sampling this machine, 1 kHz"),
    ):
        yield row(what, from_to(sampling[name]), unit="% of one core")


def span_rows(report):
    for figures in report["benchmarks"]:
        if figures["aggregate_name"] != "median" or not figures["run_name"].startswith("back_to_back"):
            continue
        yield row(figures["run_name"], number(figures["real_time"]), 1000, "ns", figures["real_time"])


def sampling_rows(rows):
    for figures in rows:
        share = figures["percent_of_core"]
        what = "sampling, %(sensors)s, processors %(processors)s, every %(period_ms)g ms" % figures
        target = None
        if figures["sensors"] in ("scripted", "powercap"):
            target = 0.05 if figures["period_ms"] == 100 else 2
        yield row(what, number(share), target, "% of one core", share)


def accuracy_rows(rows):
    yield row("spans outside their bounds, worst of %d cases" % len(rows),
              number(max(1 - case["inside"] for case in rows) * 100), 5, "%",
              max(1 - case["inside"] for case in rows) * 100)
    for which in ("median", "p95"):
        errors = [case["error"][which] * 100 for case in rows]
        close = sum(error < 1 for error in errors)
        yield row("error of spans >= 10 periods, %s, worst case (below 1 %% in %d of %d)"
                  % (which, close, len(rows)), number(max(errors)), 1, "%", max(errors))
    yield row("parts less the whole", number(max(abs(case["parts_less_whole_uj"]) for case in rows)), 0, "uJ",
              max(abs(case["parts_less_whole_uj"]) for case in rows))


def main():
    results = pathlib.Path(sys.argv[1])
    load = [line.split() for line in (results / "load.txt").read_text().splitlines()]
    print("\n%s, %d processors, Linux %s, %s; load %s\n" % (
        processor(), os.cpu_count(), os.uname().release.split("-")[0], datetime.date.today(),
        ", ".join("%s before %s" % (value, part) for part, value in load)))
    print("| what | median (8 of 10 lie in) | target | |\n|---|---|---|---|")
    for name, rows in (("peers", peer_rows), ("span", span_rows), ("sampling", sampling_rows), ("accuracy", accuracy_rows)):
        for line in rows(json.loads((results / (name + ".json")).read_text())):
            print(line)


if __name__ == "__main__":
    main()
