#include "turngreen/engine/checkpoint/model_config.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace turngreen::checkpoint {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

ModelConfig parsed(const json& file) {
  auto config = parse_model_config(file.dump(), "config.json");
  EXPECT_TRUE(config) << config.error().message;
  return config.value_or(ModelConfig{});
}

std::string fault_of(const json& file) {
  const auto config = parse_model_config(file.dump(), "config.json");
  return config ? "" : config.error().message;
}

json bert() { return {{"model_type", "bert"}}; }
json modernbert(int layers) {
  return {{"model_type", "modernbert"}, {"num_hidden_layers", layers}};
}

TEST(ModelConfig, has_the_defaults_of_bert) {
  const Architecture shape = parsed(bert()).architecture;
  EXPECT_EQ(shape.family, Family::bert);
  EXPECT_EQ(shape.vocabulary, 30522);
  EXPECT_EQ(shape.hidden, 768);
  EXPECT_EQ(shape.token_types, 2);
  EXPECT_EQ(shape.layers, std::vector<LayerAttention>(12));
  EXPECT_EQ(shape.norm_epsilon, 1e-12);
  EXPECT_EQ(shape.dropouts.hidden, 0.1);
  EXPECT_EQ(shape.dropouts.embedding, 0.1);
  EXPECT_EQ(shape.dropouts.classifier, 0.1);
  EXPECT_EQ(shape.pad_id, 0);
}

TEST(ModelConfig, has_the_defaults_of_distilbert) {
  const Architecture shape = parsed({{"model_type", "distilbert"}}).architecture;
  EXPECT_EQ(shape.layers.size(), 6u);
  EXPECT_EQ(shape.intermediate, 3072);
  EXPECT_EQ(shape.token_types, 0);
  EXPECT_EQ(shape.norm_epsilon, 1e-12);
  EXPECT_EQ(shape.dropouts.classifier, 0.2);
}

TEST(ModelConfig, has_the_defaults_of_modernbert) {
  const Architecture shape = parsed({{"model_type", "modernbert"}}).architecture;
  ASSERT_EQ(shape.layers.size(), 22u);
  EXPECT_EQ(shape.layers[0], (LayerAttention{std::nullopt, 160'000}));
  EXPECT_EQ(shape.layers[1], (LayerAttention{64, 10'000}));
  EXPECT_EQ(shape.layers[21], (LayerAttention{std::nullopt, 160'000}));
  EXPECT_FALSE(shape.norm_bias);
  EXPECT_FALSE(shape.classifier_bias);
  EXPECT_EQ(shape.classifier_pooling, Pooling::cls);
  EXPECT_EQ(shape.initializer_cutoff_factor, 2);
  EXPECT_EQ(shape.pad_id, 50283);
}

TEST(ModelConfig, takes_the_attention_of_modernbert_as_transformers_4_writes_it) {
  json file = modernbert(4);
  file.update({{"global_attn_every_n_layers", 2},
               {"local_attention", 10},
               {"global_rope_theta", 5000.0},
               {"local_rope_theta", nullptr}});
  const Architecture shape = parsed(file).architecture;
  const LayerAttention global{std::nullopt, 5000};
  const LayerAttention local{5, 5000};
  EXPECT_THAT(shape.layers, ElementsAre(global, local, global, local));
}

TEST(ModelConfig, takes_the_attention_of_modernbert_as_transformers_5_writes_it) {
  json file = modernbert(3);
  file.update({{"layer_types", {"full_attention", "full_attention", "sliding_attention"}},
               {"global_attn_every_n_layers", 3},
               {"local_rope_theta", 7.0},
               {"rope_parameters",
                {{"full_attention", {{"rope_type", "default"}, {"rope_theta", 900.0}}},
                 {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", 90.0}}}}}});
  const Architecture shape = parsed(file).architecture;
  const LayerAttention global{std::nullopt, 900};
  EXPECT_THAT(shape.layers, ElementsAre(global, global, LayerAttention{64, 90}));
}

TEST(ModelConfig, takes_bert_s_names_for_distilbert_s) {
  const Architecture shape = parsed({{"model_type", "distilbert"},
                                     {"hidden_size", 24},
                                     {"num_attention_heads", 3},
                                     {"num_hidden_layers", 2}})
                                 .architecture;
  EXPECT_EQ(shape.hidden, 24);
  EXPECT_EQ(shape.heads, 3);
  EXPECT_EQ(shape.layers.size(), 2u);
}

TEST(ModelConfig, knows_the_activations_that_are_one_function) {
  json file = bert();
  for (const char* name : {"gelu_new", "gelu_fast", "gelu_pytorch_tanh"}) {
    file["hidden_act"] = name;
    EXPECT_EQ(parsed(file).architecture.activation, Activation::gelu_tanh) << name;
  }
  file["hidden_act"] = "mish";
  EXPECT_THAT(fault_of(file), HasSubstr("config.json: hidden_act: 'mish' is not supported; gelu"));
}

TEST(ModelConfig, has_labels_only_where_the_file_tells_of_a_head) {
  json file = bert();
  EXPECT_FALSE(parsed(file).labels);
  file["architectures"] = {"BertForSequenceClassification"};
  EXPECT_THAT(parsed(file).labels->names, ElementsAre("LABEL_0", "LABEL_1"));
  file["num_labels"] = 3;
  EXPECT_EQ(parsed(file).labels->names.size(), 3u);
  file["id2label"] = {{"1", "admin"}, {"0", "libs"}};
  EXPECT_THAT(parsed(file).labels->names, ElementsAre("libs", "admin"));
}

TEST(ModelConfig, takes_one_output_for_regression) {
  json file = bert();
  file["num_labels"] = 1;
  EXPECT_EQ(parsed(file).labels->problem, Problem::regression);
  file["problem_type"] = "multi_label_classification";
  EXPECT_EQ(parsed(file).labels->problem, Problem::multi_label);
  file["problem_type"] = "single_label_classification";
  EXPECT_THAT(fault_of(file), HasSubstr("needs two classes or more"));
}

TEST(ModelConfig, refuses_ids_of_labels_that_are_not_each_there_once) {
  json file = bert();
  for (const json& map : {json{{"0", "a"}, {"2", "b"}}, json{{"0", "a"}, {"01", "b"}, {"x", "c"}},
                          json{{"0", "a"}, {"00", "b"}}, json{{"-1", "a"}}}) {
    file["id2label"] = map;
    EXPECT_THAT(fault_of(file), HasSubstr("config.json: id2label: ")) << map;
  }
  file["id2label"] = {{"0", "a"}, {"1", "a"}};
  EXPECT_THAT(fault_of(file), HasSubstr("two classes are named 'a'"));
}

TEST(ModelConfig, tells_all_faults_at_once) {
  json file = bert();
  file.update({{"hidden_size", "768"}, {"num_attention_heads", 0}, {"hidden_dropout_prob", 1}});
  const std::string fault = fault_of(file);
  EXPECT_THAT(fault, HasSubstr("config.json: hidden_size: '\"768\"' is here"));
  EXPECT_THAT(fault, HasSubstr("config.json: num_attention_heads: 0 is here"));
  EXPECT_THAT(fault, HasSubstr("config.json: hidden_dropout_prob: 1 is here"));
}

TEST(ModelConfig, refuses_a_family_that_is_not_supported_by_name) {
  EXPECT_EQ(
      fault_of({{"model_type", "roberta"}}),
      "config.json: model_type: 'roberta' is not supported; bert, distilbert, modernbert are");
  EXPECT_THAT(fault_of(json::object()), HasSubstr("model_type: is missing"));
}

TEST(ModelConfig, refuses_what_changes_the_mathematics_by_name) {
  const std::pair<const char*, json> settings[] = {
      {"is_decoder", true},
      {"is_encoder_decoder", true},
      {"add_cross_attention", true},
      {"pruned_heads", {{"0", {1}}}},
      {"position_embedding_type", "relative_key"},
      {"quantization_config", {{"bits", 4}}},
      {"auto_map", {{"AutoModel", "x.y"}}},
  };
  for (const auto& [name, value] : settings) {
    json file = bert();
    file[name] = value;
    EXPECT_THAT(fault_of(file), HasSubstr(std::string("config.json: ") + name + ": ")) << name;
  }
  json file = modernbert(2);
  file["rope_parameters"] = {{"full_attention", {{"rope_type", "yarn"}}}};
  EXPECT_THAT(fault_of(file), HasSubstr("rope_parameters.full_attention.rope_type: 'yarn'"));
  file["rope_parameters"] = {{"rope_theta", 1.0}};
  EXPECT_THAT(fault_of(file), HasSubstr("rope_parameters: 'rope_theta' is not supported"));
  file = modernbert(2);
  file["head_dim"] = 32;
  EXPECT_THAT(fault_of(file), HasSubstr("head_dim"));
  EXPECT_THAT(fault_of({{"model_type", "distilbert"}, {"sinusoidal_pos_embds", true}}),
              HasSubstr("sinusoidal_pos_embds: only false is supported"));
}

TEST(ModelConfig, passes_over_what_changes_nothing) {
  json file = bert();
  file.update({{"is_decoder", false},
               {"pruned_heads", json::object()},
               {"use_cache", true},
               {"chunk_size_feed_forward", 64},
               {"position_embedding_type", "absolute"}});
  EXPECT_EQ(fault_of(file), "");
  file = modernbert(2);
  file.update({{"position_embedding_type", "absolute"},
               {"deterministic_flash_attn", true},
               {"sparse_prediction", true},
               {"reference_compile", false}});
  EXPECT_EQ(fault_of(file), "");
}

TEST(ModelConfig, refuses_shapes_that_cannot_be) {
  json file = bert();
  file["num_attention_heads"] = 7;
  EXPECT_THAT(fault_of(file), HasSubstr("7 heads do not divide 768 features evenly"));
  file = modernbert(3);
  file["num_attention_heads"] = 256;
  EXPECT_THAT(fault_of(file), HasSubstr("3 features of a head have no two halves"));
  file = bert();
  file.update({{"vocab_size", 10}, {"pad_token_id", 10}});
  EXPECT_THAT(fault_of(file), HasSubstr("pad_token_id: 10 is not below vocab_size, 10"));
  file = modernbert(2);
  file["layer_types"] = {"full_attention"};
  EXPECT_THAT(fault_of(file), HasSubstr("layer_types: there are 1 of them for 2 layers"));
  EXPECT_THAT(fault_of(modernbert(1'000'000)), HasSubstr("num_hidden_layers: 1000000 is here"));
}

TEST(ModelConfig, may_be_without_a_padding_token) {
  json file = bert();
  file["pad_token_id"] = nullptr;
  EXPECT_EQ(parsed(file).architecture.pad_id, std::nullopt);
}

TEST(ModelConfig, that_is_no_json_or_too_deep_names_the_file) {
  const auto broken = parse_model_config("{", "m/config.json");
  EXPECT_THAT(broken.error().message, HasSubstr("m/config.json: this is no JSON"));
  const auto deep = parse_model_config(std::string(100'000, '['), "m/config.json");
  EXPECT_THAT(deep.error().message, HasSubstr("m/config.json: arrays and objects are nested"));
}

TEST(ModelConfigJson, leaves_what_is_not_understood_as_it_is) {
  json file = bert();
  file.update(
      {{"hidden_dropout_prob", 0}, {"something_else", {1, 2}}, {"transformers_version", "4.1"}});
  const json written = json::parse(model_config_json(parsed(file)));
  EXPECT_EQ(written["something_else"], json({1, 2}));
  EXPECT_EQ(written["transformers_version"], "4.1");
  EXPECT_EQ(written["hidden_dropout_prob"].dump(), "0");
  EXPECT_FALSE(written.contains("vocab_size"));
  EXPECT_EQ(written["architectures"], json({"BertModel"}));
}

TEST(ModelConfigJson, of_a_head_has_its_labels_and_problem) {
  ModelConfig config = parsed(bert());
  config.labels = Labels{Problem::multi_label, {"b", "a"}};
  const json written = json::parse(model_config_json(config));
  EXPECT_EQ(written["id2label"], json({{"0", "b"}, {"1", "a"}}));
  EXPECT_EQ(written["label2id"], json({{"b", 0}, {"a", 1}}));
  EXPECT_EQ(written["problem_type"], "multi_label_classification");
  EXPECT_EQ(written["architectures"], json({"BertForSequenceClassification"}));
  EXPECT_EQ(parsed(written).labels, config.labels);
}

TEST(ModelConfigJson, keeps_the_attention_of_each_layer_that_is_left) {
  ModelConfig config = parsed(modernbert(6));
  auto& layers = config.architecture.layers;
  layers.erase(layers.begin() + 1);
  const json written = json::parse(model_config_json(config));
  EXPECT_EQ(written["num_hidden_layers"], 5);
  EXPECT_EQ(written["layer_types"], json({"full_attention", "sliding_attention", "full_attention",
                                          "sliding_attention", "sliding_attention"}));
  // transformers 4 has no way to be told, and must not guess.
  EXPECT_TRUE(written["global_attn_every_n_layers"].is_null());
  EXPECT_EQ(parsed(written).architecture, config.architecture);
}

TEST(ModelConfigJson, tells_transformers_4_a_pattern_that_it_knows) {
  ModelConfig config = parsed(modernbert(6));
  auto& layers = config.architecture.layers;
  layers.erase(layers.begin() + 3, layers.end());
  json written = json::parse(model_config_json(config));
  EXPECT_EQ(written["global_attn_every_n_layers"], 3);
  EXPECT_EQ(written["global_rope_theta"], 160'000);
  for (const char* name : {"layer_types", "rope_parameters"}) written.erase(name);
  EXPECT_EQ(parsed(written).architecture, config.architecture);
}

TEST(ModelConfigJson, says_what_has_changed) {
  ModelConfig config = parsed({{"model_type", "distilbert"},
                               {"num_hidden_layers", 4},
                               {"hidden_size", 24},
                               {"n_heads", 3}});
  config.architecture.layers.resize(2);
  config.architecture.vocabulary = 99;
  config.architecture.activation = Activation::relu;
  config.architecture.dropouts.hidden = config.architecture.dropouts.embedding = 0.3;
  config.architecture.pad_id = std::nullopt;
  EXPECT_EQ(parsed(json::parse(model_config_json(config))).architecture, config.architecture);
}

}  // namespace
}  // namespace turngreen::checkpoint
