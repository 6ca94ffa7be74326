#include "model/model.h"

#include <gmock/gmock.h>

#include "model/save_model.h"
#include "small_batch.h"
#include "small_bert.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

LoadOptions with_classes(std::vector<std::string> names) {
  LoadOptions options;
  options.labels.emplace();
  options.labels->names = std::move(names);
  return options;
}

const Parameter& parameter(const Model& model, const std::string& name) {
  for (const Parameter& one : model.parameters())
    if (one.names.front() == name) return one;
  throw std::out_of_range(name);
}

std::vector<std::string> names_of(const Model& model) {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : model.named_tensors()) names.push_back(name);
  return names;
}

TEST(Model, names_every_tensor_of_the_encoder_that_is_missing_or_of_another_shape) {
  SmallBert folder;
  folder.remove("encoder.layer.0.attention.self.key.weight");
  folder.remove("encoder.layer.0.output.dense.bias");
  folder.set("embeddings.LayerNorm.bias", {5});
  const auto model = Model::load(folder.open(), {});
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().message,
              AllOf(HasSubstr("2 missing (bert.encoder.layer.0.attention.self.key.weight, "
                              "bert.encoder.layer.0.output.dense.bias)"),
                    HasSubstr("embeddings.LayerNorm.bias is [5], not [4]"),
                    HasSubstr(folder.path().string())));
}

TEST(Model, has_no_head_where_neither_checkpoint_nor_caller_has_one) {
  const auto model = Model::load(SmallBert().open(), {}).value();
  EXPECT_FALSE(model.labels());
  EXPECT_THAT(model.load_report().fresh, IsEmpty());
}

TEST(Model, says_that_a_head_is_new) {
  const auto model = Model::load(SmallBert().open(), with_classes({"no", "yes"})).value();
  EXPECT_THAT(model.load_report().fresh,
              ElementsAre("bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight",
                          "classifier.bias"));
}

TEST(Model, keeps_a_head_of_the_size_wanted) {
  SmallBert folder;
  folder.set("pooler.dense.weight", {4, 4});
  folder.set("pooler.dense.bias", {4});
  folder.set("classifier.weight", {2, 4}, 0.75F);
  folder.set("classifier.bias", {2});
  const auto model = Model::load(folder.open(), with_classes({"no", "yes"})).value();
  EXPECT_THAT(model.load_report().fresh, IsEmpty());
  EXPECT_THAT(model.load_report().unused, IsEmpty());
  EXPECT_THAT(values_of<float>(parameter(model, "classifier.weight").tensor), testing::Each(0.75F));
}

TEST(Model, replaces_a_head_of_another_size_and_says_so) {
  SmallBert folder;
  folder.set("classifier.weight", {2, 4});
  folder.set("classifier.bias", {2});
  const auto model = Model::load(folder.open(), with_classes({"a", "b", "c"})).value();
  EXPECT_THAT(model.load_report().mismatched,
              ElementsAre("classifier.weight [2, 4], not [3, 4]", "classifier.bias [2], not [3]"));
  EXPECT_EQ(parameter(model, "classifier.weight").tensor.size(0), 3);
}

TEST(Model, draws_a_new_head_from_the_seed) {
  const auto drawn = [](std::uint64_t seed) {
    LoadOptions options = with_classes({"no", "yes"});
    options.seed = seed;
    const auto model = Model::load(SmallBert().open(), options).value();
    return parameter(model, "classifier.weight").tensor;
  };
  EXPECT_EQ(difference(drawn(1), drawn(1)), 0);
  EXPECT_GT(difference(drawn(1), drawn(2)), 0);
}

TEST(Model, tells_what_of_the_checkpoint_it_does_not_use) {
  SmallBert folder;
  folder.set("cls.predictions.bias", {9});
  folder.set("embeddings.position_ids", {1, 8});
  const auto model = Model::load(folder.open(), {}).value();
  EXPECT_THAT(model.load_report().unused, ElementsAre("cls.predictions.bias"));
}

TEST(Model, takes_the_old_names_of_norms) {
  SmallBert folder;
  folder.remove("embeddings.LayerNorm.weight");
  folder.set("embeddings.LayerNorm.gamma", {4}, 0.25F);
  const auto model = Model::load(folder.open(), {}).value();
  EXPECT_THAT(values_of<float>(parameter(model, "embeddings.LayerNorm.weight").tensor),
              testing::Each(0.25F));
}

TEST(Model, holds_query_key_and_value_as_one_and_saves_them_apart) {
  SmallBert folder;
  folder.set("encoder.layer.0.attention.self.key.weight", {4, 4}, 0.25F);
  const auto model = Model::load(folder.open(), {}).value();
  const std::string self = "encoder.layer.0.attention.self.";
  const Parameter& held = parameter(model, self + "query.weight");
  EXPECT_THAT(held.names,
              ElementsAre(self + "query.weight", self + "key.weight", self + "value.weight"));
  EXPECT_EQ(held.tensor.sizes(), (std::vector<std::int64_t>{12, 4}));
  EXPECT_EQ(held.tensor[3][0].item<float>(), 0.5F);
  EXPECT_EQ(held.tensor[4][0].item<float>(), 0.25F);
  EXPECT_THAT(names_of(model), Contains(self + "key.weight"));
}

TEST(Model, lets_weights_decay_but_neither_biases_nor_norms) {
  const auto model = Model::load(SmallBert().open(), with_classes({"no", "yes"})).value();
  for (const Parameter& one : model.parameters()) {
    const std::string& name = one.names.front();
    const bool exempt = name.ends_with("bias") || name.find("Norm") != std::string::npos;
    EXPECT_EQ(one.decays, !exempt) << name;
    EXPECT_TRUE(one.tensor.requires_grad()) << name;
  }
}

TEST(Model, saves_an_encoder_with_a_head_under_the_prefix_of_its_family) {
  const SmallBert folder;
  const auto source = folder.open();
  const auto model = Model::load(source, with_classes({"no", "yes"})).value();
  const auto saved = folder.path() / "saved";
  ASSERT_TRUE(save_model(model, saved, source));
  const auto again = checkpoint::ModelFolder::open(saved).value();
  EXPECT_TRUE(again.tensors().contains("bert.embeddings.word_embeddings.weight"));
  EXPECT_TRUE(again.tensors().contains("bert.pooler.dense.weight"));
  EXPECT_TRUE(again.tensors().contains("classifier.weight"));
  EXPECT_EQ(again.config().labels->names, (std::vector<std::string>{"no", "yes"}));
}

TEST(Model, keeps_the_pooler_of_an_encoder_for_when_it_is_saved) {
  SmallBert folder;
  folder.set("pooler.dense.weight", {4, 4});
  folder.set("pooler.dense.bias", {4});
  const auto model = Model::load(folder.open(), {}).value();
  EXPECT_THAT(model.load_report().unused, IsEmpty());
  EXPECT_THAT(names_of(model), Contains("pooler.dense.weight"));
  for (const Parameter& one : model.parameters())
    EXPECT_THAT(one.names.front(), testing::Not(HasSubstr("pooler")));
}

TEST(Model, gives_states_in_the_layout_of_the_batch) {
  const auto model = Model::load(SmallBert().open(), {}).value();
  EXPECT_EQ(model.hidden_states(batch_of_lengths({3, 1}, Layout::padded), {}).sizes(),
            (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_EQ(model.hidden_states(batch_of_lengths({3, 1}, Layout::packed), {}).sizes(),
            (std::vector<std::int64_t>{4, 4}));
}

}  // namespace
}  // namespace turngreen::model
