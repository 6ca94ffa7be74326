"""The figures of bench/headline are scikit-learn's; its threshold is the best there is; 77 where there is no scikit-learn."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/saving"))

try:
    import numpy
    import sklearn.metrics
    import quality
except ImportError as problem:
    print("skipped: %s; scripts/make-venv engine-test installs it" % problem)
    sys.exit(77)


def drawn(rows, classes, seed):
    """Classes, and scores that know something of them, with ties."""
    draw = numpy.random.default_rng(seed)
    truth = draw.integers(classes, size=rows)
    scores = draw.random((rows, classes)) + numpy.eye(classes)[truth] * 0.4
    scores = numpy.round(scores / scores.sum(1, keepdims=True), 2)
    return truth, scores / scores.sum(1, keepdims=True)


def figures_are_those_of_scikit_learn():
    for classes in (2, 3, 10):
        truth, scores = drawn(400, classes, classes)
        answers = quality.answers_of(scores)
        ours = quality.figures(truth, answers, scores)
        expected = {
            "macro_f1": sklearn.metrics.f1_score(truth, answers, average="macro"),
            "mcc": sklearn.metrics.matthews_corrcoef(truth, answers),
            "auc": sklearn.metrics.roc_auc_score(truth, scores[:, 1]) if classes == 2 else
                   sklearn.metrics.roc_auc_score(truth, scores, multi_class="ovr"),
        }
        for name, value in expected.items():
            assert abs(ours[name] - value) < 1e-9, (classes, name, ours[name], value)


def a_model_that_always_says_no_has_no_mcc():
    truth, scores = drawn(100, 2, 5)
    figures = quality.figures(truth, numpy.zeros(100, dtype=int), scores)
    assert figures["mcc"] == 0 and figures["macro_f1"] < 0.5, figures


def no_other_threshold_scores_higher():
    truth, scores = drawn(300, 2, 8)
    best = quality.best_threshold(truth, scores)
    score = lambda threshold: sklearn.metrics.f1_score(truth, quality.answers_of(scores, threshold), average="macro")
    others = max(score(threshold) for threshold in numpy.unique(scores[:, 1]))
    assert abs(score(best) - others) < 1e-12, (best, score(best), others)
    assert quality.best_threshold(*drawn(50, 3, 1)) is None


def a_side_does_not_change_against_itself():
    truth, scores = drawn(200, 2, 3)
    runs = [(quality.answers_of(scores), scores)]
    change = quality.summary(truth, runs, runs, resamples=50)
    assert all(figure == {"value": 0, "low": 0, "high": 0} for figure in change.values()), change


def an_interval_holds_the_value_and_narrows_with_rows():
    widths = []
    for rows in (100, 1600):
        truth, scores = drawn(rows, 2, 11)
        figure = quality.summary(truth, [(quality.answers_of(scores), scores)], resamples=200)["macro_f1"]
        assert figure["low"] < figure["value"] < figure["high"], figure
        widths.append(figure["high"] - figure["low"])
    assert widths[1] < widths[0] / 2, widths


if __name__ == "__main__":
    figures_are_those_of_scikit_learn()
    a_model_that_always_says_no_has_no_mcc()
    no_other_threshold_scores_higher()
    a_side_does_not_change_against_itself()
    an_interval_holds_the_value_and_narrows_with_rows()
