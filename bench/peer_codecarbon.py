"""CodeCarbon's own costs in a process of its own: prints JSON.

    peer_codecarbon.py tasks            nanoseconds of the first start_task/stop_task pair, and of the others
    peer_codecarbon.py sampling SECONDS processor time of sampling once a second, in shares of one core
"""

import json
import resource
import statistics
import sys
import time

PAIRS = 200


def tracker(seconds):
    from codecarbon import OfflineEmissionsTracker

    # Its cheapest: no network, no file, no machine-wide lock.
    return OfflineEmissionsTracker(
        country_iso_code="FRA",
        measure_power_secs=seconds,
        save_to_file=False,
        allow_multiple_runs=True,
        log_level="critical",
    )


def tasks():
    measured = tracker(15)
    times = []
    for number in range(PAIRS):
        before = time.perf_counter_ns()
        measured.start_task("task %d" % number)
        measured.stop_task()
        times.append(time.perf_counter_ns() - before)
    return {"first_ns": times[0], "p50_ns": statistics.median(times[1:]), "max_ns": max(times[1:])}


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def sampling(seconds):
    measured = tracker(1)
    measured.start()
    time.sleep(2)  # past its start
    before, begin = processor_seconds(), time.perf_counter()
    time.sleep(seconds)
    used, passed = processor_seconds() - before, time.perf_counter() - begin
    measured.stop()
    return {"percent_of_core": used / passed * 100, "seconds": passed}


if __name__ == "__main__":
    print(json.dumps(tasks() if sys.argv[1] == "tasks" else sampling(float(sys.argv[2]))))
