"""Zeus' begin_window/end_window pair in a process of its own, over a powercap tree: prints JSON.

    peer_zeus.py DIRECTORY     two packages, each with a dram zone, are laid out there for Zeus to read

Its wrap trackers are processes that import this file, so that nothing may happen on import.
"""

import json
import pathlib
import statistics
import sys
import time

PAIRS = 200


def lay_out(root):
    for socket in range(2):
        package = root / ("intel-rapl:%d" % socket)
        for zone, name in (package, "package-%d" % socket), (package / (package.name + ":0"), "dram"):
            zone.mkdir(parents=True)
            (zone / "name").write_text(name + "\n")
            (zone / "energy_uj").write_text("123456789\n")
            (zone / "max_energy_range_uj").write_text("262143328850\n")


def main():
    root = pathlib.Path(sys.argv[1]) / "intel-rapl"
    lay_out(root)
    import zeus.device.cpu.rapl
    from zeus.monitor import ZeusMonitor

    zeus.device.cpu.rapl.RAPL_DIR = str(root)
    monitor = ZeusMonitor(gpu_indices=[], approx_instant_energy=False)
    times = []
    for _ in range(PAIRS):
        before = time.perf_counter_ns()
        monitor.begin_window("window")
        result = monitor.end_window("window")
        times.append(time.perf_counter_ns() - before)
        if sorted(result.cpu_energy or ()) != [0, 1]:
            sys.exit("Zeus did not read the two packages: %s" % (result,))
    print(json.dumps({"first_ns": times[0], "p50_ns": statistics.median(times[1:]), "max_ns": max(times[1:])}))


if __name__ == "__main__":
    main()
