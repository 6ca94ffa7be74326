#include "read_text.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

#include "yaml_document.h"

namespace turngreen::study {

namespace fs = std::filesystem;

Result<std::string> read_text(const fs::path& file, std::string_view who_writes) {
  std::error_code problem;
  if (fs::is_directory(file, problem)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} is a directory; name a file in it", file.string()));
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const bool there = fs::exists(file, problem);
    return fail(there ? Error::Kind::no_permission : Error::Kind::not_found,
                there ? fmt::format("{} cannot be read; grant the right to", file.string())
                      : fmt::format("{} is not there; {}", file.string(), who_writes));
  }
  std::string text(kMostYamlBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) {
    return fail(Error::Kind::io, fmt::format("{} cannot be read to its end", file.string()));
  }
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

}  // namespace turngreen::study
