"""What is taken back of a winner is what V0 has otherwise, one thing at a time; 77 where a package is missing."""

import pathlib
import sys
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/saving"))

try:
    import ablation
    import engine_job
except ImportError as problem:
    print("skipped: %s; scripts/make-venv engine-test installs it" % problem)
    sys.exit(77)

contest = types.SimpleNamespace(task={"max_length": 512}, options=types.SimpleNamespace(precision="bf16"))

changes = ablation.changes_for(contest, {"max_length": 128, "layers_dropped": 2})
assert changes["max_length"] == ({"max_length": 512}, []), changes
assert changes["layers_dropped"][0]["layers_dropped"] == 0, changes
assert changes["precision"] == ({"precision": "fp32"}, []), changes
assert "dedup" not in changes and "sample_fraction" not in changes, "they are as in V0 already"

contest.options.precision = "fp32"
assert "precision" not in ablation.changes_for(contest, {}), "V0 has fp32, too"

linear = ablation.changes_for(contest, {"model_family": "hashed_linear", "dedup": "near"})
assert linear == {"model_family": ({}, ["model_family", "dedup"])}, linear

job = {"engine": "e", "model": "m", "threads": 1, "precision": "bf16", "max_length": 512, "train": "t", "validation": "v",
       "test": "x"}
only, = engine_job.commands_of(job, {"max_length": 128}, 3, "test", "f")
assert "max_length=128" in only and "max_length=512" not in only, only
assert only[only.index("--test") + 1] == "x" and only[only.index("--report-on") + 1] == "test", only

train, evaluate = engine_job.commands_of(job, {"model_family": "hashed_linear"}, 3, "validation", "f")
assert not any("precision" in word or word == "--model" for word in train), train
assert evaluate[evaluate.index("--data") + 1] == "v", evaluate
