"""A BERT of a few thousand weights and rows to train it on, with Python's standard library alone."""
import json
import pathlib
import random
import struct

WORDS = [f"w{n}" for n in range(40)]
TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + WORDS
HIDDEN, INNER, HEADS, LAYERS, POSITIONS = 16, 32, 2, 2, 64


def config(dropout, labels):
    return {
        "architectures": ["BertForSequenceClassification"], "model_type": "bert", "vocab_size": len(TOKENS),
        "hidden_size": HIDDEN, "intermediate_size": INNER, "num_attention_heads": HEADS, "num_hidden_layers": LAYERS,
        "max_position_embeddings": POSITIONS, "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
        "initializer_range": 0.02, "pad_token_id": 0, "hidden_dropout_prob": dropout,
        "attention_probs_dropout_prob": dropout, "problem_type": "single_label_classification",
        "id2label": {str(i): name for i, name in enumerate(labels)},
        "label2id": {name: i for i, name in enumerate(labels)},
    }


def tokenizer():
    special = [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, token in enumerate(TOKENS[:4])]
    piece = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special, "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "decoder": None,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [piece("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, piece("[SEP]")],
            "pair": [piece("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, piece("[SEP]"),
                     {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [TOKENS.index(t)], "tokens": [t]} for t in ("[CLS]", "[SEP]")}},
        "model": {"type": "WordLevel", "vocab": {token: i for i, token in enumerate(TOKENS)}, "unk_token": "[UNK]"},
    }


def shapes(outputs):
    yield "bert.embeddings.word_embeddings.weight", [len(TOKENS), HIDDEN]
    yield "bert.embeddings.position_embeddings.weight", [POSITIONS, HIDDEN]
    yield "bert.embeddings.token_type_embeddings.weight", [2, HIDDEN]
    norms, linears = ["bert.embeddings.LayerNorm"], [("bert.pooler.dense", HIDDEN, HIDDEN), ("classifier", HIDDEN, outputs)]
    for n in range(LAYERS):
        layer = f"bert.encoder.layer.{n}."
        norms += [layer + "attention.output.LayerNorm", layer + "output.LayerNorm"]
        linears += [(layer + f"attention.self.{name}", HIDDEN, HIDDEN) for name in ("query", "key", "value")]
        linears += [(layer + "attention.output.dense", HIDDEN, HIDDEN), (layer + "intermediate.dense", HIDDEN, INNER),
                    (layer + "output.dense", INNER, HIDDEN)]
    for name in norms:
        yield name + ".weight", [HIDDEN]
        yield name + ".bias", [HIDDEN]
    for name, width, rows in linears:
        yield name + ".weight", [rows, width]
        yield name + ".bias", [rows]


def write_model(folder, *, dropout=0.0, labels=("no", "yes"), seed=0):
    """A model folder as transformers keeps it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    rng = random.Random(seed)
    header, content = {"__metadata__": {"format": "pt"}}, b""
    for name, shape in sorted(shapes(len(labels))):
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        is_norm = "LayerNorm.weight" in name
        values = [1.0] * count if is_norm else [rng.gauss(0, 0.1) for _ in range(count)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(content), len(content) + 4 * count]}
        content += struct.pack(f"<{count}f", *values)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + content)
    (folder / "config.json").write_text(json.dumps(config(dropout, labels)))
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer()))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": POSITIONS,
                    "pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}))


def write_rows(file, count, *, seed=0, labels=("no", "yes")):
    """Texts of which those with an early word of the first half more often than not are the first class."""
    rng = random.Random(seed)
    rows = []
    for _ in range(count):
        words = rng.choices(range(len(WORDS)), k=rng.randint(1, 30))
        is_second = sum(words) / len(words) + rng.gauss(0, 2) > len(WORDS) / 2
        rows.append({"text": " ".join(WORDS[w] for w in words), "label": labels[is_second]})
    pathlib.Path(file).write_text("".join(json.dumps(row) + "\n" for row in rows))
    return rows
