#include "import_notes.h"

#include <fmt/format.h>

namespace turngreen::report {

void keep_import_notes(study::Trial& trial, const std::vector<std::string>& notes) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const bool room = i < kMost;
    trial.provenance.emplace_back(
        fmt::format("{}.{}", kImportNote, i + 1),
        room ? notes[i] : fmt::format("{} more notes", notes.size() - kMost));
    if (!room) return;
  }
}

}  // namespace turngreen::report
