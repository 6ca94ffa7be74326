#include "turngreen/pipeline/metrics_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_set>
#include <utility>

#include "excerpt.h"
#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostMetrics = 1000;
constexpr std::size_t kMostKeys = 10'000;
constexpr std::size_t kShown = 64;

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '+' || c == '.';
}

// Takes the events of nlohmann's parser, which holds no tree then; returning false ends the parse.
class MetricsReader final : public nlohmann::json_sax<Json> {
 public:
  explicit MetricsReader(std::string_view text) : text_(text) {}
  std::vector<Metric> take_metrics() { return std::move(metrics_); }
  std::string take_error() { return std::move(error_); }

  bool null() override { return pass_over("null"); }
  bool boolean(bool) override { return pass_over("a truth value"); }
  bool string(std::string&) override { return pass_over("a text"); }
  bool number_integer(std::int64_t value) override { return add(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) override { return add(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) override { return add(value); }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }

  bool start_object(std::size_t) override { return enter(false); }
  bool start_array(std::size_t) override {
    if (levels_.empty()) return refuse("a list instead of an object");
    return enter(true);
  }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(std::string& name) override {
    path_.resize(levels_.back().path);
    if (levels_.size() > 1) path_ += '.';
    path_ += name;
    if (++keys_ > kMostKeys) return refuse(fmt::format("more than {} members", kMostKeys));
    if (path_.size() > kMaxNameBytes) {
      return refuse(fmt::format("the name {} is longer than {} bytes", excerpt(path_, kShown),
                                kMaxNameBytes));
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception&) override {
    // The parser stops within the word, or at its end.
    std::size_t begin = std::min(position, text_.size());
    while (begin > 0 && is_of_word(text_[begin - 1])) --begin;
    const std::string_view rest = text_.substr(begin);
    for (const std::string_view word : {"NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"}) {
      if (rest.starts_with(word)) return refuse_number(word);
    }
    // A number beyond the range of double is an error of its own kind there, with its whole text.
    if (!token.empty() && (token[0] == '-' || (token[0] >= '0' && token[0] <= '9')) &&
        rest.starts_with(token) && !std::isfinite(std::strtod(token.c_str(), nullptr))) {
      return refuse_number(token);
    }
    return refuse(fmt::format("not JSON at byte {}, near {}", position, excerpt(token, kShown)));
  }

 private:
  struct Level {
    std::size_t path = 0;  ///< length of the path that leads here
    bool list = false;
  };

  bool refuse(std::string why) {
    error_ = std::move(why);
    return false;
  }
  bool refuse_number(std::string_view found) {
    return refuse(fmt::format("{} is {}; it must be a finite number", excerpt(path_, kShown),
                              excerpt(found, kShown)));
  }
  bool pass_over(std::string_view what) {
    return !levels_.empty() || refuse(fmt::format("{} instead of an object", what));
  }
  bool add(double value) {
    if (levels_.empty()) return refuse("a number instead of an object");
    if (lists_ > 0) return true;
    if (!std::isfinite(value)) return refuse_number(fmt::format("{}", value));
    if (metrics_.size() == kMostMetrics) {
      return refuse(fmt::format("more than {} numbers", kMostMetrics));
    }
    if (!names_.insert(path_).second) {
      return refuse(fmt::format("{} occurs twice", excerpt(path_, kShown)));
    }
    metrics_.push_back({path_, value});
    return true;
  }
  bool enter(bool list) {
    levels_.push_back({path_.size(), list});
    if (list) ++lists_;
    return levels_.size() <= kMaxDepth || refuse(fmt::format("nested deeper than {}", kMaxDepth));
  }
  bool leave() {
    path_.resize(levels_.back().path);
    if (levels_.back().list) --lists_;
    levels_.pop_back();
    return true;
  }

  std::string_view text_;
  std::vector<Metric> metrics_;
  std::unordered_set<std::string> names_;
  std::string path_;
  std::vector<Level> levels_;
  std::size_t lists_ = 0;  ///< open ones
  std::size_t keys_ = 0;
  std::string error_;
};

}  // namespace

Result<std::vector<Metric>> parse_metrics(std::string_view json) {
  try {
    MetricsReader reader(json);
    if (!Json::sax_parse(json, &reader)) {
      return fail(Error::Kind::invalid_input, reader.take_error());
    }
    return reader.take_metrics();
  } catch (const std::exception& problem) {
    return fail(Error::Kind::invalid_input, problem.what());
  }
}

}  // namespace turngreen::pipeline
