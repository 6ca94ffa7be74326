"""Small models of random shapes and weights, with random batches, as cases for model_outputs."""

import copy
import random

import torch
import transformers
from safetensors.torch import load_file, save_file

FAMILIES = {"bert": "Bert", "distilbert": "DistilBert", "modernbert": "ModernBert"}
PROBLEMS = ["single_label_classification", "multi_label_classification", "regression"]
FORMS = ["plain", "bare", "old names", "sharded", "F64", "BF16", "F16"]
TYPES = {"F64": torch.float64, "BF16": torch.bfloat16, "F16": torch.float16}


def shared_shape(draw):
    heads, head_dim = draw.choice([1, 2, 4]), draw.choice([4, 8, 16])
    return {
        "vocab_size": draw.randint(30, 90),
        "pad_token_id": draw.choice([0, 1, 7]),
        "max_position_embeddings": 80,
    }, heads, heads * head_dim, draw.choice([8, 24, 50]), draw.randint(1, 3)


def bert_config(draw, dropout):
    shared, heads, hidden, intermediate, layers = shared_shape(draw)
    return transformers.BertConfig(
        **shared, hidden_size=hidden, num_attention_heads=heads, intermediate_size=intermediate,
        num_hidden_layers=layers, type_vocab_size=draw.choice([1, 2]),
        hidden_act=draw.choice(["gelu", "gelu_new", "relu", "silu"]),
        hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout / 2,
        classifier_dropout=draw.choice([None, dropout / 3]))


def distilbert_config(draw, dropout):
    shared, heads, hidden, intermediate, layers = shared_shape(draw)
    return transformers.DistilBertConfig(
        **shared, dim=hidden, n_heads=heads, hidden_dim=intermediate, n_layers=layers,
        activation=draw.choice(["gelu", "relu"]), dropout=dropout, attention_dropout=dropout / 2,
        seq_classif_dropout=dropout / 3)


def modernbert_config(draw, dropout):
    shared, heads, hidden, intermediate, layers = shared_shape(draw)
    return transformers.ModernBertConfig(
        **shared, hidden_size=hidden, num_attention_heads=heads, intermediate_size=intermediate,
        num_hidden_layers=layers + 1, local_attention=draw.choice([4, 8, 16]),
        global_attn_every_n_layers=draw.choice([2, 3]), norm_bias=draw.random() < 0.3,
        attention_bias=draw.random() < 0.3, mlp_bias=draw.random() < 0.3,
        classifier_bias=draw.random() < 0.3, classifier_pooling=draw.choice(["cls", "mean"]),
        hidden_activation=draw.choice(["gelu", "silu"]),
        classifier_activation=draw.choice(["gelu", "relu"]), embedding_dropout=dropout,
        attention_dropout=dropout / 2, mlp_dropout=dropout / 3, classifier_dropout=dropout / 4,
        bos_token_id=2, eos_token_id=3, cls_token_id=2, sep_token_id=3)


CONFIGS = {"bert": bert_config, "distilbert": distilbert_config, "modernbert": modernbert_config}


def random_config(family, draw, dropout=0.0):
    config = CONFIGS[family](draw, dropout)
    config.problem_type = draw.choice(PROBLEMS)
    config.num_labels = draw.randint(1 if config.problem_type == "regression" else 2, 4)
    return config


def random_model(family, config, draw, head=True):
    """Weights far from their start, norms and biases too, so that none can be left out unseen."""
    torch.manual_seed(draw.randrange(2**31))
    name = FAMILIES[family] + ("ForSequenceClassification" if head else "Model")
    config._attn_implementation = "eager"
    model = getattr(transformers, name)(config).eval()
    with torch.no_grad():
        for tensor in model.parameters():
            centre = 1.0 if tensor.dim() == 1 and bool((tensor == 1).all()) else 0.0
            tensor.copy_(centre + torch.randn_like(tensor) * (0.25 if tensor.dim() > 1 else 0.1))
    return model


def set_layers(config, count):
    config.num_hidden_layers = count
    if config.model_type == "modernbert":
        every = config.global_attn_every_n_layers
        config.layer_types = ["sliding_attention" if i % every else "full_attention" for i in range(count)]


def layers_of(model):
    base = model.base_model
    for name in ("encoder", "transformer"):
        base = getattr(base, name, base)
    return base.layer if hasattr(base, "layer") else base.layers


def drop_layers(model, count, bottom):
    """The first layer of a ModernBERT stays: it is the one without a norm."""
    layers = layers_of(model)
    first = len(layers) - count if not bottom else 1 if model.config.model_type == "modernbert" else 0
    del layers[first:first + count]


def random_sequences(config, draw, lengths=None):
    lengths = lengths or draw.choice([
        [draw.randint(1, 40) for _ in range(draw.randint(2, 6))],
        [1, 1, 1], [1], [60, 1], [9, 9, 9, 9], [5, 5, 3, 3, 3, 12]])
    return [[draw.randrange(config.vocab_size) for _ in range(length)] for length in lengths]


def random_targets(config, count, draw):
    if config.problem_type == "single_label_classification":
        return torch.tensor([draw.randrange(config.num_labels) for _ in range(count)])
    rows = [[draw.random() for _ in range(config.num_labels)] for _ in range(count)]
    targets = torch.tensor(rows, dtype=torch.float32)
    return targets.round() if config.problem_type == "multi_label_classification" else targets


def save_model(model, folder, form, prefix):
    """`form` is how the checkpoint differs from what save_pretrained writes: the same model all the same."""
    written = model
    if form in TYPES:
        written = copy.deepcopy(model).to(TYPES[form])
        model.load_state_dict(written.state_dict())  # not by to() and back: buffers would lose digits too
    written.save_pretrained(folder, max_shard_size=3000 if form == "sharded" else "1GB")
    if form not in ("bare", "old names"):
        return
    file = folder / "model.safetensors"
    tensors = {}
    for name, tensor in load_file(file).items():
        name = name.removeprefix(prefix)
        if form == "old names" and "LayerNorm" in name:
            name = name.replace("weight", "gamma").replace("bias", "beta")
        tensors[name] = tensor
    if form == "old names":
        tensors["embeddings.position_ids"] = torch.arange(80).unsqueeze(0)
    save_file(tensors, file, metadata={"format": "pt"})


def save_inputs(folder, sequences, targets=None, **settings):
    starts = [0]
    for sequence in sequences:
        starts.append(starts[-1] + len(sequence))
    tensors = {"ids": torch.tensor(sum(sequences, [])), "starts": torch.tensor(starts)}
    if targets is not None:
        tensors["targets"] = targets
    for name, value in settings.items():
        tensors[name] = torch.tensor([value])
    save_file(tensors, folder / "inputs.safetensors")


def padded(sequences, pad_id, pad_to=0):
    width = max(pad_to, max(len(sequence) for sequence in sequences))
    ids = [sequence + [pad_id] * (width - len(sequence)) for sequence in sequences]
    mask = [[1] * len(sequence) + [0] * (width - len(sequence)) for sequence in sequences]
    return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}


def generator(seed):
    return random.Random(seed)
