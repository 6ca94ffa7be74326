"""Macro-F1, MCC and AUC of scores on rows, over seeds, with bootstrap intervals; and their change between two."""

import numpy
import scipy.stats

METRICS = ("macro_f1", "mcc", "auc")
RESAMPLES = 1000


def confusion(truth, answers, classes):
    return numpy.bincount(truth * classes + answers, minlength=classes * classes).reshape(classes, classes)


def macro_f1(table):
    """Of the classes that occur or are answered, as scikit-learn's."""
    held, sums = numpy.diag(table), table.sum(0) + table.sum(1)
    return float((2 * held[sums > 0] / sums[sums > 0]).mean())


def mcc(table):
    """Gorodkin (2004), for any number of classes; 0 where the answers are all one class."""
    rows, true, answered = table.sum(), table.sum(1), table.sum(0)
    spread = (rows * rows - (answered * answered).sum()) * (rows * rows - (true * true).sum())
    return float((numpy.trace(table) * rows - (true * answered).sum()) / numpy.sqrt(float(spread))) if spread else 0.0


def auc(truth, scores):
    """Of class 1; with more classes the mean over those that occur, each against the rest."""
    classes = [1] if scores.shape[1] == 2 else [c for c in range(scores.shape[1]) if (truth == c).any()]
    areas = []
    for which in classes:
        is_it = truth == which
        positives, negatives = is_it.sum(), (~is_it).sum()
        if positives and negatives:
            ranks = scipy.stats.rankdata(scores[:, which])
            areas.append((ranks[is_it].sum() - positives * (positives + 1) / 2) / (positives * negatives))
    return float(numpy.mean(areas)) if areas else float("nan")


def answers_of(scores, threshold=None):
    """The likeliest class; with a threshold, of two classes the second from that probability on."""
    scores = numpy.asarray(scores)
    return scores.argmax(1) if threshold is None else (scores[:, 1] >= threshold).astype(int)


def best_threshold(truth, scores):
    """Where the rows' macro-F1 is highest; None where there are not two classes."""
    truth, scores = numpy.asarray(truth), numpy.asarray(scores)
    if scores.shape[1] != 2:
        return None
    order = numpy.argsort(-scores[:, 1], kind="stable")
    sorted_scores = scores[order, 1]
    ones = numpy.concatenate(([0], numpy.cumsum(truth[order] == 1)))
    answered = numpy.arange(len(truth) + 1)
    positives, negatives = ones[-1], len(truth) - ones[-1]
    zeros = negatives - (answered - ones)  # rows of class 0 that are answered so
    f1 = (2 * ones / numpy.maximum(answered + positives, 1)
          + 2 * zeros / numpy.maximum(len(truth) - answered + negatives, 1)) / 2
    is_cut = numpy.concatenate((sorted_scores[1:] < sorted_scores[:-1], [False]))  # between two scores
    cuts = numpy.flatnonzero(is_cut) + 1
    if not len(cuts):
        return 0.5
    best = cuts[f1[cuts].argmax()]
    return float((sorted_scores[best - 1] + sorted_scores[best]) / 2)


def figures(truth, answers, scores):
    table = confusion(truth, answers, scores.shape[1])
    return {"macro_f1": macro_f1(table), "mcc": mcc(table), "auc": auc(truth, scores)}


def summary(truth, runs, other=None, resamples=RESAMPLES):
    """The mean over the runs of several seeds, with the 95 % interval of the bootstrap over rows and runs.

    `runs` holds (answers, scores) of each seed. With `other`, the change from its mean, on the same resampled rows.
    """
    truth = numpy.asarray(truth)
    sides = [[(numpy.asarray(a), numpy.asarray(s)) for a, s in side] for side in (runs, other) if side is not None]

    def mean(side, chosen, rows):
        each = [figures(truth[rows], side[i][0][rows], side[i][1][rows]) for i in chosen]
        return numpy.array([numpy.mean([one[name] for one in each]) for name in METRICS])

    def value(draw=None):
        rows = numpy.arange(len(truth)) if draw is None else draw.integers(len(truth), size=len(truth))
        means = [mean(side, range(len(side)) if draw is None else draw.integers(len(side), size=len(side)), rows)
                 for side in sides]
        return means[0] - means[1] if len(means) == 2 else means[0]

    draw = numpy.random.default_rng(1)
    samples = numpy.array([value(draw) for _ in range(resamples)])
    low, high = numpy.nanquantile(samples, [0.025, 0.975], axis=0)
    return {name: {"value": float(v), "low": float(l), "high": float(h)}
            for name, v, l, h in zip(METRICS, value(), low, high)}
