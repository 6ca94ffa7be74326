#!/usr/bin/env python3
"""What the knobs of the data do to a run of train, by what it tells.
    data_knobs_test.py TURNGREEN_ENGINE
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import tiny_model

ENGINE = None


class DataKnobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.scratch.name)
        tiny_model.write_model(cls.at / "model")
        rows = tiny_model.write_rows(cls.at / "train.jsonl", 200, seed=1)
        cls.repeated = rows + [rows[0], dict(rows[1], label="yes" if rows[1]["label"] == "no" else "no")]
        (cls.at / "repeated.jsonl").write_text("".join(json.dumps(row) + "\n" for row in cls.repeated))
        valid = tiny_model.write_rows(cls.at / "validation.jsonl", 50, seed=2)
        (cls.at / "leaking.jsonl").write_text("".join(json.dumps(row) + "\n" for row in valid + rows[:3]))

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def run_train(self, output, **changed):
        options = {"model": self.at / "model", "train": self.at / "train.jsonl", "text": "text", "label": "label",
                   "output": self.at / output, "max-steps": 3, "threads": 1, "device": "cpu",
                   "json": self.at / f"{output}.json", **changed}
        words = [ENGINE, "train"]
        for name, value in options.items():
            if value is not None:
                words += [f"--{name}", str(value)]
        return subprocess.run(words, capture_output=True, text=True, timeout=300)

    def told(self, output, **changed):
        run = self.run_train(output, **changed)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads((self.at / f"{output}.json").read_text())

    def distinct(self, rows):
        return len({row["text"] for row in rows})

    def test_rows_that_repeat_others_are_left_out_and_reported(self):
        told = self.told("exact", train=self.at / "repeated.jsonl", dedup="exact",
                         **{"dedup-report": self.at / "report.jsonl"})
        kept = self.distinct(self.repeated)
        self.assertEqual(told["rows"]["training"], kept)
        self.assertEqual(told["rows"]["repeats_left_out"], len(self.repeated) - kept)
        self.assertGreaterEqual(told["rows"]["repeats_of_other_label"], 1)
        self.assertEqual(told["settings"]["dedup"], "exact")
        report = [json.loads(line) for line in (self.at / "report.jsonl").read_text().splitlines()]
        self.assertEqual(len(report), len(self.repeated) - kept)
        for row in report:
            self.assertEqual(self.repeated[row["row"]]["text"], self.repeated[row["repeats"]]["text"])

    def test_validation_rows_that_repeat_training_rows_stay_and_are_warned_of(self):
        run = self.run_train("leak", validation=self.at / "leaking.jsonl", dedup="near")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("of 53 validation rows repeat training rows", run.stderr)
        self.assertEqual(json.loads((self.at / "leak.json").read_text())["rows"]["validation"], 53)

    def test_a_sample_has_of_each_class_what_was_asked_for(self):
        whole = self.told("whole")["rows"]
        part = self.told("part", **{"sample-fraction": 0.5})["rows"]
        self.assertEqual((part["training"], part["before_sampling"]), (100, 200))
        for name, count in whole["of_classes"].items():
            self.assertAlmostEqual(part["of_classes"][name], count / 2, delta=0.5)
        balanced = self.told("balanced", **{"sample-fraction": 0.3, "sampling": "balanced"})["rows"]
        self.assertEqual(balanced["of_classes"], {"no": 30, "yes": 30})
        hard = self.told("hard", **{"sample-fraction": 0.5, "sampling": "hard"})["rows"]
        self.assertEqual(hard["of_classes"], part["of_classes"])

    def test_tokens_are_kept_for_the_next_run_and_the_model_is_the_same(self):
        caching = {"token-cache": "on", "token-cache-folder": self.at / "cache", "validation": self.at / "leaking.jsonl"}
        self.assertEqual(self.told("first", **caching)["rows"]["cached"], 0)
        again = self.told("again", **caching)
        self.assertEqual(again["rows"]["cached"], 253)
        self.assertEqual(again["settings"]["token_cache"], "on")
        self.assertEqual(self.told("shorter", **{**caching, "max-length": 8})["rows"]["cached"], 0)
        for file in (self.at / "cache").iterdir():
            file.write_bytes(file.read_bytes()[:-1])
        self.assertEqual(self.told("damaged", **caching)["rows"]["cached"], 0)
        self.assertEqual(self.told("uncached", validation=self.at / "leaking.jsonl")["rows"]["cached"], 0)
        weights = {(self.at / name / "model.safetensors").read_bytes()
                   for name in ("first", "again", "damaged", "uncached")}
        self.assertEqual(len(weights), 1)

    def test_early_stopping_has_a_patience_of_one(self):
        told = self.told("stopped", validation=self.at / "validation.jsonl", epochs=30,
                         **{"max-steps": None, "learning-rate": 2e-2, "early-stopping": "on"})
        losses = [one["loss"] for one in told["evaluations"]]
        self.assertLess(len(losses), 30)
        self.assertGreaterEqual(losses[-1], min(losses[:-1]))
        for before, after in zip(losses[:-2], losses[1:-1]):
            self.assertLess(after, before)

    def test_what_does_not_go_together_is_refused_with_the_mend(self):
        for changed, words in [({"sampling": "hard"}, "say --sample-fraction 0.5"),
                               ({"dedup-report": self.at / "r"}, "say --dedup exact or near too"),
                               ({"token-cache-folder": self.at / "c"}, "say --token-cache on too"),
                               ({"early-stopping": "on"}, "needs --validation FILE"),
                               ({"sample-fraction": 0}, "--sample-fraction"),
                               ({"dedup": "some"}, "--dedup")]:
            run = self.run_train("mistaken", **changed)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertIn(words, run.stderr)
            self.assertFalse((self.at / "mistaken").exists())


if __name__ == "__main__":
    ENGINE = sys.argv.pop(1)
    unittest.main()
