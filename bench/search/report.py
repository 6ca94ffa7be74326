"""Sums scores up, as numbers and as Markdown."""

import math
import statistics

from scipy import stats

CENSORED = 1e6  # above any joules: the paired test uses ranks alone
OURS = "turngreen"
COLUMNS = (
    "optimiser",
    "runs",
    "to 95 %",
    "quartiles",
    "reach it",
    "expected",
    "to 99 %",
    "reach it",
    "stay at 95 % from",
    "saving, of the oracle's",
    "false-feasible in the end",
    "along the way",
    "spent in all",
    "turngreen needs: median",
    "expected",
    "sooner",
    "p",
)


def summarise(scores):
    """Of the scores of one optimiser."""
    return {
        "runs": len(scores),
        **{
            name: {
                "median": _finite(statistics.median(s[name] for s in scores)),
                "quartiles": [_finite(_quantile([s[name] for s in scores], q)) for q in (0.25, 0.75)],
                "reached": statistics.fmean(not math.isinf(s[name]) for s in scores),
                "expected": expected_joules(scores, name),
            }
            for name in ("to_95", "to_99", "settled_95")
        },
        "final": statistics.fmean(s["final"] for s in scores),
        "spent": statistics.median(s["spent"] for s in scores),
        "trials": statistics.median(s["trials"] for s in scores),
        "false_feasible": statistics.fmean(s["false_feasible"] for s in scores),
        "false_feasible_along": statistics.fmean(s["false_feasible_along"] for s in scores),
    }


def expected_joules(scores, target):
    """Joules of all runs until they reached the target or ended, for each run that reached it.

    The expected running time of Hansen et al., "COCO: a platform for comparing continuous optimizers in a black-box
    setting" (2021), in joules: what it takes if a run that ends without it is followed by another.
    """
    reached = sum(not math.isinf(s[target]) for s in scores)
    return sum(min(s[target], s["spent"]) for s in scores) / reached if reached else None


def compare(ours, theirs):
    """Paired: the two lists hold the same table and seed at each place."""
    pairs = [(min(a["to_95"], CENSORED), min(b["to_95"], CENSORED)) for a, b in zip(ours, theirs)]
    differences = [a - b for a, b in pairs]
    test = stats.wilcoxon(differences, zero_method="zsplit") if any(differences) else None
    return {
        "pairs": len(pairs),
        "ours_sooner": statistics.fmean((d < 0) + 0.5 * (d == 0) for d in differences),
        "p": float(test.pvalue) if test else 1.0,
        "ratio_of_medians": _ratio(_median(ours), _median(theirs)),
        "ratio_of_expected": _ratio(expected_joules(ours, "to_95"), expected_joules(theirs, "to_95")),
    }


def _median(scores):
    return _finite(statistics.median(s["to_95"] for s in scores))


def _ratio(ours, theirs):
    return None if ours is None or theirs is None else ours / theirs


def _quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _finite(value):
    return None if math.isinf(value) else value


def summary(results):
    """`results`: {table: {optimiser: {seed: score}}}. Tables are compared on the seeds that all optimisers have."""
    groups = {"full fidelity": {}, "with fidelity": {}}
    for table, optimisers in results.items():
        seeds = set.intersection(*(set(scores) for scores in optimisers.values()))
        lists = {name: [scores[seed] for seed in sorted(seeds)] for name, scores in optimisers.items()}
        if seeds:
            groups["with fidelity" if table.endswith("-fidelity") else "full fidelity"][table] = lists
    return {group: _group(tables) for group, tables in groups.items() if tables}


def _group(tables):
    names = list(dict.fromkeys(name for lists in tables.values() for name in lists))
    pooled = {name: [s for lists in tables.values() for s in lists.get(name, [])] for name in names}
    return {
        "tables": {table: _table(lists) for table, lists in tables.items()},
        "overall": _table(pooled),
    }


def _table(lists):
    compared = {}
    if OURS in lists:
        compared = {name: compare(lists[OURS], theirs) for name, theirs in lists.items() if name != OURS}
    return {
        "optimisers": {name: summarise(scores) for name, scores in lists.items()},
        "turngreen_against": compared,
    }


def markdown(summary):
    parts = []
    for group, numbers in summary.items():
        title = "%s: %d tables" % (group, len(numbers["tables"]))
        parts.append("## %s\n\n%s" % (title.capitalize(), _overall(numbers["overall"])))
        parts.append("### Table by table: median baseline runs to 95 %%\n\n%s" % _by_table(numbers["tables"]))
    return "\n\n".join(parts) + "\n"


def _overall(numbers):
    lines = ["| %s |" % " | ".join(COLUMNS), "|" + "---|" * len(COLUMNS)]
    for name, s in numbers["optimisers"].items():
        against = numbers["turngreen_against"].get(name)
        low, high = s["to_95"]["quartiles"]
        cells = [
            name,
            s["runs"],
            _runs(s["to_95"]["median"]),
            "%s to %s" % (_runs(low), _runs(high)),
            _percent(s["to_95"]["reached"]),
            _runs(s["to_95"]["expected"]),
            _runs(s["to_99"]["median"]),
            _percent(s["to_99"]["reached"]),
            _runs(s["settled_95"]["median"]),
            _percent(s["final"]),
            "%.1f %%" % (100 * s["false_feasible"]),
            "%.1f %%" % (100 * s["false_feasible_along"]),
            "%.1f" % s["spent"],
            _times(against, "ratio_of_medians"),
            _times(against, "ratio_of_expected"),
            _percent(against["ours_sooner"]) if against else "",
            "%.2g" % against["p"] if against else "",
        ]
        lines.append("| %s |" % " | ".join(str(cell) for cell in cells))
    return "\n".join(lines)


def _by_table(tables):
    names = list(dict.fromkeys(name for numbers in tables.values() for name in numbers["optimisers"]))
    lines = ["| table | %s |" % " | ".join(names), "|" + "---|" * (1 + len(names))]
    for table, numbers in tables.items():
        cells = []
        for name in names:
            s = numbers["optimisers"].get(name)
            cells.append("%s (%s)" % (_runs(s["to_95"]["median"]), _percent(s["to_95"]["reached"])) if s else "")
        lines.append("| %s | %s |" % (table, " | ".join(cells)))
    return "\n".join(lines)


def _times(against, ratio):
    if against is None:
        return ""
    return "not told" if against[ratio] is None else "x %.2f" % against[ratio]


def _runs(value):
    return "not reached" if value is None else "%.1f" % value


def _percent(share):
    return "%.0f %%" % (100 * share)
