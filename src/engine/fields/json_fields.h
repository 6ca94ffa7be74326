#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::fields {

/// What is wrong with a file. Reading goes on behind a fault, so that all are told at once.
class Faults {
 public:
  explicit Faults(std::string_view file) : file_(file) {}

  void add(Error::Kind kind, std::string_view place, std::string_view what);
  bool empty() const { return messages_.empty(); }
  /// The first kind, and the messages of all (the first few, where there are many).
  Error error() const;

 private:
  std::string file_;
  Error::Kind kind_ = Error::Kind::invalid_input;
  std::vector<std::string> messages_;
};

/// The fields of a JSON object, each of the type it is asked for. What is missing or of another
/// type is a fault, and something harmless is returned. The JSON and the faults must outlive it.
class JsonFields {
 public:
  JsonFields(const nlohmann::json& value, std::string place, Faults& faults);

  const std::string& place() const { return place_; }
  std::string place_of(std::string_view name) const;
  Faults& faults() const { return *faults_; }

  /// Null where the field is missing or null, which is a fault only for the others.
  const nlohmann::json* find(std::string_view name) const;

  /// Whether the field is there, null included.
  bool has(std::string_view name) const;

  bool flag(std::string_view name, std::optional<bool> otherwise = std::nullopt) const;
  std::string text(std::string_view name,
                   std::optional<std::string> otherwise = std::nullopt) const;
  std::uint64_t number(std::string_view name, std::uint64_t most,
                       std::optional<std::uint64_t> otherwise = std::nullopt) const;
  double real(std::string_view name, std::optional<double> otherwise = std::nullopt) const;
  JsonFields object(std::string_view name) const;
  /// The elements, each as an object.
  std::vector<JsonFields> objects(std::string_view name) const;
  /// The elements of an array of strings; none where the field is missing.
  std::vector<std::string> texts(std::string_view name) const;
  /// The one of `words` that the field is; the first where it is none of them.
  std::size_t choice(std::string_view name, std::initializer_list<std::string_view> words,
                     std::optional<std::size_t> otherwise = std::nullopt) const;

  void unsupported(std::string_view name, std::string_view what) const;
  void invalid(std::string_view name, std::string_view what) const;

 private:
  const nlohmann::json* need(std::string_view name, bool is_right(const nlohmann::json&),
                             std::string_view what, bool may_be_missing) const;

  const nlohmann::json* value_;
  std::string place_;
  Faults* faults_;
};

}  // namespace turngreen::fields
