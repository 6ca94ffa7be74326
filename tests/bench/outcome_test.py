"""Savings and extrapolations of bench/headline, on figures that can be checked by hand; 77 where a package is missing."""

import json
import pathlib
import sys
import tempfile
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/saving"))

try:
    import outcome
    import reference_runs
except ImportError as problem:
    print("skipped: %s; scripts/make-venv engine-test installs it" % problem)
    sys.exit(77)


def close(found, expected):
    assert abs(found - expected) < 1e-9, (found, expected)


def contest_of(folder, **options):
    test = folder / "test.jsonl"
    test.write_text("".join(json.dumps({"text": "", "label": label}) + "\n" for label in ("no", "yes") * 10))
    task = {"labels": ["no", "yes"], "test": str(test), "train": "", "validation": "", "max_length": 8,
            "rows": {"train": 83, "validation": 30, "test": 20}}
    return types.SimpleNamespace(task=task, options=types.SimpleNamespace(**options), model="", work=folder)


def v0_takes_what_its_steps_and_rows_take_and_the_rest_once(folder):
    contest = contest_of(folder, warm_up_steps=2, steps=10, evaluation_rows=5, threads=1)
    stages = {"train": {"joules": 40.0, "seconds": 4.0}, "evaluate": {"joules": 10.0, "seconds": 1.0}}
    account = {"joules": 60.0, "seconds": 7.0, "stages": stages}
    reference_runs.run = lambda *_: {"account": account, "answer": {"step_seconds": [0.4] * 10, "evaluated_rows": 5}}
    found = reference_runs.v0_energy(contest, "max_length")
    assert found["steps"] == 11, found["steps"]  # 83 rows, eight a step, the last of three
    close(found["joules"], 11 * 4.0 + 50 * 2.0 + 10.0)
    close(found["seconds"], 11 * 0.4 + 50 * 0.2 + 2.0)
    assert found["extrapolated"] is True


def run_of(joules, right):
    """A run that answers so many of the 20 rows rightly."""
    truth = [0, 1] * 10
    answers = [label if row < right else 1 - label for row, label in enumerate(truth)]
    scores = [[0.9, 0.1] if answer == 0 else [0.1, 0.9] for answer in answers]
    account = {"joules": joules, "seconds": 1.0, "stages": {"train": {"joules": joules / 2, "seconds": 0.5}}}
    return {"account": account, "test_answers": answers, "scores": scores, "answer": {"scores": {"test": scores}}}


def savings_are_shares_and_studies_are_paid_together(folder):
    contest = contest_of(folder, resamples=20, padding="max_length")
    v0 = {**run_of(0.0, 14), "with_threshold": run_of(0.0, 14)}
    study = lambda joules: {"tuning": {"spent_j": joules}}
    found = {"v0_energy": {"max_length": {"joules": 1000.0}, "longest": {"joules": 400.0}}, "v0": [v0],
             "control": {"runs": [run_of(100.0, 16)]},
             "tuned": {"any_family": [run_of(1.0, 18), run_of(3.0, 18)], "transformer": [run_of(20.0, 14)]},
             "studies": {"any_family": study(150.0), "transformer": study(250.0)}}
    result = outcome.outcome(contest, found)
    close(result["saving"]["any_family"], 0.998)
    close(result["saving"]["transformer"], 0.98)
    close(result["saving"]["against_expert"], 0.8)
    close(result["study_cost_in_baselines"], 0.4)
    close(result["saving_by_reference_padding"]["longest"]["transformer"], 0.95)
    close(result["saving_by_reference_padding"]["longest"]["study_cost_in_baselines"], 1.0)
    assert result["quality_change"]["transformer"] == {"macro_f1": 0, "mcc": 0}, result["quality_change"]
    assert 0.15 < result["quality_change"]["any_family"]["macro_f1"] < 0.25, result["quality_change"]
    close(result["sides"]["any_family"]["joules_train_and_evaluate"], 1.0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        v0_takes_what_its_steps_and_rows_take_and_the_rest_once(pathlib.Path(name))
        savings_are_shares_and_studies_are_paid_together(pathlib.Path(name))
