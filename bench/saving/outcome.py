"""From raw figures to the result file: savings, changes of quality, and what the study cost."""

import statistics

import quality
import task as tasks


def side(runs, truth, resamples):
    """A side of the contest: mean energy and quality over its seeds."""
    pairs = [(run["test_answers"], run["scores"]) for run in runs]
    joules = [run["account"]["joules"] for run in runs]
    stages = [sum(run["account"]["stages"].get(stage, {"joules": 0})["joules"] for stage in ("train", "evaluate"))
              for run in runs]
    return {"joules": statistics.mean(joules), "joules_of_seeds": joules, "joules_train_and_evaluate": statistics.mean(stages),
            "seconds": statistics.mean(run["account"]["seconds"] for run in runs),
            "test": quality.summary(truth, pairs, resamples=resamples)}


def changed(runs, reference, truth, resamples):
    """Quality less the reference's, on the same rows."""
    pairs = [[(run["test_answers"], run["scores"]) for run in one] for one in (runs, reference)]
    change = quality.summary(truth, *pairs, resamples=resamples)
    return {name: {**change[name], "within_a_point": change[name]["value"] >= -0.01} for name in change}


def with_scores(runs):
    """Runs of the reference have their scores in the answer of their program."""
    return [{**run, "scores": run["answer"]["scores"]["test"]} for run in runs]


def outcome(contest, found):
    """`found` holds v0_energy (by padding), v0 (runs), control, tuned (runs by family) and studies."""
    truth = tasks.truth(contest.task, "test")
    resamples = contest.options.resamples
    v0, control = with_scores(found["v0"]), with_scores(found["control"]["runs"])
    sides = {"control": side(control, truth, resamples), "v0": {"test": quality.summary(
        truth, [(run["test_answers"], run["scores"]) for run in v0], resamples=resamples)}}
    sides["v0"]["test_with_threshold"] = quality.summary(
        truth, [(run["with_threshold"]["test_answers"], run["scores"]) for run in v0], resamples=resamples)
    for family, runs in found["tuned"].items():
        sides[family] = side(runs, truth, resamples)

    def savings(joules):
        return {**{family: 1 - sides[family]["joules"] / joules for family in found["tuned"]},
                "control": 1 - sides["control"]["joules"] / joules,
                "study_cost_in_baselines": sum(spent.values()) / joules}

    spent = {name: study["tuning"]["spent_j"] for name, study in found["studies"].items()}
    against = {padding: savings(energy["joules"]) for padding, energy in found["v0_energy"].items()}
    usual = against[contest.options.padding]
    changes = {family: changed(runs, v0, truth, resamples) for family, runs in found["tuned"].items()}
    return {
        "saving": {"any_family": usual["any_family"], "transformer": usual["transformer"],
                   "against_expert": 1 - sides["transformer"]["joules"] / sides["control"]["joules"]},
        "quality_change": {family: {name: change[name]["value"] for name in ("macro_f1", "mcc")}
                           for family, change in changes.items()},
        "study_cost_in_baselines": usual["study_cost_in_baselines"],
        "reference_padding": contest.options.padding,
        "saving_by_reference_padding": against,
        "study_joules": spent,
        "quality_change_with_intervals": changes,
        "sides": sides,
    }
