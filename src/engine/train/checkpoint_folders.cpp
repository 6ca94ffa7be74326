#include "train/checkpoint_folders.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace turngreen::train {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "checkpoint-";

std::optional<std::int64_t> step_of(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (!name.starts_with(kPrefix)) return std::nullopt;
  std::int64_t step = 0;
  const char* begin = name.data() + kPrefix.size();
  const char* end = name.data() + name.size();
  const auto [rest, fault] = std::from_chars(begin, end, step);
  if (fault != std::errc() || rest != end || checkpoint_name(step) != name) return std::nullopt;
  return step;
}

tl::unexpected<Error> failure(const fs::path& folder, const std::error_code& reason) {
  return fail(Error::Kind::io, fmt::format("{}: {}; see to it that the folder can be written to",
                                           folder.string(), reason.message()));
}

/// So that a rename survives a power cut.
void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  (void)::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

std::string checkpoint_name(std::int64_t step) { return fmt::format("{}{}", kPrefix, step); }

std::vector<fs::path> checkpoints_in(const fs::path& output) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(output, ignored)) {
    // A folder that Trainer made has another state file.
    if (step_of(entry.path()) && fs::exists(entry.path() / "state.json", ignored))
      found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end(),
            [](const fs::path& a, const fs::path& b) { return *step_of(a) < *step_of(b); });
  return found;
}

Result<void> remove_checkpoints(const fs::path& output, std::int64_t kept) {
  std::error_code reason;
  fs::remove_all(unfinished_checkpoint(output), reason);
  const auto found = checkpoints_in(output);
  const auto all = static_cast<std::int64_t>(found.size());
  for (std::int64_t i = 0; i < all - kept; ++i) {
    const fs::path& folder = found[static_cast<std::size_t>(i)];
    // First out of sight: one that is removed by half must not be taken for one.
    fs::rename(folder, unfinished_checkpoint(output), reason);
    if (!reason) fs::remove_all(unfinished_checkpoint(output), reason);
    if (reason) return failure(folder, reason);
  }
  return {};
}

fs::path unfinished_checkpoint(const fs::path& output) { return output / ".checkpoint-unfinished"; }

Result<void> finish_checkpoint(const fs::path& output, std::int64_t step) {
  std::error_code reason;
  const fs::path folder = output / checkpoint_name(step);
  fs::rename(unfinished_checkpoint(output), folder, reason);
  if (reason) return failure(folder, reason);
  flush_folder(output);
  return {};
}

}  // namespace turngreen::train
