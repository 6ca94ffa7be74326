"""Each v*.yaml of examples/tuning-ai-green is V0 but for what the variant's runs verifiably did: tuning_ai_green_test.py
77 where the study's table (variants.csv in $TURNGREEN_TEST_DATA) is not at hand."""

import csv
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bench/saving")]
FOLDER = ROOT / "examples/tuning-ai-green"

FUSED = {"inference_engine": "fused", "inference_batching": "packed"}  # our fused kernels need packed rows
LORA = {"lora": "8", "lora_alpha": "16", "lora_targets": "all"}
WORDS = {
    "gradient_checkpointing": {"gradient_checkpointing": "on"},
    "lora": LORA,
    "quant4bit": {"base_quantisation": "nf4"},
    "fast_tokenizer": {},  # the engine's own, in every variant but V4, which is about it
    "power_limit_100w": {"power_limit": "100"},
    "optimizer_8bit": {"optimizer": "adamw_8bit"},
    "fp16": {"precision": "fp16", "inference_precision": "fp16"},  # which evaluated so, too
    "bf16": {"precision": "bf16", "inference_precision": "bf16"},
    "seq_len_512": {"max_length": "512"},
    "inference_engine": FUSED,
    "pin_memory": {"pin_memory": "on"},
    "compile": {"compile": "on", "batching": "packed", "attention": "packed", **FUSED},
    "sdpa": {"attention": "sdpa"},
    "batch_4x_accum_2": {"batch_size": "4", "gradient_accumulation": "2"},
    **{"prune_%s_%d" % (side, count): {"layers_dropped": str(count), "dropped_from": side}
       for side in ("top", "bottom") for count in (4, 8, 12, 16, 20)},
}
BESIDES = {  # what the table's note says
    "v3": {"lr_scheduler_type": "cosine", "batching": "bucketed"},
    "v4": {"tokenizer": "fast"},
    "v10": {"loader_workers": "4"},
}


def settings_of(file):
    return dict(line.split(": ", 1) for line in file.read_text().splitlines() if not line.startswith("#"))


def main():
    data = os.environ.get("TURNGREEN_TEST_DATA") or ROOT.parent / "shared/data"
    table = pathlib.Path(data) / "turning_green/variants.csv"
    if not table.exists():
        print("skipped: there is no %s" % table)
        return 77
    baseline = settings_of(FOLDER / "v00.yaml")
    with open(table, newline="") as lines:
        variants = list(csv.DictReader(lines))
    assert len(variants) == 31, len(variants)
    for variant in variants:
        number = variant["variant"].lower().split("_")[0]
        expected = dict(baseline)
        for word in filter(None, variant["knobs_verified"].split("+")):
            expected.update(WORDS[word])
        expected.update(BESIDES.get(number, {}))
        found = settings_of(FOLDER / ("v%02d.yaml" % int(number[1:])))
        assert found == expected, (number, {key: (found.get(key), expected.get(key)) for key in found.keys() | expected.keys()
                                            if found.get(key) != expected.get(key)})
        assert (found["batch_size"], found["gradient_accumulation"]) == (variant["batch"], variant["accum"]), number
    return 0


if __name__ == "__main__":
    sys.exit(main())
