#include "program_paths.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace turngreen::pipeline {

std::vector<std::string> program_paths(std::string_view program, std::string_view path) {
  if (program.find('/') != std::string_view::npos) return {std::string(program)};
  std::vector<std::string> paths;
  while (true) {
    const auto end = path.find(':');
    const std::string_view folder = path.substr(0, end);
    paths.push_back(fmt::format("{}/{}", folder.empty() ? "." : folder, program));
    if (end == std::string_view::npos) return paths;
    path.remove_prefix(end + 1);
  }
}

std::string explain_exec_error(const std::string& program, const std::vector<std::string>& paths,
                               int error) {
  const auto why = [&]() -> std::string {
    switch (error) {
      case ENOENT:
        for (const std::string& path : paths) {
          if (::access(path.c_str(), F_OK) != 0) continue;
          return fmt::format(
              "{} is there, but the interpreter that it names is not (see its first line, or "
              "file {})",
              path, path);
        }
        return program.find('/') == std::string::npos
                   ? "no such program in PATH; check its name or give its path"
                   : "no such file";
      case EACCES:
        return "it may not be executed (is it a directory, or is chmod +x missing?)";
      case E2BIG:
        return "its arguments and environment are too long for the system";
      default:
        return std::strerror(error);
    }
  };
  return fmt::format("cannot start {}: {}", program, why());
}

}  // namespace turngreen::pipeline
