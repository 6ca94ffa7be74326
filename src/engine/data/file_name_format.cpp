#include "file_name_format.h"

#include <algorithm>
#include <array>
#include <string>

namespace turngreen::data {
namespace {

struct Ending {
  std::string_view text;
  Format format;
};

constexpr std::array kEndings{
    Ending{".jsonl", Format::jsonl}, Ending{".ndjson", Format::jsonl},
    Ending{".json", Format::jsonl},  Ending{".csv", Format::csv},
    Ending{".tsv", Format::tsv},     Ending{".parquet", Format::parquet},
    Ending{".arrow", Format::arrow}, Ending{".feather", Format::arrow},
};

bool take_ending(std::string& name, std::string_view ending) {
  if (!name.ends_with(ending)) return false;
  name.resize(name.size() - ending.size());
  return true;
}

}  // namespace

NamedFormat format_of_name(std::string_view file) {
  std::string name(file);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  NamedFormat found;
  if (take_ending(name, ".gz")) found.compression = Compression::gzip;
  if (take_ending(name, ".zst")) found.compression = Compression::zstd;
  const auto ending = std::find_if(kEndings.begin(), kEndings.end(), [&](const Ending& candidate) {
    return name.ends_with(candidate.text);
  });
  if (ending != kEndings.end()) found.format = ending->format;
  return found;
}

}  // namespace turngreen::data
