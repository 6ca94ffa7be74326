#!/usr/bin/env python3
"""The engine's metrics beside those of scikit-learn and scipy, on random cases with ties and absent classes.

    compare_metrics.py METRICS_OF [--cases N] [--seed N]

Exits with 77 where the packages are not there (requirements/engine-test.txt has them).
"""

import argparse
import json
import subprocess
import sys
import warnings

try:
    import numpy as np
    import scipy.stats
    import sklearn.metrics as sk
except ImportError as error:
    print("skipped: %s; scripts/make-venv engine-test installs it" % error)
    sys.exit(77)

warnings.simplefilter("ignore")
TOLERANCE = 1e-9


def logits_of(random, rows, outputs):
    logits = random.normal(0, 2, (rows, outputs)).astype(np.float32)
    return np.round(logits) if random.random() < 0.4 else logits  # many ties


def single_label(random):
    rows, outputs = int(random.integers(1, 60)), int(random.integers(2, 7))
    shown = random.integers(1, outputs + 1)  # some classes without rows
    case = {"problem": "single_label", "outputs": outputs, "classes": random.integers(0, shown, rows).tolist()}
    case["logits"] = logits_of(random, rows, outputs)
    if outputs == 2 and random.random() < 0.5:
        case["threshold"] = float(random.choice([0.2, 0.5, 0.7310585786]))
    return case


def multi_label(random):
    rows, outputs = int(random.integers(1, 50)), int(random.integers(1, 6))
    targets = (random.random((rows, outputs)) < random.random(outputs)).astype(int)
    return {"problem": "multi_label", "outputs": outputs, "targets": targets, "logits": logits_of(random, rows, outputs)}


def regression(random):
    rows, outputs = int(random.integers(1, 50)), int(random.integers(1, 4))
    return {"problem": "regression", "outputs": outputs, "targets": logits_of(random, rows, outputs),
            "logits": logits_of(random, rows, outputs)}


def mean(values):
    there = [value for value in values if value is not None]
    return float(np.mean(there)) if there else None


def areas(truth, scores):
    """Of each column that has rows of both kinds, or of one."""
    roc = [sk.roc_auc_score(t, s) if 0 < t.sum() < len(t) else None for t, s in zip(truth.T, scores.T)]
    precision = [sk.average_precision_score(t, s) if t.sum() > 0 else None for t, s in zip(truth.T, scores.T)]
    return {"roc_auc": mean(roc), "pr_auc": mean(precision)}


def class_figures(truth, answered, labels):
    """scikit-learn answers 0 where a figure is not defined; ours is absent."""
    figures = {}
    nothing = float("nan")
    for name, score in (("precision", sk.precision_score), ("recall", sk.recall_score)):
        for k, value in enumerate(score(truth, answered, labels=labels, average=None, zero_division=nothing)):
            figures["%s_%d" % (name, k)] = None if np.isnan(value) else float(value)
    return figures


def calibration_error(probabilities, truth):
    confidence, right = probabilities.max(1), probabilities.argmax(1) == truth
    edges, error = np.linspace(0, 1, 16), 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return error


def expected_single_label(case):
    truth, logits = np.array(case["classes"]), case["logits"].astype(np.float64)
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    probabilities = shifted / np.sort(shifted).sum(1, keepdims=True)  # equal ones to the last bit
    answered = probabilities.argmax(1)
    if "threshold" in case:
        answered = (probabilities[:, 1] >= case["threshold"]).astype(int)
    one_hot = np.eye(case["outputs"])[truth]
    log_probabilities = np.log(probabilities)
    figures = class_figures(truth, answered, list(range(case["outputs"])))
    loss = float(-log_probabilities[np.arange(len(truth)), truth].mean())
    figures.update({
        "f1_macro": sk.f1_score(truth, answered, average="macro"),
        "f1_weighted": sk.f1_score(truth, answered, average="weighted"),
        "f1_micro": sk.f1_score(truth, answered, average="micro"),
        "accuracy": sk.accuracy_score(truth, answered),
        "balanced_accuracy": sk.recall_score(truth, answered, labels=np.unique(truth), average="macro"),
        "mcc": sk.matthews_corrcoef(truth, answered) if len(set(truth)) > 1 else None,
        "log_loss": loss, "loss": loss,
        "calibration_error": calibration_error(probabilities, truth),
        "brier": float(((probabilities - one_hot) ** 2).sum(1).mean()) / (2 if case["outputs"] == 2 else 1)})
    if case["outputs"] == 2:
        difference = (case["logits"][:, 1].astype(np.float64) - case["logits"][:, 0])[:, None]
        figures.update(areas((truth == 1).astype(int)[:, None], difference))
    else:
        figures.update(areas(one_hot, probabilities))
    return figures


def expected_multi_label(case):
    truth, logits = case["targets"], case["logits"].astype(np.float64)
    probabilities = 1 / (1 + np.exp(-logits))
    answered = (probabilities >= 0.5).astype(int)
    loss = float(np.mean(np.logaddexp(0, logits) - truth * logits))
    each = sk.f1_score(truth, answered, average=None, zero_division=float("nan")) if case["outputs"] > 1 else \
        [sk.f1_score(truth[:, 0], answered[:, 0], zero_division=float("nan"))]
    each = [None if np.isnan(value) else float(value) for value in np.atleast_1d(each)]
    rows = truth.sum(0)
    weighted = [(value, weight) for value, weight in zip(each, rows) if value is not None]
    correct, both = (truth & answered).sum(), truth.sum() + answered.sum()
    figures = {"f1_macro": mean(each), "accuracy": float((truth == answered).all(1).mean()),
               "f1_weighted": sum(value * weight for value, weight in weighted) / rows.sum() if rows.sum() else None,
               "f1_micro": 2 * correct / both if both else None, "log_loss": loss, "loss": loss,
               "brier": float(((probabilities - truth) ** 2).mean())}
    figures.update(areas(truth, logits))
    return figures


def expected_regression(case):
    truth, answered = case["targets"].astype(np.float64), case["logits"].astype(np.float64)
    columns = list(zip(truth.T, answered.T))
    varied = [(t, a) for t, a in columns if np.ptp(t) > 0 and np.ptp(a) > 0]
    return {"mse": sk.mean_squared_error(truth, answered), "loss": sk.mean_squared_error(truth, answered),
            "rmse": sk.root_mean_squared_error(truth, answered), "mae": sk.mean_absolute_error(truth, answered),
            "r2": mean([sk.r2_score(t, a) for t, a in columns if np.ptp(t) > 0]),
            "pearson": mean([scipy.stats.pearsonr(t, a).statistic for t, a in varied]),
            "spearman": mean([scipy.stats.spearmanr(t, a).statistic for t, a in varied])}


EXPECTED = {"single_label": expected_single_label, "multi_label": expected_multi_label,
            "regression": expected_regression}
OBJECTIVES = {"f1_macro": lambda t, a: sk.f1_score(t, a, average="macro"), "mcc": sk.matthews_corrcoef,
              "accuracy": sk.accuracy_score, "f1": sk.f1_score}


def faults_of_threshold(case, chosen):
    """No threshold may be better than the one chosen, and that must keep its promise."""
    truth = np.array(case["classes"])
    if len(set(truth)) < 2:
        return [] if chosen is None else ["a threshold for rows of one class"]
    objective = OBJECTIVES[case["choose"]]
    difference = case["logits"][:, 1].astype(np.float64) - case["logits"][:, 0]
    probability = np.where(difference >= 0, 1 / (1 + np.exp(-difference)),
                           np.exp(difference) / (1 + np.exp(difference)))
    best = max(objective(truth, (probability >= t).astype(int)) for t in [*probability, 2])
    kept = objective(truth, (probability >= chosen[0]).astype(int))
    if abs(best - chosen[1]) > TOLERANCE or abs(kept - chosen[1]) > TOLERANCE:
        return ["threshold %r: best is %r, kept is %r" % (chosen, best, kept)]
    return []


def faults_of(case, found):
    faults = []
    for name, value in EXPECTED[case["problem"]](case).items():
        got = found["values"][name]
        if (value is None) != (got is None) or (value is not None and abs(value - got) > TOLERANCE * max(1, abs(value))):
            faults.append("%s is %r, the reference has %r" % (name, got, value))
    return faults + (faults_of_threshold(case, found["threshold"]) if "choose" in case else [])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("metrics_of")
    parser.add_argument("--cases", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    cases = [make(random) for _ in range(arguments.cases // 3) for make in (single_label, multi_label, regression)]
    for case in cases:
        if case["problem"] == "single_label" and case["outputs"] == 2:
            case["choose"] = str(random.choice(list(OBJECTIVES)))
    text = json.dumps([{key: value.ravel().tolist() if isinstance(value, np.ndarray) else value
                        for key, value in case.items()} for case in cases])
    done = subprocess.run([arguments.metrics_of], input=text, capture_output=True, text=True, check=True)
    wrong = 0
    for number, (case, found) in enumerate(zip(cases, json.loads(done.stdout))):
        for fault in faults_of(case, found):
            wrong += 1
            print("case %d (%s): %s" % (number, case["problem"], fault))
    print("%d cases, %d differences beyond %g" % (len(cases), wrong, TOLERANCE))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
