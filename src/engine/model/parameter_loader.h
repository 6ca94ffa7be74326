#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/initialization.h"
#include "model/layer_norm.h"
#include "model/linear.h"
#include "model/load_report.h"
#include "model/parameter.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

struct LinearShape {
  std::int64_t in = 0;
  std::int64_t out = 0;  ///< of each name, where several are held as one
  bool bias = true;
};

struct NormShape {
  std::int64_t features = 0;
  double epsilon = 0;
  bool bias = true;
};

struct LoaderOptions {
  /// Of the encoder's names in a model with a head: "bert.". A checkpoint may lack it.
  std::string prefix;
  /// What comes before a layer's number in the encoder's names: "encoder.layer.".
  std::string layers = {};
  /// By the number that a layer has in the model: that in the checkpoint.
  std::vector<std::size_t> kept_layers = {};
  bool has_head = false;  ///< encoders without are saved under the names they were found by
  std::uint64_t seed = 0;
  at::Device device = at::kCPU;
};

/// Takes parameters out of a checkpoint, one after the other, and remembers what was not as it
/// should be. Parameters of the encoder must be there; those of a head are initialised anew where
/// they are not.
class ParameterLoader {
 public:
  ParameterLoader(const checkpoint::ModelFolder& folder, LoaderOptions options);

  /// Names of the encoder are without the prefix, those of modules without ".weight".
  at::Tensor encoder_embedding(const std::string& name, std::int64_t rows, std::int64_t features);
  /// One whose rows are looked up by number.
  at::Tensor encoder_table(const std::string& name, std::int64_t rows, std::int64_t features);
  /// One product for several of transformers' modules, their rows in this order.
  Linear encoder_linear(const std::vector<std::string>& modules, const LinearShape& shape);
  LayerNorm encoder_norm(const std::string& module, const NormShape& shape);
  Linear head_linear(const std::string& module, const LinearShape& shape, const Initial& weight);
  LayerNorm head_norm(const std::string& module, const NormShape& shape);
  /// What a model without a head does not use, and is to have when it is saved again.
  void keep(const std::string& module);

  struct Loaded {
    std::vector<Parameter> parameters;
    std::vector<std::pair<std::string, at::Tensor>> kept;
    LoadReport report;
  };
  /// Error: what of the encoder was missing or not as the config tells, all of it.
  Result<Loaded> finish() &&;

 private:
  struct Found {
    std::string name;  ///< in the file, older spellings put right
    const checkpoint::TensorView* view = nullptr;
  };
  Found find(const std::string& name);
  /// A layer's name with the number that it has in the checkpoint.
  std::string in_checkpoint(const std::string& name) const;
  bool is_of_dropped_layer(const std::string& name) const;
  at::Tensor load_encoder(const std::vector<std::string>& names,
                          const std::vector<std::int64_t>& shape);
  at::Tensor load_head(const std::string& name, const std::vector<std::int64_t>& shape,
                       const Initial& initial);
  at::Tensor read(const Found& found);
  at::Tensor add_parameter(std::vector<std::string> names, const at::Tensor& values);

  const checkpoint::ModelFolder& folder_;
  LoaderOptions options_;
  at::Generator generator_;
  std::set<std::string, std::less<>> used_;
  std::vector<std::string> missing_;
  std::vector<std::string> unfit_;
  Loaded loaded_;
};

}  // namespace turngreen::model
