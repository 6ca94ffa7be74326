#include "turngreen/knobs/catalogue.h"

#include <algorithm>
#include <cmath>

namespace turngreen::knobs {
namespace {

// Sources that several rows cite.
constexpr const char* kTurningGreen =
    "Rajput, Saad, Sharma: Tu(r)ning AI Green (2025, arXiv:2506.18289), Table I, training energy "
    "of "
    "ModernBERT on one GPU";
constexpr const char* kPacking =
    "Krell et al.: Efficient Sequence Packing without Cross-contamination (arXiv:2107.02027): up "
    "to "
    "2 times the throughput of padded batches; energy is taken to follow time";

constexpr std::nullopt_t kNone = std::nullopt;

std::vector<Value> values(std::initializer_list<const char*> texts) {
  return {texts.begin(), texts.end()};
}

Condition when(const char* knob, std::initializer_list<const char*> texts) {
  return {.knob = knob, .values = values(texts)};
}

/// "Up to that factor": anything from it to no effect, so the middle of the two on the logarithmic
/// scale, with a spread that reaches both.
Expectation up_to(double factor) {
  return {.energy_factor = std::sqrt(factor), .log_spread = std::abs(std::log(factor)) / 2};
}

Expectation about(double factor, double log_spread) { return {factor, log_spread}; }

// A row is all there is to know about a knob. Values that are amounts (watts, rows, thresholds) are
// examples: a study file names its own. Factors are of energy, against the off value; none stands
// here without its source.
const std::vector<Knob>& table() {
  static const std::vector<Knob> rows{
      // data
      Knob{.id = "tokenizer",
           .phase = Phase::data,
           .resource = Resource::compute,
           .values = values({"reference", "fast"}),
           .stages = {"tokenize"},
           .description = "Which implementation turns text into tokens."},
      Knob{.id = "max_length",
           .phase = Phase::data,
           .resource = Resource::tokens,
           .values = values({"2048", "1024", "512", "256", "128"}),
           .ordered = true,
           .stages = {"tokenize", "train", "evaluate"},
           .expected = {kNone, kNone, about(0.53, 0.3), kNone, kNone},
           .description = "Tokens after which an input is cut.",
           .source = kTurningGreen},
      Knob{.id = "dedup",
           .phase = Phase::data,
           .resource = Resource::samples,
           .values = values({"off", "exact", "near"}),
           .stages = {"load_data", "tokenize", "train"},
           .description = "Training rows that are left out since they repeat others, by their text "
                          "or nearly so (MinHash of word 5-shingles, Jaccard similarity 0.8)."},
      Knob{.id = "sample_fraction",
           .phase = Phase::data,
           .resource = Resource::samples,
           .values = values({"1.0", "0.8", "0.6", "0.4", "0.2", "0.1"}),
           .ordered = true,
           .stages = {"tokenize", "train"},
           .expected = {kNone, kNone, kNone, kNone, kNone, up_to(0.08)},
           .description = "Share of the training rows that is used.",
           .source = "Verdecchia et al.: Data-Centric Green AI (arXiv:2204.02766): fewer rows and "
                     "features save up to 92 % of the energy"},
      Knob{.id = "sampling",
           .phase = Phase::data,
           .resource = Resource::samples,
           .values = values({"random", "balanced", "hard"}),
           .stages = {"train"},
           .needs = {when("sample_fraction", {"0.8", "0.6", "0.4", "0.2", "0.1"})},
           .description =
               "How the rows of sample_fraction are chosen: by chance, of all classes as "
               "many, or half of them where a cheap model is least sure."},
      Knob{.id = "token_cache",
           .phase = Phase::data,
           .resource = Resource::io,
           .values = values({"off", "on"}),
           .stages = {"tokenize"},
           .description = "Keeps tokens on disk for the next run on the same data."},
      Knob{.id = "loader_workers",
           .phase = Phase::data,
           .resource = Resource::io,
           .values = values({"0", "1", "2", "4"}),
           .ordered = true,
           .stages = {"train", "evaluate"},
           .description = "Processes that prepare batches beside the training."},
      Knob{.id = "pin_memory",
           .phase = Phase::data,
           .resource = Resource::io,
           .values = values({"off", "on"}),
           .stages = {"train", "evaluate"},
           .description = "Batches lie in memory that the GPU can copy from by itself."},
      Knob{.id = "batching",
           .phase = Phase::data,
           .resource = Resource::tokens,
           .values = values({"padded", "dynamic", "bucketed", "packed"}),
           .stages = {"train", "evaluate"},
           .expected = {kNone, kNone, kNone, up_to(0.5)},
           .description = "How inputs of different lengths share a batch: padded to the longest "
                          "allowed, to the longest there, sorted by length, or end to end.",
           .source = kPacking},

      // model
      Knob{.id = "model_family",
           .phase = Phase::model,
           .resource = Resource::compute,
           .values = values({"transformer", "hashed_linear"}),
           .stages = {"tokenize", "load_model", "train", "save", "evaluate"},
           .excludes = {when("dedup", {"exact", "near"}), when("token_cache", {"on"}),
                        when("batching", {"dynamic", "bucketed", "packed"}),
                        when("layers_dropped", {"4", "8", "12", "16", "20"}),
                        when("attention", {"sdpa", "packed"}),
                        when("weight_sparsity", {"magnitude", "second_order"}),
                        when("head_pruning", {"0.25", "0.5", "0.75"}),
                        when("distilled_student", {"6_layers", "4_layers"}),
                        when("precision", {"fp16", "bf16"}), when("gradient_checkpointing", {"on"}),
                        when("gradient_accumulation", {"2", "4", "8"}),
                        when("frozen_layers", {"4", "8", "12"}), when("lora", {"4", "8", "16"}),
                        when("compile", {"on"}), when("optimizer", {"adamw_fused", "adamw_8bit"}),
                        when("selective_backprop", {"0.75", "0.5", "0.33"}),
                        when("gradient_sparsity", {"0.001", "0.01", "0.1"}),
                        when("inference_engine", {"fused"}),
                        when("inference_batching", {"bucketed", "packed"})},
           .description = "What is learned: an encoder, or a linear model of hashed n-grams, which "
                          "takes seconds and is the least that an encoder must beat."},
      Knob{.id = "layers_dropped",
           .phase = Phase::model,
           .resource = Resource::parameters,
           .values = values({"0", "4", "8", "12", "16", "20"}),
           .ordered = true,
           .stages = {"load_model", "train", "save", "evaluate"},
           .expected = {kNone, about(0.85, 0.2), about(0.662, 0.2), about(0.513, 0.2),
                        about(0.315, 0.2), about(0.156, 0.2)},
           .description =
               "Encoder layers that are left out, of which one must stay (published for a model "
               "of 22).",
           .source = kTurningGreen},
      Knob{.id = "dropped_from",
           .phase = Phase::model,
           .resource = Resource::parameters,
           .values = values({"top", "bottom"}),
           .stages = {"train", "evaluate"},
           .needs = {when("layers_dropped", {"4", "8", "12", "16", "20"})},
           .description = "Which end of the model layers_dropped takes its layers from."},
      Knob{.id = "attention",
           .phase = Phase::model,
           .resource = Resource::memory,
           .values = values({"eager", "sdpa", "packed"}),
           .stages = {"train", "evaluate"},
           .expected = {kNone, about(0.739, 0.2), kNone},
           .description =
               "Attention written out, fused (scaled dot product), or over packed inputs.",
           .source = kTurningGreen},
      Knob{.id = "weight_sparsity",
           .phase = Phase::model,
           .resource = Resource::parameters,
           .values = values({"off", "magnitude", "second_order"}),
           .stages = {"train", "evaluate"},
           .expected = {kNone, about(1, 0.1), about(1, 0.1)},
           .description = "Single weights set to zero. Saves only where the kernels skip zeros.",
           .source =
               "github.com/openvinotoolkit/nncf, issue 1191: no gain from 61 % zeros on dense "
               "kernels (2.06 against 2.08 ms); energy is taken to follow time"},
      Knob{.id = "head_pruning",
           .phase = Phase::model,
           .resource = Resource::parameters,
           .values = values({"0", "0.25", "0.5", "0.75"}),
           .ordered = true,
           .stages = {"train", "evaluate"},
           .description = "Share of the attention heads and neurons that is removed as a whole."},
      Knob{.id = "distilled_student",
           .phase = Phase::model,
           .resource = Resource::parameters,
           .values = values({"off", "6_layers", "4_layers"}),
           .stages = {"load_model", "evaluate"},
           .excludes = {when("layers_dropped", {"4", "8", "12", "16", "20"})},
           .expected = {kNone, about(0.625, 0.3), about(0.106, 0.5)},
           .description = "A small model that learns from the large one takes its place.",
           .source =
               "inference time, which energy is taken to follow: Sanh et al.: DistilBERT "
               "(arXiv:1910.01108), 60 % faster; Jiao et al.: TinyBERT (arXiv:1909.10351), 9.4 "
               "times faster"},

      // training
      Knob{.id = "precision",
           .phase = Phase::training,
           .resource = Resource::precision,
           .values = values({"fp32", "fp16", "bf16"}),
           .stages = {"train", "evaluate"},
           .expected = {kNone, about(0.797, 0.25), kNone},
           .description = "Number format of the arithmetic in training. On a CPU without bf16 "
                          "instructions the short ones are slower than fp32.",
           .source = kTurningGreen},
      Knob{.id = "gradient_checkpointing",
           .phase = Phase::training,
           .resource = Resource::memory,
           .values = values({"off", "on"}),
           .stages = {"train"},
           .expected = {kNone, about(1.335, 0.1)},
           .description = "Computes activations again instead of keeping them: less memory, more "
                          "energy, unless larger batches make up for it.",
           .source = kTurningGreen},
      Knob{.id = "gradient_accumulation",
           .phase = Phase::training,
           .resource = Resource::memory,
           .values = values({"1", "2", "4", "8"}),
           .ordered = true,
           .stages = {"train"},
           .description = "Batches whose gradients are added up before a step."},
      Knob{.id = "batch_size",
           .phase = Phase::training,
           .resource = Resource::compute,
           .values = values({"16", "8", "32", "64", "128", "auto"}),
           .stages = {"train"},
           .description = "Rows in a batch; auto: the largest that fits into memory."},
      Knob{.id = "frozen_layers",
           .phase = Phase::training,
           .resource = Resource::compute,
           .values = values({"0", "4", "8", "12"}),
           .ordered = true,
           .stages = {"train"},
           .excludes = {when("lora", {"4", "8", "16"})},
           .description = "Lower layers that are not trained; their activations are kept."},
      Knob{.id = "lora",
           .phase = Phase::training,
           .resource = Resource::parameters,
           .values = values({"off", "4", "8", "16"}),
           .stages = {"train", "save"},
           .description = "Rank of the low-rank adapters that are trained instead of the weights. "
                          "Targets that name no module train nothing."},
      Knob{.id = "lora_alpha",
           .phase = Phase::training,
           .resource = Resource::parameters,
           .values = values({"16", "8", "32"}),
           .stages = {"train"},
           .needs = {when("lora", {"4", "8", "16"})},
           .description = "Scale of the adapters of lora."},
      Knob{.id = "lora_targets",
           .phase = Phase::training,
           .resource = Resource::parameters,
           .values = values({"attention", "mlp", "all"}),
           .stages = {"train"},
           .needs = {when("lora", {"4", "8", "16"})},
           .description = "Modules that lora adapts."},
      Knob{.id = "base_quantisation",
           .phase = Phase::training,
           .resource = Resource::precision,
           .values = values({"off", "int8", "nf4"}),
           .stages = {"load_model", "train"},
           .needs = {when("lora", {"4", "8", "16"})},
           .description = "Format of the frozen weights under the adapters of lora."},
      Knob{.id = "optimizer",
           .phase = Phase::training,
           .resource = Resource::memory,
           .values = values({"adamw", "adamw_fused", "adamw_8bit"}),
           .stages = {"train"},
           .expected = {kNone, kNone, about(0.949, 0.1)},
           .description = "How weights are moved, and in which format its state is held.",
           .source = kTurningGreen},
      Knob{.id = "early_stopping",
           .phase = Phase::training,
           .resource = Resource::samples,
           .values = values({"off", "on"}),
           .stages = {"train"},
           .description = "Ends training once the validation metric stops improving."},
      Knob{.id = "compile",
           .phase = Phase::training,
           .resource = Resource::graph,
           .values = values({"off", "on"}),
           .stages = {"train", "evaluate"},
           .expected = {kNone, about(0.65, 0.2)},
           .description = "Fuses kernels ahead of the run; pays off only in long ones.",
           .source =
               "the geometric middle of two: Tu(r)ning AI Green (arXiv:2506.18289), Table I, "
               "training energy 0.592; PyTorch 2.0 (pytorch.org/get-started/pytorch-2.0), 43 % "
               "faster training on A100, 0.70 if energy follows time"},
      Knob{.id = "gradient_sparsity",
           .phase = Phase::training,
           .resource = Resource::compute,
           .values = values({"off", "0.001", "0.01", "0.1"}),
           .stages = {"train"},
           .description = "Gradients below this share of the largest are taken as zero."},
      Knob{.id = "selective_backprop",
           .phase = Phase::training,
           .resource = Resource::samples,
           .values = values({"1.0", "0.75", "0.5", "0.33"}),
           .ordered = true,
           .stages = {"train"},
           .expected = {kNone, kNone, kNone, up_to(1 / 3.5)},
           .description = "Share of the rows, those with the highest loss, that are learned from.",
           .source = "Jiang et al.: Accelerating Deep Learning by Focusing on the Biggest Losers "
                     "(arXiv:1910.00762): up to 3.5 times faster; energy is taken to follow time"},

      // system
      Knob{.id = "power_limit",
           .phase = Phase::system,
           .resource = Resource::power,
           .values = values({"off", "250", "200", "150", "100"}),
           .description = "Power limit of the GPU in W; name values within your device's range."},
      Knob{.id = "clock_limit",
           .phase = Phase::system,
           .resource = Resource::power,
           .values = values({"off", "1500", "1200", "900"}),
           .description = "Highest clock of the GPU in MHz; name values of your device."},
      Knob{.id = "threads",
           .phase = Phase::system,
           .resource = Resource::compute,
           .values = values({"1", "2", "4", "8"}),
           .ordered = true,
           .description = "Threads that share the arithmetic; name values for your machine, the "
                          "usual one first."},
      Knob{.id = "allocator",
           .phase = Phase::system,
           .resource = Resource::memory,
           .values = values({"default", "retained"}),
           .description = "Whether freed memory is given back to the kernel, and paid for again at "
                          "the next step, or kept."},

      // inference
      Knob{.id = "inference_engine",
           .phase = Phase::inference,
           .resource = Resource::graph,
           .values = values({"reference", "fused"}),
           .stages = {"evaluate"},
           .needs = {when("inference_batching", {"packed"})},
           .expected = {kNone, about(0.49, 0.38)},
           .description = "What runs the finished model: the training framework, or an engine with "
                          "fused kernels.",
           .source = "Sentence Transformers documentation, Speeding up Inference (sbert.net): ONNX "
                     "1.4 to 3 times faster; energy is taken to follow time"},
      Knob{.id = "inference_precision",
           .phase = Phase::inference,
           .resource = Resource::precision,
           .values = values({"fp32", "bf16", "int8_dynamic", "int8_static", "int4"}),
           .stages = {"evaluate"},
           .expected = {kNone, kNone, about(0.58, 0.35), about(0.5, 0.35), kNone},
           .description = "Number format of the finished model. int8 pays where the CPU has "
                          "instructions for it (VNNI); int4 hardly outside memory-bound decoding.",
           .source =
               "time on CPUs, which energy is taken to follow; the geometric mean of: Intel "
               "Neural Compressor, validated models (BERT-base 223 to 475 and 392 samples/s, "
               "DistilBERT 399 to 964 and 397 to 897); github.com/microsoft/onnxruntime, issue "
               "6695 (31.5 to 19.8 ms; without VNNI 38.1 to 35.1 ms)"},
      Knob{.id = "inference_batching",
           .phase = Phase::inference,
           .resource = Resource::tokens,
           .values = values({"padded", "bucketed", "packed"}),
           .stages = {"evaluate"},
           .expected = {kNone, kNone, up_to(0.5)},
           .description = "How requests of different lengths share a batch.",
           .source = kPacking},
      Knob{.id = "early_exit",
           .phase = Phase::inference,
           .resource = Resource::parameters,
           .values = values({"off", "0.1", "0.2", "0.4"}),
           .stages = {"evaluate"},
           .expected = {kNone, up_to(0.6), up_to(0.6), up_to(0.6)},
           .description = "Entropy below which an inner layer's answer is taken.",
           .source =
               "Xin et al.: DeeBERT (arXiv:2004.12993): up to 40 % less inference time; energy "
               "is taken to follow time"},
      Knob{.id = "model_cascade",
           .phase = Phase::inference,
           .resource = Resource::parameters,
           .values = values({"off", "0.7", "0.8", "0.9"}),
           .stages = {"evaluate"},
           .description =
               "Confidence from which a small model's answer is taken; below it the large "
               "one is asked."},
  };
  return rows;
}

}  // namespace

std::span<const Knob> catalogue() { return table(); }

const Knob* find_in_catalogue(std::string_view id) {
  const auto found = std::ranges::find(table(), id, &Knob::id);
  return found == table().end() ? nullptr : &*found;
}

}  // namespace turngreen::knobs
