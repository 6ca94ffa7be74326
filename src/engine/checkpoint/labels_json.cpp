#include "labels_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

using fields::JsonFields;
using nlohmann::json;

constexpr std::uint64_t kMostLabels = 1'000'000;
constexpr std::uint64_t kUsualLabels = 2;  // what transformers leaves unsaid

constexpr std::string_view kProblems[] = {"single_label_classification",
                                          "multi_label_classification", "regression"};

bool tells_of_head(const JsonFields& fields) {
  if (fields.find("id2label") != nullptr || fields.find("num_labels") != nullptr) return true;
  const auto architectures = fields.texts("architectures");
  return std::any_of(architectures.begin(), architectures.end(), [](const std::string& name) {
    return name.ends_with("ForSequenceClassification");
  });
}

std::vector<std::string> unnamed(std::uint64_t labels) {
  std::vector<std::string> names;
  for (std::uint64_t id = 0; id < labels; ++id) names.push_back(fmt::format("LABEL_{}", id));
  return names;
}

/// Some write numbers for names; transformers takes them.
std::optional<std::string> name_from(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  return std::nullopt;
}

std::vector<std::string> read_names(const JsonFields& fields) {
  const json* map = fields.find("id2label");
  if (!map->is_object() || map->empty()) {
    fields.invalid("id2label", "an object of class ids and names belongs here");
    return {};
  }
  std::vector<std::string> names(map->size());
  std::vector<bool> is_named(map->size());
  std::set<std::string_view> seen;
  for (const auto& [key, value] : map->items()) {
    std::uint64_t id = 0;
    const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), id);
    if (failure != std::errc() || end != key.data() + key.size() || id >= names.size() ||
        is_named[id]) {
      fields.invalid("id2label", fmt::format("{} is here, where the ids 0 to {} belong, each once",
                                             units::in_quotes(key), names.size() - 1));
      return {};
    }
    const auto name = name_from(value);
    if (!name) {
      fields.invalid("id2label", fmt::format("the name of {} is no string", key));
      return {};
    }
    names[id] = *name;
    is_named[id] = true;
    if (!seen.insert(names[id]).second) {
      fields.invalid("id2label", fmt::format("two classes are named {}", units::in_quotes(*name)));
      return {};
    }
  }
  return names;
}

}  // namespace

std::optional<Labels> read_labels(const JsonFields& fields) {
  if (!tells_of_head(fields)) return std::nullopt;
  Labels labels;
  if (fields.find("id2label") != nullptr) {
    labels.names = read_names(fields);
  } else {
    labels.names = unnamed(fields.number("num_labels", kMostLabels, kUsualLabels));
    if (labels.names.empty()) fields.invalid("num_labels", "0 is here, where 1 or more belongs");
  }
  // Without problem_type transformers takes one output for regression.
  const std::size_t usual = labels.names.size() == 1 ? 2 : 0;
  const std::size_t problem =
      fields.choice("problem_type", {kProblems[0], kProblems[1], kProblems[2]}, usual);
  labels.problem = static_cast<Problem>(problem);
  if (labels.problem == Problem::single_label && labels.names.size() == 1) {
    fields.invalid("problem_type",
                   "single_label_classification needs two classes or more; \"regression\" or "
                   "\"multi_label_classification\" may have one output");
  }
  return labels;
}

void write_labels(json& file, const std::optional<Labels>& labels) {
  for (const char* name : {"id2label", "label2id", "num_labels", "problem_type"}) file.erase(name);
  if (!labels) return;
  json names = json::object();
  json ids = json::object();
  for (std::size_t id = 0; id < labels->names.size(); ++id) {
    names[fmt::to_string(id)] = labels->names[id];
    ids[labels->names[id]] = id;
  }
  file["id2label"] = std::move(names);
  file["label2id"] = std::move(ids);
  file["problem_type"] = kProblems[static_cast<std::size_t>(labels->problem)];
}

}  // namespace turngreen::checkpoint
