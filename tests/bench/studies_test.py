"""The studies of bench/headline have the knobs that the engine has, and hand each family its own; 77 without packages."""

import pathlib
import sys
import types

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/saving"))

try:
    import studies
    import trial
except ImportError as problem:
    print("skipped: %s; scripts/make-venv engine-test installs it" % problem)
    sys.exit(77)

contest = types.SimpleNamespace(
    task={"max_length": 256, "train": "t", "validation": "v", "test": "x"}, engine="e", model="m",
    options=types.SimpleNamespace(precision="bf16", threads=1))
description = {"knobs": [
    {"id": "batch_size", "is_there": True, "least": 1},
    {"id": "max_length", "is_there": True, "least": 1, "most": 256},
    {"id": "layers_dropped", "is_there": True, "least": 0, "most": 2},
    {"id": "dropped_from", "is_there": True, "values": [{"value": "top", "is_there": True}, {"value": "bottom", "is_there": True}]},
    {"id": "frozen_layers", "is_there": False, "why": "no such layers"},
    {"id": "inference_precision", "is_there": True, "values": [
        {"value": "bf16", "is_there": True}, {"value": "int8_dynamic", "is_there": False, "why": "no VNNI"}]},
    {"id": "ngrams", "is_there": True, "values": [{"value": "words", "is_there": True}, {"value": "both", "is_there": True}]},
    {"id": "model_family", "is_there": True, "values": []}]}

knobs, left_out = studies.knobs_for(contest, description, with_families=False)
assert knobs["max_length"]["values"] == [256, 128], knobs["max_length"]  # 512 is longer than the model takes
assert knobs["layers_dropped"]["values"] == [0, 1, 2], knobs["layers_dropped"]
assert "inference_precision" not in knobs, "one value is no choice"
assert left_out["inference_precision=int8_dynamic"] == "no VNNI" and left_out["frozen_layers"] == "no such layers", left_out
assert "ngrams" not in knobs and "model_family" not in knobs

knobs, _ = studies.knobs_for(contest, description, with_families=True)
assert knobs["ngrams"]["requires"] == {"model_family": "hashed_linear"}, knobs["ngrams"]
assert knobs["dropped_from"]["requires"] == {"layers_dropped": [1, 2], "model_family": "transformer"}, knobs["dropped_from"]

without_layers = {"knobs": [knob for knob in description["knobs"] if knob["id"] != "layers_dropped"]}
assert "dropped_from" not in studies.knobs_for(contest, without_layers, with_families=False)[0]

job = studies.job_of(contest, knobs)
words = lambda **settings: ["%s=%s" % item for item in settings.items()]
off = {name: knob["off"] for name, knob in knobs.items()}
assert trial.knobs_of(job, words(**off)) == {}
assert trial.knobs_of(job, words(**{**off, "max_length": 128})) == {"max_length": "128"}
linear = {**off, "model_family": "hashed_linear", "ngrams": "both"}
assert trial.knobs_of(job, words(**linear)) == {"model_family": "hashed_linear", "ngrams": "both"}

found = {"study": {"knobs": knobs}, "tuning": {"recommended": linear}}
assert studies.recommended_knobs(found) == {"model_family": "hashed_linear", "ngrams": "both"}
