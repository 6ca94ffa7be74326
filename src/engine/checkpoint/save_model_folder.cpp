#include <fmt/format.h>

#include "companion_files.h"
#include "folder_json.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/files/output_folder.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;

bool holds_model(const fs::path& folder) {
  const auto config = read_optional_json(folder / "config.json");
  return config && config->is_object() && config->contains("model_type");
}

/// A folder that is something else may have been named by mistake.
Result<void> check_may_be_replaced(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error) || fs::is_empty(folder, error) || holds_model(folder)) {
    return {};
  }
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: holds other things than a model, which are not to be replaced; name "
                          "a new folder",
                          folder.string()));
}

Result<void> write_config(const fs::path& file, const ModelConfig& config) {
  auto out = files::OutputFile::create(file);
  if (!out) return tl::unexpected<Error>(std::move(out.error()));
  if (auto written = out->write(model_config_json(config)); !written) return written;
  return out->finish();
}

}  // namespace

Result<void> write_model_files(const fs::path& folder, const ModelConfig& config,
                               std::span<const NamedTensor> tensors, const ModelFolder& source) {
  Result<void> written = write_safetensors(folder / "model.safetensors", tensors);
  if (written) written = write_config(folder / "config.json", config);
  if (written) written = copy_companions(source.path(), folder);
  return written;
}

Result<void> save_model_folder(const fs::path& folder, const ModelConfig& config,
                               std::span<const NamedTensor> tensors, const ModelFolder& source) {
  if (auto allowed = check_may_be_replaced(folder); !allowed) return allowed;
  auto out = files::OutputFolder::create(folder);
  if (!out) return tl::unexpected<Error>(std::move(out.error()));
  Result<void> written = write_model_files(out->path(), config, tensors, source);
  if (written) {
    written = out->finish([](std::string_view name) { return !belongs_to_model(name); });
  }
  if (!written) return tl::unexpected<Error>(out->in_place(std::move(written.error())));
  return {};
}

}  // namespace turngreen::checkpoint
