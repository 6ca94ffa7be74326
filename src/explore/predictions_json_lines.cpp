#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "prediction_rows.h"

namespace turngreen::explore {
namespace {

/// A document takes many times its text in memory; rows of a predictions file are short.
constexpr std::size_t kLongestLine = 1'000'000;

using Json = nlohmann::json;

/// A class or an id as text; absent: it is neither a text, a number nor a truth value.
std::optional<std::string> cell(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::nullopt;
}

Result<std::string> cell_of(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    std::vector<std::string> keys;
    for (const auto& item : object.items()) keys.push_back(item.key());
    return fail(Error::Kind::invalid_input, missing_column("key", key, keys));
  }
  auto text = cell(*found);
  if (!text) {
    return fail(Error::Kind::invalid_input,
                fmt::format("'{}' is of type {}; a class is a text, a number or a truth value", key,
                            found->type_name()));
  }
  return *std::move(text);
}

Result<void> add_line(std::string_view line, const PredictionColumns& columns,
                      PredictionRows& rows) {
  if (line.size() > kLongestLine) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("the line has {} bytes; at most {} are allowed", line.size(), kLongestLine));
  }
  const Json object = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    return fail(Error::Kind::invalid_input, "the line is no JSON object; each line must be one");
  }
  const auto truth = cell_of(object, columns.truth);
  if (!truth) return tl::unexpected(truth.error());
  const auto predicted = cell_of(object, columns.predicted);
  if (!predicted) return tl::unexpected(predicted.error());
  if (!object.contains(columns.id)) return rows.add({*truth, *predicted, std::nullopt});
  const auto id = cell_of(object, columns.id);
  if (!id) return tl::unexpected(id.error());
  return rows.add({*truth, *predicted, *id});
}

}  // namespace

Result<void> read_json_lines(std::string_view text, std::string_view name,
                             const PredictionColumns& columns, PredictionRows& rows) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (const auto added = add_line(line, columns, rows); !added) {
      return fail(added.error().kind,
                  fmt::format("{}:{}: {}", name, number, added.error().message));
    }
  }
  return {};
}

}  // namespace turngreen::explore
