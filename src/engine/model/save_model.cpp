#include "model/save_model.h"

#include "model/checkpoint_tensor.h"

namespace turngreen::model {

Result<void> save_model(const Model& model, const std::filesystem::path& folder,
                        const checkpoint::ModelFolder& source) {
  const auto tensors = model.named_tensors();
  std::vector<checkpoint::NamedTensor> views;
  views.reserve(tensors.size());
  for (const auto& [name, tensor] : tensors) views.push_back({name, view_of(tensor)});
  return checkpoint::save_model_folder(folder, model.config(), views, source);
}

}  // namespace turngreen::model
