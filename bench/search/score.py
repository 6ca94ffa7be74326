"""Scores a study on the noiseless truth.

Joules are counted in baseline runs and add up over everything that was run: the baseline, failures, repeats,
verification. A recommendation is worth its true saving over the oracle's (the most that any configuration within the
quality budget truly saves), and nothing where it truly breaks the budget.
"""

import math
import statistics


def score(table, trials, final=None):
    """`final`: what is recommended in the end, where that is not what was recommended after the last trial."""
    oracle = table.oracle_saving()
    baseline = table.truth[table.baseline][0]
    spent, curve = 0.0, []
    for trial in trials:
        spent += trial["joules"] / baseline
        curve.append((spent, *worth(table, tuple(trial["recommended"]), oracle)))
    if final is not None:
        curve.append((spent, *worth(table, tuple(final), oracle)))
    return {
        "to_95": first(curve, 0.95),
        "to_99": first(curve, 0.99),
        "settled_95": settled(curve, 0.95),
        "spent": spent,
        "trials": len(trials),
        "final": curve[-1][1],
        "false_feasible": not curve[-1][2],
        "false_feasible_along": statistics.fmean(not feasible for _, _, feasible in curve),
    }


def worth(table, configuration, oracle):
    """Share of the oracle's saving, and whether the quality budget is truly kept."""
    feasible = table.true_feasible(configuration)
    return (table.true_saving(configuration) / oracle if feasible else 0.0), feasible


def first(curve, share):
    """Baseline runs until a recommendation is worth that share; infinite: none was."""
    return next((spent for spent, value, _ in curve if value >= share), math.inf)


def settled(curve, share):
    """The same, and every later recommendation is too."""
    reached = math.inf
    for spent, value, _ in curve:
        if value < share:
            reached = math.inf
        elif math.isinf(reached):
            reached = spent
    return reached
