#include "turngreen/energy/recording.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "recording_file.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kMuch = 65'536;
constexpr units::Duration kOld = units::seconds(1);
constexpr std::uint64_t kLargestFile = std::uint64_t{4} << 30U;

tl::unexpected<Error> io_error(const std::filesystem::path& file, const char* what, int error) {
  const auto kind = error == ENOENT                     ? Error::Kind::not_found
                    : error == EACCES || error == EPERM ? Error::Kind::no_permission
                                                        : Error::Kind::io;
  return fail(kind, fmt::format("{}: {}: {}", file.string(), what, std::strerror(error)));
}

class ReadOnlyMapping {
 public:
  ReadOnlyMapping(int descriptor, std::size_t size)
      : size_(size),
        bytes_(size > 0 ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : nullptr) {}
  ReadOnlyMapping(const ReadOnlyMapping&) = delete;
  ReadOnlyMapping& operator=(const ReadOnlyMapping&) = delete;
  ~ReadOnlyMapping() {
    if (valid() && size_ > 0) ::munmap(bytes_, size_);
  }
  bool valid() const { return bytes_ != MAP_FAILED; }
  std::string_view bytes() const { return {static_cast<const char*>(bytes_), size_}; }

 private:
  std::size_t size_;
  void* bytes_;
};

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

void RecordingWriter::State::write_some(Instant now) {
  if (encoder.buffer().size() < kMuch && now - last_write < kOld) return;
  last_write = now;
  write_all();
}

void RecordingWriter::State::write_all() {
  std::string& bytes = encoder.buffer();
  checksum = extend_checksum(checksum, bytes);
  std::size_t done = 0;
  while (error == 0 && done < bytes.size()) {
    const ssize_t count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (count >= 0) {
      done += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  bytes.clear();
}

RecordingWriter::State::~State() {
  if (descriptor >= 0) ::close(descriptor);
}

RecordingWriter::RecordingWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

RecordingWriter::~RecordingWriter() {
  // Not finished: what was recorded stays as NAME.part, for replay after a crash of the caller.
  if (state_->descriptor >= 0 && state_->owner == ::getpid()) state_->write_all();
}

Result<std::unique_ptr<RecordingWriter>> RecordingWriter::create(
    const std::filesystem::path& file) {
  auto state = std::make_unique<State>();
  state->file = file;
  state->part = file;
  state->part += ".part";
  state->owner = ::getpid();
  state->descriptor = ::open(state->part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (state->descriptor < 0)
    return io_error(state->part, "cannot be created for the recording", errno);
  return std::unique_ptr<RecordingWriter>(new RecordingWriter(std::move(state)));
}

Result<void> RecordingWriter::finish(std::string_view note) {
  state_->write_all();
  state_->encoder.trailer(note, state_->checksum);
  state_->write_all();
  if (state_->error == 0 && ::fsync(state_->descriptor) != 0) state_->error = errno;
  ::close(std::exchange(state_->descriptor, -1));
  if (state_->error != 0) {
    return io_error(state_->part,
                    "the recording could not be written (what was written is kept there)",
                    state_->error);
  }
  if (std::rename(state_->part.c_str(), state_->file.c_str()) != 0) {
    return io_error(state_->file,
                    fmt::format("cannot be renamed from {}", state_->part.string()).c_str(), errno);
  }
  return {};
}

Result<Replayed> replay(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.get() < 0) return io_error(file, "cannot be read", errno);
  struct stat about {};
  if (::fstat(descriptor.get(), &about) != 0) return io_error(file, "cannot be read", errno);
  if (!S_ISREG(about.st_mode)) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: not a regular file", file.string()));
  }
  const auto size = static_cast<std::uint64_t>(about.st_size);
  if (size > kLargestFile) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: {} bytes, a recording may have {} at most", file.string(), size,
                            kLargestFile));
  }
  const ReadOnlyMapping mapping(descriptor.get(), static_cast<std::size_t>(size));
  if (!mapping.valid()) return io_error(file, "cannot be read", errno);

  auto decoded = decode_recording(mapping.bytes());
  if (!decoded) {
    return fail(decoded.error().kind,
                fmt::format("{}: {}", file.string(), decoded.error().message));
  }
  if (!decoded->statement) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: the recording ends before its first sample", file.string()));
  }
  return Replayed{std::move(*decoded->statement), std::move(decoded->note), decoded->complete};
}

}  // namespace turngreen::energy
