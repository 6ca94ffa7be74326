"""Tokenizers of the supported set put together at random, and those of real models."""

import json

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SPECIAL = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"]
BEHAVIORS = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]


def like_modernbert(texts, vocabulary=4000):
    """Byte-level BPE with NFC, runs of blanks as normalized added tokens, and [CLS] A [SEP]."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    trainer = trainers.BpeTrainer(vocab_size=vocabulary, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken("|||IP_ADDRESS|||", normalized=True)])
    tokenizer.add_tokens([AddedToken(" " * n, normalized=True) for n in range(24, 1, -1)])
    tokenizer.add_special_tokens([AddedToken(t, normalized=False) for t in ["<|endoftext|>", *SPECIAL[:4]]] +
                                 [AddedToken("[MASK]", lstrip=True, normalized=False)])
    tokenizer.add_tokens([AddedToken("[unused%d]" % n, normalized=True) for n in range(5)])
    ids = {t: tokenizer.token_to_id(t) for t in ["[CLS]", "[SEP]"]}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1", special_tokens=list(ids.items()))
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def random_normalizer(rng, deep=True):
    kind = rng.randrange(12 if deep else 10)
    if kind == 0:
        return normalizers.BertNormalizer(clean_text=rng.random() < 0.5, handle_chinese_chars=rng.random() < 0.5,
                                          strip_accents=rng.choice([None, True, False]), lowercase=rng.random() < 0.5)
    if kind == 5:
        return normalizers.Replace(rng.choice(["a", "  ", "e\u0301", "in", "\n"]), rng.choice(["", "b", "漢字", " "]))
    if kind == 6:
        return normalizers.Prepend(rng.choice(["x", "\u2581", "\u2581漢"]))
    if kind == 7:
        return normalizers.Strip(left=rng.random() < 0.5, right=rng.random() < 0.5)
    if kind >= 10:
        return normalizers.Sequence([random_normalizer(rng, False) for _ in range(rng.randint(0, 3))])
    return {1: normalizers.NFC, 2: normalizers.NFD, 3: normalizers.NFKC, 4: normalizers.NFKD, 8: normalizers.Lowercase,
            9: rng.choice([normalizers.StripAccents, normalizers.Nmt, normalizers.ByteLevel])}[kind]()


def random_pre_tokenizer(rng, deep=True):
    kind = rng.randrange(12 if deep else 10)
    if kind == 0:
        return pre_tokenizers.ByteLevel(add_prefix_space=rng.random() < 0.5, use_regex=rng.random() < 0.7)
    if kind == 1:
        return pre_tokenizers.Digits(individual_digits=rng.random() < 0.5)
    if kind == 2:
        return pre_tokenizers.Punctuation(rng.choice(BEHAVIORS))
    if kind == 3:
        return pre_tokenizers.Split(rng.choice([" ", "  ", "a", "\n", "'", "()", "."]), rng.choice(BEHAVIORS),
                                    invert=rng.random() < 0.3)
    if kind == 4:
        return pre_tokenizers.Metaspace(prepend_scheme=rng.choice(["always", "first", "never"]), split=rng.random() < 0.5)
    if kind == 5:
        return pre_tokenizers.FixedLength(length=rng.randint(1, 9))
    if kind == 6:
        return pre_tokenizers.CharDelimiterSplit(rng.choice([" ", "_", "e"]))
    if kind >= 10:
        return pre_tokenizers.Sequence([random_pre_tokenizer(rng, False) for _ in range(rng.randint(1, 3))])
    return {7: pre_tokenizers.BertPreTokenizer, 8: pre_tokenizers.Whitespace, 9: pre_tokenizers.WhitespaceSplit}[kind]()


def random_model(rng):
    """A model and its trainer; what only the file can say is set in `finish`."""
    size = rng.randint(60, 1500)
    if rng.random() < 0.4:
        prefix = rng.choice(["##", "##", "", "@@"])
        model = models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=rng.choice([5, 20, 100]),
                                 continuing_subword_prefix=prefix)
        return model, trainers.WordPieceTrainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False,
                                                limit_alphabet=rng.choice([60, 400]), continuing_subword_prefix=prefix)
    if rng.random() < 0.1:
        return (models.WordLevel(unk_token="[UNK]"),
                trainers.WordLevelTrainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False))
    options = {}
    if rng.random() < 0.3:
        options["continuing_subword_prefix"] = "##"
    if rng.random() < 0.3:
        options["end_of_word_suffix"] = "</w>"
    model = models.BPE(unk_token=rng.choice([None, "[UNK]"]), fuse_unk=rng.random() < 0.5, **options)
    alphabet = pre_tokenizers.ByteLevel.alphabet() if rng.random() < 0.6 else []
    return model, trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False,
                                      limit_alphabet=rng.choice([60, 600]), initial_alphabet=alphabet, **options)


def random_post_processor(rng, tokenizer):
    cls, sep = (("[CLS]", tokenizer.token_to_id("[CLS]")), ("[SEP]", tokenizer.token_to_id("[SEP]")))
    template = processors.TemplateProcessing(single=rng.choice(["[CLS] $A [SEP]", "$A [SEP]", "[CLS]:3 [SEP] $A:2"]),
                                             pair="$A $B", special_tokens=[cls, sep])
    bytes_ = processors.ByteLevel(add_prefix_space=rng.random() < 0.5, trim_offsets=rng.random() < 0.7)
    roberta = processors.RobertaProcessing(sep, cls, trim_offsets=rng.random() < 0.7,
                                           add_prefix_space=rng.random() < 0.5)
    bert = processors.BertProcessing(sep, cls)
    return rng.choice([None, template, bytes_, roberta, bert, processors.Sequence([bytes_, template]),
                       processors.Sequence([template, bytes_]), processors.Sequence([bert, bytes_])])


def random_added_tokens(rng):
    contents = ["[MASK]", "ab", "the", "  ", "   ", "\n\n", "[é]", "É", "int", "in", "漢", "</s>", " x", "!!"]
    return [AddedToken(content, single_word=rng.random() < 0.3, lstrip=rng.random() < 0.3, rstrip=rng.random() < 0.3,
                       normalized=rng.random() < 0.5, special=rng.random() < 0.5)
            for content in rng.sample(contents, rng.randint(0, 6))]


def finish(rng, tokenizer):
    """What the package has no setter for, in its JSON."""
    data = json.loads(tokenizer.to_str())
    model = data["model"]
    if model["type"] == "BPE":
        model["ignore_merges"] = rng.random() < 0.3
        if rng.random() < 0.3:
            model["byte_fallback"] = True
            free = max(model["vocab"].values(), default=-1) + 1
            held = range(256) if rng.random() < 0.6 else range(128, 220)
            model["vocab"].update({"<0x%02X>" % byte: free + n for n, byte in enumerate(held)})
            # Tokens that were added get their ids behind the vocabulary, which has grown.
            data["added_tokens"] = [t for t in data["added_tokens"] if t["content"] in model["vocab"]]
        if rng.random() < 0.5 and not any(" " in part for merge in model["merges"] for part in merge):
            model["merges"] = [" ".join(merge) for merge in model["merges"]]
    if rng.random() < 0.4:
        data["truncation"] = {"direction": rng.choice(["Left", "Right"]), "max_length": rng.randint(2, 40),
                              "strategy": rng.choice(["LongestFirst", "OnlyFirst"]), "stride": 0}
    return json.dumps(data)


def random_tokenizer(rng, corpus):
    """The text of a tokenizer.json that the package reads."""
    while True:
        model, trainer = random_model(rng)
        tokenizer = Tokenizer(model)
        if rng.random() < 0.8:
            tokenizer.normalizer = random_normalizer(rng)
        if rng.random() < 0.85:
            tokenizer.pre_tokenizer = random_pre_tokenizer(rng)
        tokenizer.train_from_iterator(rng.sample(corpus, min(len(corpus), 60)), trainer)
        added = random_added_tokens(rng)
        tokenizer.add_tokens(added)
        if tokenizer.normalizer and any(t.normalized and not tokenizer.normalizer.normalize_str(t.content) for t in added):
            continue  # not supported
        processor = random_post_processor(rng, tokenizer)
        if processor is not None:
            tokenizer.post_processor = processor
        text = finish(rng, tokenizer)
        try:
            Tokenizer.from_str(text)
            return text
        except Exception:  # two added tokens that are the same once normalized, for one
            continue
