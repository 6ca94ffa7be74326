"""The optimisers that turngreen's search is compared with.

Each gets the same: the baseline run first, a budget of trials, the same noise (Replay), the quality constraint, ordered
knobs as whole numbers, every knob suggested every time (one whose requirement does not hold is then off). What it
recommends after a trial is its cheapest run so far that kept the quality. A run that fails is pruned, as Optuna's
documentation has it; the tuned sampler is told instead that it cost as much as the baseline and lost too much, since
one that hears nothing of failures goes on asking for them. It is also given the logarithm of the joules.
"""

import math
import warnings

import numpy as np
from table import Replay


class Ledger:
    """Runs configurations, and keeps what a study spent and recommended after each trial."""

    def __init__(self, table, seed):
        self.table = table
        self.replay = Replay(table, seed)
        self.trials = []
        self.best = None  # (joules, configuration)
        self.baseline_quality = None
        self.baseline_joules = None

    def run(self, configuration):
        run = self.replay.run(configuration)
        if self.baseline_quality is None:
            self.baseline_quality, self.baseline_joules = run.quality, run.joules
        if self.loss(run) is not None and self.loss(run) <= 0 and (self.best is None or run.joules < self.best[0]):
            self.best = (run.joules, configuration)
        self.trials.append({"joules": run.joules, "recommended": list(self.best[1])})
        return run

    def loss(self, run):
        """Quality lost beyond what may be given up; None: it did not run."""
        if run.quality is None:
            return None
        return self.baseline_quality - self.table.max_drop - run.quality

    @property
    def full(self):
        return len(self.trials) >= self.table.trials


def random_search(table, seed):
    """Configurations at random among those allowed; none that failed or was tried before."""
    ledger = Ledger(table, seed)
    rng = np.random.default_rng(seed)
    seen = {table.baseline}
    ledger.run(table.baseline)
    while not ledger.full:
        wanted = {knob["id"]: str(rng.choice(knob["values"])) for knob in table.knobs}
        configuration = tuple(wanted[knob["id"]] for knob in table.knobs)
        if table.allows(configuration) and configuration not in seen:
            seen.add(configuration)
            ledger.run(configuration)
    return ledger.trials


def greedy_isolation(table, seed):
    """Every value of every knob alone, then the good ones stacked, the best first, while that helps."""
    ledger = Ledger(table, seed)
    baseline = ledger.run(table.baseline)
    alone = []
    knobs = list(table.knobs)
    np.random.default_rng(seed).shuffle(knobs)
    for knob in knobs:
        for value in knob["values"][1:]:
            configuration = table.configuration({**_needed(knob), knob["id"]: value})
            if ledger.full:
                break
            run = ledger.run(configuration)
            loss = ledger.loss(run)
            if loss is not None and loss <= 0 and run.joules < baseline.joules:
                alone.append((run.joules, knob["id"], {**_needed(knob), knob["id"]: value}))
    stacked, lowest, turned = {}, baseline.joules, set()
    for _, id, wanted in sorted(alone, key=lambda found: found[0]):
        if id in turned or ledger.full:
            continue
        run = ledger.run(table.configuration({**wanted, **stacked, id: wanted[id]}))
        loss = ledger.loss(run)
        if loss is not None and loss <= 0 and run.joules < lowest:
            stacked, lowest = {**wanted, **stacked, id: wanted[id]}, run.joules
            turned.add(id)
    return ledger.trials


def _needed(knob):
    return {parent: held[0] for parent, held in knob["requires"].items()}


def _optuna(sampler_of, tuned=False):
    def search(table, seed):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        warnings.simplefilter("ignore")
        ledger = Ledger(table, seed)
        study = optuna.create_study(sampler=sampler_of(optuna, seed, lambda trial: [trial.user_attrs["loss"]]))
        study.enqueue_trial({knob["id"]: _parameter_of_off(knob) for knob in table.knobs})
        while not ledger.full:
            trial = study.ask()
            run = ledger.run(table.configuration({knob["id"]: _suggest(trial, knob) for knob in table.knobs}))
            loss = ledger.loss(run)
            trial.set_user_attr("loss", table.max_drop if loss is None else loss)
            if loss is None and not tuned:
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            else:
                joules = ledger.baseline_joules if loss is None else run.joules
                study.tell(trial, math.log(joules) if tuned else joules)
        return ledger.trials

    return search


def _parameter_of_off(knob):
    return 0 if knob["ordered"] else knob["values"][0]


def _suggest(trial, knob):
    if knob["ordered"]:
        return knob["values"][trial.suggest_int(knob["id"], 0, len(knob["values"]) - 1)]
    return trial.suggest_categorical(knob["id"], knob["values"])


PEERS = {
    "random": random_search,
    "greedy-isolation": greedy_isolation,
    "optuna-tpe": _optuna(lambda o, seed, loss: o.samplers.TPESampler(seed=seed, constraints_func=loss)),
    "optuna-gp": _optuna(lambda o, seed, loss: o.samplers.GPSampler(seed=seed, constraints_func=loss)),
    "optuna-gp-tuned": _optuna(
        lambda o, seed, loss: o.samplers.GPSampler(seed=seed, n_startup_trials=3, constraints_func=loss), tuned=True
    ),
}
