#!/usr/bin/env python3
"""The train command as a process: killed, interrupted, resumed, and given what it cannot use.
    train_command_test.py TURNGREEN_ENGINE
"""
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import tiny_model

ENGINE = None


class TrainCommand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.at = pathlib.Path(cls.scratch.name)
        tiny_model.write_model(cls.at / "model", dropout=0.1)
        tiny_model.write_rows(cls.at / "train.jsonl", 200, seed=1)
        tiny_model.write_rows(cls.at / "validation.jsonl", 100, seed=2)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def words(self, output, **changed):
        options = {"model": self.at / "model", "train": self.at / "train.jsonl", "text": "text", "label": "label",
                   "validation": self.at / "validation.jsonl", "output": self.at / output, "epochs": 4,
                   "batch-size": 8, "learning-rate": 2e-3, "threads": 2, "device": "cpu", **changed}
        words = [ENGINE, "train"]
        for name, value in options.items():
            if value is not None:
                words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        return words

    def train(self, output, **changed):
        return subprocess.run(self.words(output, **changed), capture_output=True, text=True, timeout=300)

    def files(self, output):
        return {p.name: p.read_bytes() for p in (self.at / output).iterdir() if p.is_file()}

    def test_a_run_that_is_killed_again_and_again_ends_where_the_uninterrupted_one_does(self):
        saving = {"save-strategy": "steps", "save-steps": 7, "keep-checkpoints": 2}
        begin = time.monotonic()
        whole = self.train("whole", **saving)
        took = time.monotonic() - begin
        self.assertEqual(whole.returncode, 0, whole.stderr)
        rng, kills = random.Random(4), 0
        while kills < 5:
            run = subprocess.Popen(self.words("killed", **saving), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   text=True)
            try:
                run.wait(timeout=rng.uniform(0.3, 0.8) * took)
                run.communicate()
                break
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                kills += 1
                run.communicate()
        last = self.train("killed", **saving)
        self.assertEqual(last.returncode, 0, last.stderr)
        self.assertGreater(kills, 0)
        self.assertIn("goes on from", last.stderr)
        self.assertEqual(self.files("whole"), self.files("killed"))
        self.assertEqual(len(list((self.at / "killed").glob("checkpoint-*"))), 2)
        self.assertEqual([p for p in self.at.iterdir() if p.name.startswith(".")], [])

    def test_an_interrupted_run_leaves_a_checkpoint_and_goes_on_from_it(self):
        whole = self.train("all", epochs=12)
        self.assertEqual(whole.returncode, 0, whole.stderr)
        run = subprocess.Popen(self.words("part", epochs=12), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               text=True)
        time.sleep(1.0)
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=60)[1]
        if run.returncode == 0:
            self.skipTest("it was done before it was interrupted")
        self.assertEqual(run.returncode, 130, told)
        if "after step 0 " not in told:
            self.assertEqual(len(list((self.at / "part").glob("checkpoint-*"))), 1)
        last = self.train("part", epochs=12)
        self.assertEqual(last.returncode, 0, last.stderr)
        self.assertEqual(self.files("all"), self.files("part"))

    def test_a_checkpoint_of_another_run_is_refused_by_name(self):
        saving = {"save-strategy": "epoch", "epochs": 2}
        self.assertEqual(self.train("other", **saving).returncode, 0)
        changed = self.train("other", **{**saving, "learning-rate": 1e-3})
        self.assertEqual(changed.returncode, 1)
        self.assertIn("checkpoint of another run: learning-rate was 0.002 and is 0.001", changed.stderr)
        tiny_model.write_rows(self.at / "others.jsonl", 200, seed=3)
        changed = self.train("other", **{**saving, "train": self.at / "others.jsonl"})
        self.assertIn("the training data is another", changed.stderr)
        checkpoint = next((self.at / "other").glob("checkpoint-*"))
        (checkpoint / "optimizer.safetensors").write_bytes(b"cut off")
        damaged = self.train("other", **saving)
        self.assertEqual(damaged.returncode, 1)
        self.assertRegex(damaged.stderr, r"checkpoint-\d+: damaged: .*optimizer.safetensors.*remove it to go on")
        anew = self.train("other", **{**saving, "learning-rate": 1e-3, "restart": True})
        self.assertEqual(anew.returncode, 0, anew.stderr)

    def test_a_loss_that_is_no_number_stops_it_with_step_rows_and_mend(self):
        saving = {"save-strategy": "steps", "save-steps": 1, "max-grad-norm": 0}
        run = self.train("diverged", **{**saving, "learning-rate": 1000, "adam-epsilon": 0, "weight-decay": 900,
                                        "epochs": 40})
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertRegex(run.stderr, r"step \d+ \(epoch .*\): the (loss|norm of the gradient) is -?(nan|inf).*"
                                     r"rows, from 0: \d+(, \d+){7}; lower --learning-rate")
        self.assertFalse((self.at / "diverged" / "config.json").exists())
        self.assertEqual(len(list((self.at / "diverged").glob("checkpoint-*"))), 1)

    def test_what_is_not_a_model_is_not_overwritten(self):
        (self.at / "thesis").mkdir()
        (self.at / "thesis" / "thesis.tex").write_text("years of work")
        run = self.train("thesis")
        self.assertEqual(run.returncode, 1)
        self.assertIn("holds other things than a model", run.stderr)
        self.assertEqual((self.at / "thesis" / "thesis.tex").read_text(), "years of work")

    def test_its_settings_can_come_from_a_file(self):
        config = self.at / "c.yaml"
        config.write_text("batch_size: 16\nlearning-rate: 1e-3\nlr_scheduler_type: cosine\n")
        run = self.train("configured", **{"config": config, "batch-size": None, "epochs": 1,
                                          "json": self.at / "s.json"})
        self.assertEqual(run.returncode, 0, run.stderr)
        settings = json.loads((self.at / "s.json").read_text())["settings"]
        self.assertEqual((settings["batch_size"], settings["learning_rate"], settings["lr_scheduler_type"]),
                         (16, 2e-3, "cosine"))

    def test_layers_are_dropped_also_under_fused_kernels(self):
        for kernels in ({}, {"compile": "on", "batching": "packed"}):
            run = self.train("shallow", **{"epochs": 1, "layers-dropped": 1, "dropped-from": "bottom",
                                           "json": self.at / "d.json", **kernels})
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(json.loads((self.at / "d.json").read_text())["settings"]["layers_dropped"], 1)
            self.assertEqual(json.loads((self.at / "shallow" / "config.json").read_text())["num_hidden_layers"], 1)
        none_left = self.train("none", **{"layers-dropped": 2})
        self.assertEqual(none_left.returncode, 1)
        self.assertIn("layers_dropped 2: this model has 2 layers, and one must stay; drop 0 to 1", none_left.stderr)
        no_layers = self.train("none", **{"dropped-from": "bottom"})
        self.assertIn("--dropped-from bottom: no layer is dropped", no_layers.stderr)

    def test_the_best_weights_are_kept_and_early_stopping_stops(self):
        run = self.train("best", **{"epochs": 30, "learning-rate": 1e-2, "early-stopping-patience": 3,
                                    "metric-for-best-model": "f1_macro", "json": self.at / "b.json"})
        self.assertEqual(run.returncode, 0, run.stderr)
        told = json.loads((self.at / "b.json").read_text())
        scores = [one["f1_macro"] for one in told["evaluations"]]
        self.assertEqual(told["validation"]["f1_macro"], max(scores))
        self.assertEqual(told["validation"]["step"], 25 * (1 + scores.index(max(scores))))
        self.assertLess(len(scores), 30)
        self.assertEqual(len(scores), scores.index(max(scores)) + 4)
        settings = json.loads((self.at / "best" / "turngreen.json").read_text())
        self.assertEqual(settings["threshold"], told["validation"]["threshold"])

    def test_test_rows_are_answered_once_by_the_finished_model(self):
        tiny_model.write_rows(self.at / "test.jsonl", 60, seed=5)
        reported = {"epochs": 3, "learning-rate": 1e-2, "test": self.at / "test.jsonl", "json": self.at / "r.json",
                    "predictions": self.at / "answers.jsonl", "metric-for-best-model": "f1_macro"}
        run = self.train("tested", **reported)
        self.assertEqual(run.returncode, 0, run.stderr)
        told = json.loads((self.at / "r.json").read_text())
        answers = [json.loads(line) for line in (self.at / "answers.jsonl").read_text().splitlines()]
        self.assertEqual(len(answers), 60)
        right = sum(one["label"] == one["prediction"] for one in answers) / 60
        self.assertAlmostEqual(right, told["test"]["accuracy"])
        self.assertEqual(told["test"]["threshold"], told["validation"]["threshold"])
        beside = subprocess.run([ENGINE, "evaluate", "--model", self.at / "tested", "--data", self.at / "test.jsonl",
                                 "--json", "-", "--resamples", "0"], capture_output=True, text=True)
        self.assertAlmostEqual(json.loads(beside.stdout)["f1_macro"], told["test"]["f1_macro"], places=6)

        run = self.train("judged", **{**reported, "report-on": "validation"})
        self.assertEqual(run.returncode, 0, run.stderr)
        told = json.loads((self.at / "r.json").read_text())
        self.assertIsNone(told["test"])
        answers = [json.loads(line) for line in (self.at / "answers.jsonl").read_text().splitlines()]
        right = sum(one["label"] == one["prediction"] for one in answers) / len(answers)
        self.assertAlmostEqual(right, told["validation"]["accuracy"])

    def test_a_share_of_the_job_takes_a_share_of_the_rows(self):
        tiny_model.write_rows(self.at / "many.jsonl", 500, seed=6)
        run = self.train("share", **{"validation": self.at / "many.jsonl", "fidelity": 0.1, "epochs": 1,
                                     "predictions": self.at / "share.jsonl", "json": self.at / "share.json"})
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads((self.at / "share.json").read_text())["train_samples"], 20)
        self.assertEqual(len((self.at / "share.jsonl").read_text().splitlines()), 200)

    def test_what_moves_the_weights_can_be_chosen_and_resumed(self):
        weights = {}
        for optimizer in ("adamw", "adamw_fused", "adamw_8bit", "sgd"):
            told = self.at / "o.json"
            chosen = {"optimizer": optimizer, "epochs": 1, "weight-decay": 0.1, "json": told}
            run = self.train(optimizer, **chosen)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(json.loads(told.read_text())["settings"]["optimizer"], optimizer)
            # Every row is brought up to date at each of many checkpoints, and in the other run at the end.
            often = self.train(optimizer + "-often", **chosen, **{"save-strategy": "steps", "save-steps": 3})
            self.assertEqual(often.returncode, 0, often.stderr)
            weights[optimizer] = (self.at / optimizer / "model.safetensors").read_bytes()
            self.assertEqual(weights[optimizer], (self.at / (optimizer + "-often") / "model.safetensors").read_bytes())
            last = max((self.at / (optimizer + "-often")).glob("checkpoint-*"), key=lambda p: int(p.name.split("-")[1]))
            resumed = self.train(optimizer + "-often", **chosen, **{"save-strategy": "steps", "save-steps": 3, "resume": True})
            self.assertEqual(resumed.returncode, 0, resumed.stderr)
            self.assertIn("goes on from", resumed.stderr)
            self.assertEqual(weights[optimizer], (self.at / (optimizer + "-often") / "model.safetensors").read_bytes(), last)
        self.assertEqual(len({weights[one] for one in ("adamw", "adamw_fused", "sgd")}), 3)
        # Tensors so small are not held in 8 bits.
        self.assertEqual(weights["adamw_8bit"], weights["adamw_fused"])

    def test_small_gradients_become_zero_and_their_share_is_told(self):
        told = self.at / "z.json"
        run = self.train("zeroed", **{"set": "gradient_sparsity=0.1", "epochs": 1, "json": told})
        self.assertEqual(run.returncode, 0, run.stderr)
        summary = json.loads(told.read_text())
        self.assertEqual(summary["settings"]["gradient_sparsity"], 0.1)
        self.assertGreater(summary["zeroed_gradient_share"], 0.1)
        self.assertLess(summary["zeroed_gradient_share"], 1)
        run = self.train("all-gradients", **{"gradient-sparsity": "off", "epochs": 1, "json": told})
        self.assertEqual(json.loads(told.read_text())["zeroed_gradient_share"], 0)

    def test_fp16_scales_its_loss_and_learns_what_fp32_does(self):
        losses = {}
        for precision in ("fp32", "fp16"):
            told = self.at / "p.json"
            run = self.train(precision, **{"precision": precision, "epochs": 1, "dropout": 0, "json": told})
            self.assertEqual(run.returncode, 0, run.stderr)
            summary = json.loads(told.read_text())
            losses[precision] = [one["loss"] for one in summary["log"]]
        self.assertIn("CPUs are slow at it", run.stderr)
        # The first scale may be too large for a step or two, which are skipped.
        self.assertLess(summary["skipped_steps"], 6)
        self.assertAlmostEqual(losses["fp16"][-1], losses["fp32"][-1], delta=0.1)
        self.assertNotEqual(losses["fp16"], losses["fp32"])

    def test_validation_rows_are_answered_as_inference_is_told_to(self):
        told = {}
        for name, more in (("plain", {}), ("fused", {"inference-engine": "fused", "inference-batching": "packed"})):
            run = self.train(name, **{"epochs": 2, "json": self.at / "i.json", **more})
            self.assertEqual(run.returncode, 0, run.stderr)
            told[name] = json.loads((self.at / "i.json").read_text())
        self.assertEqual(told["plain"]["settings"]["inference_engine"], "reference")
        self.assertEqual(told["fused"]["settings"]["inference_engine"], "fused")
        for one, other in zip(told["plain"]["evaluations"], told["fused"]["evaluations"], strict=True):
            self.assertNotEqual(one["loss"], other["loss"])
            self.assertAlmostEqual(one["loss"], other["loss"], delta=1e-5)

    def test_mistakes_are_told_before_any_training(self):
        for changed, words in [({"metric-for-best-model": "f1_marco"}, "did you mean f1_macro?"),
                               ({"label": "lable"}, "lable"),
                               ({"threshold": "half"}, "--threshold half: must be validation, or a number"),
                               ({"compile": "on", "batching": "dynamic"}, "add --batching packed (it is dynamic)"),
                               ({"compile": "on", "batching": "packed", "attention": "eager"}, "--compile on has attention"),
                               ({"attention": "packed"}, "add --compile on, or take sdpa"),
                               ({"inference-engine": "fused"}, "add --inference-batching packed"),
                               ({"inference-precision": "int8_dynamic"}, "add --inference-engine fused"),
                               ({"precision": "fp16", "compile": "on", "batching": "packed"}, "fp32 or bf16"),
                               ({"gradient-sparsity": 1}, "--gradient-sparsity: 1 is no number from"),
                               ({"optimizer": "adam"}, "adam"),
                               ({"validation": None, "early-stopping-patience": 1}, "needs --validation"),
                               ({"report-on": "test"}, "needs --test FILE"),
                               ({"validation": None, "predictions": self.at / "p"}, "needs rows to answer"),
                               ({"resume": True}, "there is no checkpoint to --resume from"),
                               ({"model": self.at / "nowhere"}, "nowhere"),
                               ({"epochs": -1}, "--epochs: -1 is no number from")]:
            run = self.train("mistaken", **changed)
            self.assertIn(run.returncode, (1, 2), run.stderr)
            self.assertIn(words, run.stderr)
            self.assertFalse((self.at / "mistaken").exists())

    def test_a_full_disk_leaves_the_model_that_was_there(self):
        self.assertEqual(self.train("full", epochs=1).returncode, 0)
        before = self.files("full")
        limited = ["bash", "-c", 'ulimit -f 4; trap "" XFSZ; exec "$@"', "bash"] + self.words("full", epochs=2)
        run = subprocess.run(limited, capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(self.files("full"), before)
        self.assertEqual([p for p in self.at.iterdir() if p.name.startswith(".")], [])


if __name__ == "__main__":
    ENGINE = sys.argv.pop(1)
    unittest.main()
