#include "train/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "train/checkpoint_folders.h"

namespace turngreen::train {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failure(const fs::path& output, int reason) {
  return fail(reason == EACCES || reason == EPERM || reason == EROFS ? Error::Kind::no_permission
                                                                     : Error::Kind::io,
              fmt::format("{}: cannot be written: {}; choose another --output", output.string(),
                          std::strerror(reason)));
}

/// Without links and dots, so that it has a name and a parent.
fs::path place_of(const fs::path& output) {
  std::error_code error;
  fs::path place = fs::weakly_canonical(fs::absolute(output, error), error);
  if (error || place.empty()) place = output;
  return place.has_filename() ? place : place.parent_path();
}

bool holds_other_things(const fs::path& folder) {
  std::error_code ignored;
  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    entries += entry.path() == unfinished_checkpoint(folder) ? 0U : 1U;
  return entries != checkpoints_in(folder).size();
}

/// Always of the same name: what a run that was killed left there is removed by the next.
fs::path sibling(const fs::path& place, std::string_view what) {
  return place.parent_path() / fmt::format(".{}.{}", place.filename().string(), what);
}

/// Puts the folder `made` at `place`, and what was there at `made`.
int exchange(const fs::path& made, const fs::path& place) {
  if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, place.c_str(), RENAME_EXCHANGE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  const fs::path before = sibling(place, "before");  // a file system that cannot exchange
  if (::rename(place.c_str(), before.c_str()) != 0) return errno;
  if (::rename(made.c_str(), place.c_str()) != 0) return errno;
  return ::rename(before.c_str(), made.c_str()) == 0 ? 0 : errno;
}

}  // namespace

Result<void> check_output_folder(const fs::path& output) {
  std::error_code error;
  const fs::path place = place_of(output);
  if (!fs::exists(place, error)) {
    fs::path parent = place.parent_path();
    while (!fs::exists(parent, error) && parent != parent.parent_path())
      parent = parent.parent_path();
    if (::access(parent.c_str(), W_OK | X_OK) != 0) return failure(output, errno);
    return {};
  }
  if (!fs::is_directory(place, error)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: is no folder; name a new one with --output", output.string()));
  }
  if (!fs::exists(place / "config.json", error) && holds_other_things(place)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: holds other things than a model, which are not to be overwritten; "
                            "name a new folder with --output",
                            output.string()));
  }
  if (::access(place.c_str(), W_OK | X_OK) != 0 ||
      ::access(place.parent_path().c_str(), W_OK | X_OK) != 0) {
    return failure(output, errno);
  }
  return {};
}

Result<void> replace_output_folder(const fs::path& output,
                                   const std::function<Result<void>(const fs::path&)>& write) {
  std::error_code error;
  const fs::path place = place_of(output);
  const fs::path made = sibling(place, "new");
  fs::create_directories(place.parent_path(), error);
  fs::remove_all(made, error);
  if (auto written = write(made); !written) {
    fs::remove_all(made, error);
    return written;
  }
  if (!fs::exists(place, error)) {
    return ::rename(made.c_str(), place.c_str()) == 0 ? Result<void>() : failure(output, errno);
  }
  if (const int reason = exchange(made, place); reason != 0) {
    fs::remove_all(made, error);
    return failure(output, reason);
  }
  // The model is in its place from here on; `made` is what was there before.
  for (const fs::path& checkpoint : checkpoints_in(made))
    fs::rename(checkpoint, place / checkpoint.filename(), error);
  fs::remove_all(made, error);
  return {};
}

}  // namespace turngreen::train
