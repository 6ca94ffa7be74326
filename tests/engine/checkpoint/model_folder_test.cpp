#include "turngreen/engine/checkpoint/model_folder.h"

#include <gmock/gmock.h>

#include "small_model.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;
using report::write_file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;

class ModelFolderTest : public testing::Test {
 protected:
  ModelFolderTest() { write_small_model(model()); }

  fs::path model() const { return scratch_ / "model"; }
  void put(const std::string& name, const std::string& content) const {
    fs::create_directories((model() / name).parent_path());
    write_file(model() / name, content);
  }
  std::string fault() const {
    const auto folder = ModelFolder::open(model());
    return folder ? "" : folder.error().message;
  }

  report::ScratchDirectory scratch_;
};

using Opening = ModelFolderTest;

TEST_F(Opening, gives_config_tensors_and_tokenizer) {
  const auto folder = ModelFolder::open(model()).value();
  EXPECT_EQ(folder.config().architecture.hidden, 8);
  EXPECT_THAT(folder.tensors(), ElementsAre(Key("a")));
  EXPECT_EQ(folder.tokenizer(), model() / "tokenizer.json");
  EXPECT_EQ(folder.max_length(), 512);
  EXPECT_FALSE(folder.normalizes_sentences());
  EXPECT_FALSE(folder.sentence_obstacle());
}

TEST_F(Opening, of_what_is_no_folder_says_what_belongs_there) {
  EXPECT_THAT(ModelFolder::open(scratch_ / "none").error().message,
              HasSubstr("there is no such folder; name a folder with config.json"));
  EXPECT_THAT(ModelFolder::open(model() / "config.json").error().message,
              HasSubstr("this is no folder; name a folder"));
  fs::remove(model() / "config.json");
  EXPECT_THAT(fault(), HasSubstr("/model: holds no config.json"));
}

TEST_F(Opening, of_older_sentence_transformers_names_the_folder_of_the_encoder) {
  fs::remove(model() / "config.json");
  put("modules.json",
      R"([{"type": "sentence_transformers.models.Transformer", "path": "0_Transformer"}])");
  EXPECT_THAT(fault(), HasSubstr("holds no config.json; the encoder is in "));
}

TEST_F(Opening, of_weights_in_pickle_format_says_how_to_convert_them) {
  fs::remove(model() / "model.safetensors");
  EXPECT_THAT(fault(), HasSubstr("/model: holds neither model.safetensors nor"));
  put("pytorch_model.bin", "x");
  EXPECT_THAT(fault(),
              HasSubstr("/model/pytorch_model.bin: only safetensors are read; convert it"));
}

TEST_F(Opening, takes_the_tensors_of_all_shards) {
  fs::remove(model() / "model.safetensors");
  SmallTensors first;
  SmallTensors second;
  ASSERT_TRUE(write_safetensors(model() / "1.safetensors", first.add("a", 1).add("b", 2).all()));
  ASSERT_TRUE(write_safetensors(model() / "2.safetensors", second.add("c", 3).all()));
  put("model.safetensors.index.json",
      R"({"metadata": {"total_size": 24},
          "weight_map": {"a": "1.safetensors", "b": "1.safetensors", "c": "2.safetensors"}})");
  const auto folder = ModelFolder::open(model()).value();
  EXPECT_THAT(folder.tensors(), ElementsAre(Key("a"), Key("b"), Key("c")));
  EXPECT_THAT(folder.tensors().find("c")->second.shape, ElementsAre(3));
}

TEST_F(Opening, of_shards_that_are_not_as_the_index_says_is_refused) {
  fs::rename(model() / "model.safetensors", model() / "1.safetensors");
  put("model.safetensors.index.json", R"({"weight_map": {"b": "1.safetensors"}})");
  EXPECT_THAT(fault(), HasSubstr("1.safetensors: tensor 'b' is not in it, though model"));
  put("model.safetensors.index.json", R"({"weight_map": {"a": "2.safetensors"}})");
  EXPECT_THAT(fault(), HasSubstr("2.safetensors: cannot be read: No such file"));
  fs::copy_file(model() / "1.safetensors", model() / "2.safetensors");
  put("model.safetensors.index.json",
      R"({"weight_map": {"a": "2.safetensors", "a ": "1.safetensors"}})");
  EXPECT_THAT(fault(), HasSubstr("tensor 'a ' is not in it"));
}

TEST_F(Opening, of_one_tensor_in_two_shards_is_refused) {
  fs::rename(model() / "model.safetensors", model() / "1.safetensors");
  SmallTensors twice;
  ASSERT_TRUE(write_safetensors(model() / "2.safetensors", twice.add("a", 1).add("b", 1).all()));
  put("model.safetensors.index.json",
      R"({"weight_map": {"a": "1.safetensors", "b": "2.safetensors"}})");
  EXPECT_THAT(fault(), HasSubstr("2.safetensors: tensor 'a': another shard has it too"));
}

TEST_F(Opening, of_shards_outside_the_folder_is_refused) {
  fs::rename(model() / "model.safetensors", scratch_ / "x.safetensors");
  for (const char* shard : {"../x.safetensors", "/etc/passwd", "..", ".", "", "sub/x"}) {
    put("model.safetensors.index.json",
        std::string(R"({"weight_map": {"a": ")") + shard + R"("}})");
    EXPECT_THAT(fault(),
                HasSubstr("the shard of 'a' must be the name of a file in the same folder"))
        << shard;
  }
  put("model.safetensors.index.json", R"({"weight_map": {"a": 7}})");
  EXPECT_THAT(fault(), HasSubstr("the shard of 'a' must be"));
  put("model.safetensors.index.json", R"({"weight_map": {}})");
  EXPECT_THAT(fault(), HasSubstr("0 shards are named"));
  put("model.safetensors.index.json", "{}");
  EXPECT_THAT(fault(), HasSubstr("index.json: weight_map: is missing"));
}

TEST_F(Opening, takes_the_least_of_the_lengths_told) {
  put("tokenizer_config.json", R"({"model_max_length": 1000000000000000019884624838656})");
  EXPECT_EQ(ModelFolder::open(model())->max_length(), 512);
  put("tokenizer_config.json", R"({"model_max_length": 300})");
  EXPECT_EQ(ModelFolder::open(model())->max_length(), 300);
  put("sentence_bert_config.json", R"({"max_seq_length": 256})");
  EXPECT_EQ(ModelFolder::open(model())->max_length(), 256);
  put("sentence_bert_config.json", R"({"max_seq_length": null})");
  EXPECT_EQ(ModelFolder::open(model())->max_length(), 300);
  put("tokenizer_config.json", R"({"model_max_length": 0})");
  EXPECT_THAT(fault(), HasSubstr("tokenizer_config.json: model_max_length: 0 is here"));
}

TEST_F(Opening, knows_whether_sentence_vectors_are_normalized) {
  put("modules.json", R"([{"type": "sentence_transformers.models.Transformer", "path": ""},
                          {"type": "sentence_transformers.models.Pooling", "path": "1_Pooling"},
                          {"type": "sentence_transformers.models.Normalize", "path": "2_Normalize"}])");
  put("1_Pooling/config.json",
      R"({"pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true})");
  const auto folder = ModelFolder::open(model()).value();
  EXPECT_TRUE(folder.normalizes_sentences());
  EXPECT_FALSE(folder.sentence_obstacle());
  put("1_Pooling/config.json", R"({"pooling_mode": "mean"})");
  EXPECT_FALSE(ModelFolder::open(model())->sentence_obstacle());
}

TEST_F(Opening, names_what_is_in_the_way_of_mean_pooled_sentence_vectors) {
  const std::string encoder = R"([{"type": "a.Transformer", "path": ""},)";
  put("modules.json", encoder + R"({"type": "a.Pooling", "path": "1_Pooling"}])");
  put("1_Pooling/config.json", R"({"pooling_mode_cls_token": true})");
  EXPECT_EQ(ModelFolder::open(model())->sentence_obstacle(),
            "pooling by cls_token is not supported; by mean is");
  put("1_Pooling/config.json", R"({"pooling_mode": ["mean", "max"]})");
  EXPECT_THAT(ModelFolder::open(model())->sentence_obstacle().value(), HasSubstr("mean and max"));
  put("modules.json",
      encoder + R"({"type": "a.Pooling"}, {"type": "a.Dense", "path": "2_Dense"}])");
  EXPECT_THAT(ModelFolder::open(model())->sentence_obstacle().value(),
              HasSubstr("the module 'Dense' (2 of modules.json) is not supported"));
  put("modules.json", encoder + R"({"type": "a.Pooling", "path": "../1_Pooling"}])");
  EXPECT_THAT(fault(), HasSubstr("modules.json: [1].path: '../1_Pooling' is here"));
}

}  // namespace
}  // namespace turngreen::checkpoint
