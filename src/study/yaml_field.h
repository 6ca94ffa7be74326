#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/units/result.h"
#include "yaml_document.h"

namespace turngreen::study {

/// All that is wrong with a file, said at once.
class YamlFaults {
 public:
  void add(YamlFault fault);
  bool empty() const { return faults_.empty(); }
  /// "FILE:LINE:COLUMN: what", a line each, in the order of the file; the first hundred.
  std::string text(std::string_view file) const;

 private:
  std::vector<YamlFault> faults_;
};

/// A value in the file, or the place where it is missing: knows what it is called and where to
/// complain. The tree and the faults must outlive it. Readers answer nothing where the value is
/// missing, and where it is wrong they have complained.
class YamlField {
 public:
  YamlField(const YamlNode* node, std::string path, YamlFaults& faults)
      : node_(node), path_(std::move(path)), faults_(&faults) {}

  bool present() const { return node_ != nullptr; }
  bool is_map() const { return node_ != nullptr && node_->kind == YamlNode::Kind::map; }
  bool is_list() const { return node_ != nullptr && node_->kind == YamlNode::Kind::list; }
  bool is_null() const { return node_ != nullptr && node_->kind == YamlNode::Kind::null; }
  const YamlNode* node() const { return node_; }
  const std::string& path() const { return path_; }
  YamlFaults& faults() const { return *faults_; }

  /// "FILE:LINE:COLUMN: path: what". Nothing where the value is missing.
  void fault(std::string_view what) const;
  /// The same without the path, for words that name the thing themselves.
  void fault_plainly(std::string_view what) const;

  std::optional<std::string> text() const;           ///< a scalar, not empty
  std::optional<std::string> text_or_empty() const;  ///< a scalar
  struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_excluded = false, high_excluded = false;
  };
  std::optional<double> number(Range range) const;
  std::optional<double> number() const { return number(Range()); }
  std::optional<std::size_t> count(std::size_t low, std::size_t high) const;
  std::optional<bool> truth() const;
  /// One of few words.
  std::optional<std::string> word(const std::vector<std::string>& words) const;
  /// What `parse` makes of the text; its error is the complaint.
  template <typename T>
  std::optional<T> parsed(Result<T> (*parse)(std::string_view)) const {
    const auto found = text();
    if (!found) return std::nullopt;
    auto value = parse(*found);
    if (value) return *std::move(value);
    fault(value.error().message);
    return std::nullopt;
  }
  /// The items of a list; where `lone_allowed`, a scalar is a list of one.
  std::vector<YamlField> items(bool lone_allowed = false) const;
  /// The entries of a map whose keys are free, doubled ones left out and complained of. A field's
  /// path ends with its key.
  std::vector<std::pair<std::string, YamlField>> entries() const;
  /// The key of an entry, as a field of its own.
  YamlField key_field(const YamlNode& key) const { return {&key, path_, *faults_}; }

 private:
  std::string found() const;
  const YamlNode* node_;
  std::string path_;
  YamlFaults* faults_;
};

/// A map whose keys are fixed. Every key that may stand there is asked for once, then finish()
/// complains of the others.
class YamlSection {
 public:
  explicit YamlSection(const YamlField& field);

  YamlField operator[](std::string_view key);
  /// Complains where the key is missing.
  YamlField required(std::string_view key, std::string_view what_it_is);
  void finish() const;

 private:
  YamlField field_;
  std::vector<std::pair<std::string, YamlField>> entries_;
  std::vector<std::string> asked_;
};

}  // namespace turngreen::study
