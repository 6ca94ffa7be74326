"""The frontier as a figure: energy of a run against macro-F1 of the test rows, or of the validation rows for trials."""

import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "case_study"))
import figures

COLOURS = {"trial": figures.GREY, "V0": figures.BLUE, "control": figures.RED, "tuned": figures.GREEN}


def figure(points, title):
    """`points` are (kind, name, joules, macro_f1); a name is written beside its point."""
    points = [(kind, name, math.log10(joules), score) for kind, name, joules, score in points if score is not None]
    plot = figures.Plot(title, "energy of training and evaluation, log10 of joules", "macro-F1",
                        figures.widened([x for _, _, x, _ in points]), figures.widened([y for *_, y in points]))
    best = -math.inf
    steps = sorted((x, y) for _, _, x, y in points)
    front = [(x, best := y) for x, y in steps if y > best]
    for (x1, y1), (x2, y2) in zip(front, front[1:]):
        plot.line(x1, y1, x2, y1, figures.GREY, "5 4")
        plot.line(x2, y1, x2, y2, figures.GREY, "5 4")
    for kind, name, x, y in points:
        plot.mark(x, y, COLOURS[kind], "star" if kind == "V0" else "dot", name)
    return plot.svg()
