"""A generated pipeline of three stages whose law is known: what the search is scored against.

The law of energy is log-linear for each stage: knob factors and factors of pairs of knobs, some of which relieve the
same resource and so save less together. Quality is the baseline's minus what each knob and pair costs, with a cliff
among the configurations that save the most. All of it is drawn from one random generator.
"""

import dataclasses
import itertools
import math

import numpy as np

STAGES = ("load", "train", "evaluate")
BASELINE_QUALITY = 0.90
POINT = 0.01  # a point of quality
PHASES = ("data", "model", "training", "system", "inference")

# Which stages a knob acts on, and how often that is so.
REACHES = (
    (("train",), 0.35),
    (("train", "evaluate"), 0.40),
    (("evaluate",), 0.15),
    (("load", "train"), 0.10),
)


@dataclasses.dataclass(frozen=True)
class Knob:
    id: str
    values: tuple
    ordered: bool
    phase: str
    requires: dict = dataclasses.field(default_factory=dict)  # knob id: values of which one must hold


@dataclasses.dataclass(frozen=True)
class Wish:
    """What kind of cascade is asked for."""

    name: str
    knobs: int
    law: str = "dense"  # "dense": every knob and pair does a little; "sparse": few do much
    deep: bool = False  # good configurations are some ten times cheaper than the baseline
    conditional: int = 1  # knobs that need another one
    infeasible: float = 0.10  # share of the combinations that cannot run
    energy_noise: float = 0.01  # standard deviation of the logarithm of a stage's energy, run to run
    quality_noise: float = 0.2 * POINT


@dataclasses.dataclass(frozen=True)
class Cascade:
    wish: Wish
    knobs: tuple
    levels: np.ndarray  # [configurations, knobs], the baseline first
    energy: np.ndarray  # [configurations, stages], joules
    seconds: np.ndarray  # [configurations, stages]
    quality: np.ndarray  # [configurations]
    missing: np.ndarray  # [configurations], has no row at all
    failing: np.ndarray  # [configurations], fails after a part of its energy

    @property
    def feasible(self):
        """Can run, and keeps within a point of the baseline."""
        kept = self.quality >= self.quality[0] - POINT
        return kept & ~self.missing & ~self.failing

    @property
    def saving(self):
        total = self.energy.sum(axis=1)
        return 1 - total / total[0]


def draw_cascade(wish, rng):
    """Draws until the cascade poses a fair question: neither hopeless nor solved by any guess."""
    while True:
        cascade = _draw(wish, rng)
        if cascade is not None and _is_fair(cascade):
            return cascade


def _is_fair(cascade):
    saving, feasible = cascade.saving, cascade.feasible
    best = saving[feasible].max()
    close = np.mean(feasible & (saving >= 0.95 * best))
    low, high = (0.89, 0.95) if cascade.wish.deep else (0.35, 0.80)
    tempting = np.sum(~feasible & ~cascade.missing & ~cascade.failing & (saving > best))
    return low <= best <= high and 0.05 <= feasible.mean() <= 0.60 and 0.01 <= close <= 0.04 and tempting >= 5


def _draw(wish, rng):
    knobs = _draw_knobs(wish, rng)
    levels = _allowed_levels(knobs)
    if not 500 <= len(levels) <= 3000:
        return None
    log_factor, drop = _draw_law(wish, knobs, levels, rng)
    baseline = 10 ** rng.uniform(4.5, 6.5) * _shares(rng)
    energy = baseline * np.exp(log_factor)
    watts = rng.uniform(100, 400, size=len(STAGES)) * np.exp(rng.normal(0, 0.05, size=energy.shape))
    missing, failing = _draw_infeasible(wish, knobs, levels, rng)
    return Cascade(wish, knobs, levels, energy, energy / watts, BASELINE_QUALITY - drop, missing, failing)


def _draw_knobs(wish, rng):
    knobs = []
    for number in range(wish.knobs):
        count = int(rng.choice([2, 3, 4, 5], p=[0.5, 0.25, 0.15, 0.10]))
        ordered = count > 2 and rng.random() < 0.75
        values = tuple(2 ** (9 - n) for n in range(count)) if ordered else ("off", "a", "b", "c", "d")[:count]
        knobs.append(Knob("k%d" % (number + 1), values, ordered, PHASES[int(rng.integers(len(PHASES)))]))
    for child in rng.permutation(np.arange(1, wish.knobs))[: wish.conditional]:
        parent = knobs[int(rng.integers(child))]
        knobs[child] = dataclasses.replace(knobs[child], requires={parent.id: parent.values[1:]})
    return tuple(knobs)


def _allowed_levels(knobs):
    """All combinations in which a knob whose requirement does not hold is off."""
    index = {knob.id: n for n, knob in enumerate(knobs)}
    levels = np.array(list(itertools.product(*(range(len(knob.values)) for knob in knobs))))
    allowed = np.ones(len(levels), dtype=bool)
    for n, knob in enumerate(knobs):
        for parent, values in knob.requires.items():
            held = [knobs[index[parent]].values.index(value) for value in values]
            allowed &= (levels[:, n] == 0) | np.isin(levels[:, index[parent]], held)
    return levels[allowed]


def _shares(rng):
    """Stages' shares of the baseline: training is most of it."""
    load, evaluate = rng.uniform(0.01, 0.05), rng.uniform(0.08, 0.20)
    return np.array([load, 1 - load - evaluate, evaluate])


def _draw_law(wish, knobs, levels, rng):
    """Logarithms of the energy factors, [configurations, stages], and the loss of quality, [configurations]."""
    effects = [_draw_effect(wish, n, knob, rng) for n, knob in enumerate(knobs)]
    log_factor = np.zeros((len(levels), len(STAGES)))
    drop = np.zeros(len(levels))
    for n, (log_levels, reach, drop_levels) in enumerate(effects):
        log_factor += log_levels[levels[:, n]][:, None] * reach
        drop += drop_levels[levels[:, n]]
    for a, b in itertools.combinations(range(len(knobs)), 2):
        shape = (len(knobs[a].values), len(knobs[b].values))
        pair = _pair_factors(wish, shape, effects[a][0], effects[b][0], rng)
        log_factor += pair[levels[:, a], levels[:, b]][:, None] * (effects[a][1] * effects[b][1])
        loss = _off_is_zero(rng.normal(0, 0.1 * POINT, size=shape) * (rng.random() < 0.3))
        drop += loss[levels[:, a], levels[:, b]]
    return log_factor, drop + _cliff(knobs, levels, effects, rng)


def _draw_effect(wish, number, knob, rng):
    """Of one knob: log factor by level, weight by stage, loss of quality by level."""
    steps = len(knob.values) - 1
    if wish.law == "sparse":
        strength = abs(rng.normal(0.55, 0.15)) if number < 3 else abs(rng.normal(0, 0.06))
    else:
        strength = abs(rng.normal(0.25, 0.12))
    strength *= 1.9 if wish.deep else 1.0
    sign = 1 if rng.random() < 0.2 and not (wish.law == "sparse" and number < 3) else -1
    if knob.ordered:
        parts = rng.dirichlet(np.full(steps, 4.0)).cumsum()
        log_levels = sign * strength * math.sqrt(steps) * parts
    else:
        log_levels = sign * strength * rng.uniform(0.4, 1.3, size=steps)
    names = rng.choice(len(REACHES), p=[share for _, share in REACHES])
    reach = np.array([rng.uniform(0.8, 1.2) if stage in REACHES[names][0] else 0.0 for stage in STAGES])
    costly = rng.random() < 0.4
    full_drop = rng.uniform(0.2, 1.5) * POINT if costly else abs(rng.normal(0, 0.05)) * POINT
    way = np.arange(1, steps + 1) / steps if knob.ordered else rng.uniform(0.3, 1.0, size=steps)
    return np.r_[0, log_levels], reach, np.r_[0, full_drop * way**1.5]


def _pair_factors(wish, shape, log_a, log_b, rng):
    if wish.law == "sparse":
        pair = rng.normal(0.04, 0.10, size=shape) * (rng.random() < 0.3)
    else:
        pair = rng.normal(0.02, 0.05, size=shape)
    if rng.random() < 0.12:  # both relieve the same resource: together they save less than their product
        pair = pair + rng.uniform(0.3, 0.7) * np.minimum(np.abs(log_a)[:, None], np.abs(log_b)[None, :])
    return _off_is_zero(pair)


def _off_is_zero(pair):
    pair[0, :] = 0
    pair[:, 0] = 0
    return pair


def _cliff(knobs, levels, effects, rng):
    """Loss of quality where the two knobs that save the most in training are both at their end."""
    saved = [log_levels[-1] * reach[1] for log_levels, reach, _ in effects]
    first, second = np.argsort(saved)[:2]
    over = (levels[:, first] == len(knobs[first].values) - 1) & (levels[:, second] == len(knobs[second].values) - 1)
    return over * rng.uniform(4, 15) * POINT


def _draw_infeasible(wish, knobs, levels, rng):
    """Whole regions (a level of one knob with a level of another) that have no row, or that fail."""
    missing = np.zeros(len(levels), dtype=bool)
    failing = np.zeros(len(levels), dtype=bool)
    for number in range(50):
        if np.mean(missing | failing) >= wish.infeasible:
            break
        a, b = rng.choice(len(knobs), size=2, replace=False)
        region = (levels[:, a] == rng.integers(1, len(knobs[a].values))) & (
            levels[:, b] == rng.integers(1, len(knobs[b].values))
        )
        if region.mean() <= 2 * wish.infeasible:
            (missing if number % 2 else failing)[region] = True
    return missing, failing & ~missing
