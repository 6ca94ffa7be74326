#include "turngreen/report/codecarbon_csv.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <random>
#include <system_error>

#include "codecarbon_columns.h"
#include "open_file.h"
#include "turngreen/report/file_replacement.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;

Result<fs::path> run_file(const fs::path& place) {
  std::error_code ignored;
  if (fs::is_directory(place, ignored)) return place / "emissions.csv";
  if (place.extension() == ".csv") return place;
  return fail(Error::Kind::not_found,
              fmt::format("{} is no directory, and its name does not end in .csv; give a directory "
                          "that is there, or a file such as emissions.csv",
                          place.string()));
}

/// The first line of an open file, without its line end; empty when the file is.
Result<std::string> first_line(const fs::path& file, int descriptor) {
  std::string line;
  std::array<char, 4096> block{};
  // A header far longer than ours is not ours: two blocks tell.
  for (off_t offset = 0; offset < 2 * 4096;) {
    const ssize_t got = ::pread(descriptor, block.data(), block.size(), offset);
    if (got < 0) return write_failure(file, errno);
    if (got == 0) break;
    line.append(block.data(), static_cast<std::size_t>(got));
    offset += got;
    const auto end = line.find('\n');
    if (end == std::string::npos) continue;
    line.resize(end);
    break;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

Result<void> check_header(const fs::path& file, std::string_view header) {
  if (header.empty() || header == codecarbon_run_header()) return {};
  return fail(Error::Kind::invalid_input,
              fmt::format("{} has other columns than CodeCarbon 3.3.0's run layout (its first line "
                          "begins \"{}\"); name another file, or move this one away",
                          file.string(), header.substr(0, 40)));
}

struct LockedFile {
  OpenFile file;
  off_t size = 0;
};

/// Opens for appending, alone: others who append wait for the lock.
Result<LockedFile> open_locked(const fs::path& file) {
  while (true) {
    OpenFile out(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666));
    struct stat status {};
    if (!out || ::flock(out.get(), LOCK_EX) != 0 || ::fstat(out.get(), &status) != 0) {
      return write_failure(file, errno);
    }
    // No link left: whoever held the lock could not write its first row and removed the file.
    if (status.st_nlink > 0) return LockedFile{std::move(out), status.st_size};
  }
}

/// Writes all of the row or nothing: what a full disk cuts off is taken back.
Result<void> append_row(const fs::path& file, const std::string& row) {
  auto locked = open_locked(file);
  if (!locked) return tl::unexpected<Error>(locked.error());
  const auto& [out, size] = *locked;

  const auto header = first_line(file, out.get());
  if (!header) return tl::unexpected<Error>(header.error());
  if (auto checked = check_header(file, *header); !checked) return checked;
  std::string text = header->empty() ? codecarbon_run_header() + '\n' : std::string();
  char last = '\n';
  if (size > 0) (void)::pread(out.get(), &last, 1, size - 1);
  if (last != '\n') text += '\n';
  text += row;

  if (!write_all(out.get(), text) || ::fsync(out.get()) != 0) {
    const int reason = errno;
    (void)::ftruncate(out.get(), size);
    if (size == 0) ::unlink(file.c_str());
    return write_failure(file, reason);
  }
  return {};
}

}  // namespace

std::string new_run_id() {
  std::random_device random;
  std::array<std::uint32_t, 4> bits{};
  for (auto& word : bits) word = random();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}", bits[0], bits[1] >> 16,
                     bits[1] & 0xfff, (bits[2] >> 16 & 0x3fff) | 0x8000, bits[2] & 0xffff, bits[3]);
}

Result<void> append_codecarbon(const fs::path& place, const pipeline::Measurement& measurement,
                               const CodeCarbonContext& context) {
  const auto file = run_file(place);
  if (!file) return tl::unexpected<Error>(file.error());
  if (!measurement.energy.stages.empty()) {
    fs::path tasks = *file;
    tasks.replace_filename(fmt::format("emissions_base_{}.csv", context.run_id));
    auto written = replace_file(tasks, codecarbon_task_file(measurement, context));
    if (!written) return written;
  }
  return append_row(*file, codecarbon_run_row(measurement, context));
}

Result<void> check_codecarbon(const fs::path& place) {
  const auto file = run_file(place);
  if (!file) return tl::unexpected<Error>(file.error());
  if (auto writable = check_writable(*file); !writable) return writable;
  OpenFile existing(::open(file->c_str(), O_RDONLY | O_CLOEXEC));
  if (!existing) {
    if (errno == ENOENT) return {};
    return write_failure(*file, errno);
  }
  const auto header = first_line(*file, existing.get());
  if (!header) return tl::unexpected<Error>(header.error());
  return check_header(*file, *header);
}

}  // namespace turngreen::report
