// copy_model FROM TO: opens a model folder, or a safetensors file, and writes it anew.
// copy_model --check FILE...: a line for each, "ok" or what is wrong with it.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "turngreen/engine/checkpoint/model_folder.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;

std::vector<NamedTensor> named(const std::map<std::string, TensorView, std::less<>>& tensors) {
  std::vector<NamedTensor> all;
  for (const auto& [name, tensor] : tensors) all.push_back({name, tensor});
  return all;
}

Result<void> copy(const fs::path& from, const fs::path& to) {
  if (fs::is_regular_file(from)) {
    const auto file = SafetensorsFile::open(from);
    if (!file) return tl::unexpected<Error>(file.error());
    return write_safetensors(to, named(file->tensors()));
  }
  const auto folder = ModelFolder::open(from);
  if (!folder) return tl::unexpected<Error>(folder.error());
  return save_model_folder(to, folder->config(), named(folder->tensors()), *folder);
}

void check(std::span<char*> files) {
  for (const char* file : files) {
    const auto opened = SafetensorsFile::open(file);
    std::printf("%s\n", opened ? "ok" : opened.error().message.c_str());
  }
}

}  // namespace
}  // namespace turngreen::checkpoint

int main(int count, char** words) {
  const std::span arguments(words, static_cast<std::size_t>(count));
  if (count > 1 && std::string_view(words[1]) == "--check") {
    turngreen::checkpoint::check(arguments.subspan(2));
    return 0;
  }
  if (count != 3) return 2;
  const auto copied = turngreen::checkpoint::copy(arguments[1], arguments[2]);
  if (!copied) std::fprintf(stderr, "%s\n", copied.error().message.c_str());
  return copied ? 0 : 1;
}
