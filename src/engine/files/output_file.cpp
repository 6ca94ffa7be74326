#include "turngreen/engine/files/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <utility>

#include "write_failure.h"

namespace turngreen::files {
namespace {

namespace fs = std::filesystem;

constexpr int kNameAttempts = 16;

}  // namespace

OutputFile::OutputFile(fs::path file, fs::path temporary, int descriptor)
    : file_(std::move(file)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : file_(std::move(other.file_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<OutputFile> OutputFile::create(const fs::path& file) {
  if (file == "-") return OutputFile("standard output", {}, STDOUT_FILENO);
  std::error_code ignored;
  fs::path place = fs::weakly_canonical(file, ignored);  // a link to the file survives
  if (ignored || place.empty()) place = file;
  struct stat status {};
  const bool is_there = ::stat(place.c_str(), &status) == 0;
  if (is_there && S_ISDIR(status.st_mode)) return write_failure(file, EISDIR);
  if (is_there && ::access(place.c_str(), W_OK) != 0) return write_failure(file, errno);
  if (is_there && !S_ISREG(status.st_mode)) {
    const int descriptor = ::open(place.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) return write_failure(file, errno);
    return OutputFile(place, {}, descriptor);
  }
  std::random_device random;
  for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
    fs::path temporary = place;
    temporary.replace_filename(fmt::format(".turngreen-{:08x}.tmp", random()));
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) continue;
    if (descriptor < 0) return write_failure(file, errno);
    if (is_there) (void)::fchmod(descriptor, status.st_mode & 07777);
    return OutputFile(place, std::move(temporary), descriptor);
  }
  return write_failure(file, EEXIST);
}

Result<void> OutputFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> OutputFile::finish() {
  if (temporary_.empty()) return {};
  if (::fsync(descriptor_) != 0) return failure(errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) return failure(errno);
  if (::rename(temporary_.c_str(), file_.c_str()) != 0) return failure(errno);
  temporary_.clear();
  return {};
}

tl::unexpected<Error> OutputFile::failure(int reason) const { return write_failure(file_, reason); }

}  // namespace turngreen::files
