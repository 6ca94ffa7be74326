"""What a stage costs a Python program that tells it through the run protocol.

To be run under `turngreen measure`, as bench/peers.py does. Prints nanoseconds a pair as JSON.
`--pairs N`: as many pairs of the stage "checked", and no clock.
"""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "clients"))
import turngreen_run  # noqa: E402

PAIRS = 5000
BETWEEN_NS = 200_000  # ten thousand marks a second


def pair(name):
    turngreen_run.end(turngreen_run.begin(name))


def main():
    if sys.argv[1:2] == ["--pairs"]:
        for _ in range(int(sys.argv[2])):
            pair("checked")
        return
    if turngreen_run.begin("reached") is None:
        sys.exit("protocol_client.py: run me under turngreen measure")
    times = []
    for _ in range(PAIRS):
        until = time.perf_counter_ns() + BETWEEN_NS
        while time.perf_counter_ns() < until:
            pass
        before = time.perf_counter_ns()
        pair("paced")
        times.append(time.perf_counter_ns() - before)
    times.sort()
    print(json.dumps({"p50_ns": times[PAIRS // 2], "p99_ns": times[PAIRS * 99 // 100]}))


if __name__ == "__main__":
    main()
