#!/usr/bin/env python3
"""Loss curves, weights and validation figures beside those of transformers' Trainer: fp32, no dropout.
    compare_with_trainer.py TURNGREEN_ENGINE
77 where there is no transformers.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import tiny_model

try:
    import safetensors.torch
    import torch
    import transformers
except ImportError as problem:
    print(f"skipped: {problem}; scripts/make-venv engine-test installs it")
    sys.exit(77)

MOST_LOSS = 1e-4  # at each step
MOST_WEIGHT = 1e-3  # after all; AdamW turns rounding into steps where a gradient is close to zero

# Options of the command, and those of TrainingArguments where they have other names.
RUNS = {
    "linear": {"epochs": 2, "learning-rate": 1e-3},
    "cosine, accumulated, clipped, decayed": {
        "epochs": 6, "learning-rate": 2e-3, "gradient-accumulation-steps": 3, "max-grad-norm": 0.5,
        "weight-decay": 0.1, "lr-scheduler-type": "cosine", "warmup-steps": 10},
    "constant, smoothed, not clipped": {
        "epochs": 2, "learning-rate": 5e-4, "lr-scheduler-type": "constant", "label-smoothing-factor": 0.1,
        "max-grad-norm": 0, "seed": 7},
}


class RecordingTrainer(transformers.Trainer):
    """Sums up the loss of each optimizer step, which the log has rounded."""

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.losses = []
        self.batches = 0

    def training_step(self, *args, **named):
        loss = super().training_step(*args, **named)
        if self.state.global_step == len(self.losses):
            self.losses.append(0.0)
        self.losses[-1] += float(loss)
        return loss


def mean_over_the_step(outputs, labels, num_items_in_batch=None):
    """What num_items_in_batch is for. BERT's own loss ignores it, so that with accumulation Trainer 5.23 takes
    the sum of the batches' means for the loss, and its gradient for the gradient."""
    loss = torch.nn.functional.cross_entropy(outputs["logits"], labels, reduction="sum")
    return loss / (num_items_in_batch if num_items_in_batch is not None else len(labels))


def reference(at, model_folder, rows, validation, options):
    model = transformers.AutoModelForSequenceClassification.from_pretrained(model_folder)
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(model_folder)
    labels = model.config.label2id
    encoded = lambda rows: [{"input_ids": tokenizer(row["text"])["input_ids"], "label": labels[row["label"]]}
                            for row in rows]
    named = {name.replace("-", "_"): value for name, value in options.items()}
    named["num_train_epochs"] = named.pop("epochs")
    is_smoothed = "label_smoothing_factor" in named
    arguments = transformers.TrainingArguments(
        output_dir=str(at / "reference"), per_device_train_batch_size=8, use_cpu=True, report_to=[],
        save_strategy="no", disable_tqdm=True, logging_strategy="no", **named)
    trainer = RecordingTrainer(
        model=model, args=arguments, train_dataset=encoded(rows), eval_dataset=encoded(validation),
        data_collator=transformers.DataCollatorWithPadding(tokenizer),
        compute_loss_func=None if is_smoothed else mean_over_the_step,
        compute_metrics=lambda p: {"accuracy": float((p.predictions.argmax(-1) == p.label_ids).mean())})
    trainer.train()
    figures = trainer.evaluate()
    return trainer.losses, figures, {k: v.detach() for k, v in model.state_dict().items()}


def ours(engine, at, model_folder, options):
    words = [engine, "train", "--model", model_folder, "--train", at / "train.jsonl", "--validation",
             at / "validation.jsonl", "--text", "text", "--label", "label", "--output", at / "ours", "--batch-size", 8,
             "--logging-steps", 1, "--keep", "last", "--threshold", 0.5, "--device", "cpu", "--json", at / "ours.json",
             "--restart"]
    for name, value in options.items():
        words += [f"--{name}", value]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"turngreen-engine train: {done.stderr}")
    told = json.loads((at / "ours.json").read_text())
    return [one["loss"] for one in told["log"]], told["validation"], safetensors.torch.load_file(
        at / "ours" / "model.safetensors")


def make_models(at):
    tiny_model.write_model(at / "bert")
    common = {"vocab_size": len(tiny_model.TOKENS), "pad_token_id": 0, "id2label": {0: "no", 1: "yes"},
              "label2id": {"no": 0, "yes": 1}}
    torch.manual_seed(0)
    others = {
        "distilbert": transformers.DistilBertForSequenceClassification(transformers.DistilBertConfig(
            dim=16, hidden_dim=32, n_layers=2, n_heads=2, max_position_embeddings=64, dropout=0.0,
            attention_dropout=0.0, seq_classif_dropout=0.0, initializer_range=0.1, **common)),
        "modernbert": transformers.ModernBertForSequenceClassification(transformers.ModernBertConfig(
            hidden_size=16, intermediate_size=32, num_hidden_layers=3, num_attention_heads=2,
            max_position_embeddings=64, local_attention=8, initializer_range=0.1, cls_token_id=2, bos_token_id=2,
            sep_token_id=3, eos_token_id=3, **common)),
    }
    for name, model in others.items():
        model.save_pretrained(at / name)
        for file in ("tokenizer.json", "tokenizer_config.json"):
            (at / name / file).write_text((at / "bert" / file).read_text())
    return ["bert", *others]


def main(engine):
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    worst = 0
    print(f"{'model':<11} {'settings':<38} steps   loss  weights  validation loss")
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        rows = tiny_model.write_rows(at / "train.jsonl", 200, seed=1)
        validation = tiny_model.write_rows(at / "validation.jsonl", 60, seed=2)
        models = make_models(at)
        for name, options in RUNS.items():
            for model in models if name == "linear" else models[:1]:
                losses, figures, weights = reference(at, at / model, rows, validation, options)
                our_losses, our_figures, our_weights = ours(engine, at, at / model, options)
                assert len(losses) == len(our_losses) and len(losses) >= 50, (len(losses), len(our_losses))
                before = safetensors.torch.load_file(at / model / "model.safetensors")
                moved = max(float((weights[k] - before[k]).abs().max()) for k in weights)
                assert moved > 10 * MOST_WEIGHT, f"nothing was learned, so nothing was compared: {moved}"
                apart = max(abs(a - b) for a, b in zip(losses, our_losses))
                assert set(weights) == set(our_weights), set(weights) ^ set(our_weights)
                weight_apart = max(float((weights[k] - our_weights[k]).abs().max()) for k in weights)
                # Trainer smooths labels in its evaluation too; ours is the loss of the labels as they are.
                smoothed = "label-smoothing-factor" in options
                eval_apart = 0 if smoothed else abs(figures["eval_loss"] - our_figures["loss"])
                print(f"{model:<11} {name:<38} {len(losses):>5} {apart:6.0e} {weight_apart:8.0e} {eval_apart:8.0e}")
                assert apart <= MOST_LOSS, (name, model, apart)
                assert weight_apart <= MOST_WEIGHT, (name, model, weight_apart)
                assert eval_apart <= MOST_LOSS, (name, model, eval_apart)
                assert abs(figures["eval_accuracy"] - our_figures["accuracy"]) < 1e-9, (figures, our_figures)
                worst = max(worst, apart)
    print(f"largest difference of a loss: {worst:.1e}")


if __name__ == "__main__":
    main(sys.argv[1])
