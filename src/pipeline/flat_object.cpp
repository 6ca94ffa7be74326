#include "flat_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "excerpt.h"
#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostMembers = 64;

// Takes the events of nlohmann's parser, which holds no tree then; returning false ends the parse.
class FlatReader final : public nlohmann::json_sax<Json> {
 public:
  FlatObject take_members() { return std::move(members_); }
  std::string take_error() { return std::move(error_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool number_float(double value, const std::string&) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }

  bool start_object(std::size_t) override { return enter(true); }
  bool start_array(std::size_t) override { return enter(false); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(std::string& name) override {
    if (depth_ > 1) return true;
    if (members_.size() == kMostMembers) {
      return refuse(fmt::format("more than {} members", kMostMembers));
    }
    const auto same = [&](const auto& member) { return member.first == name; };
    if (std::any_of(members_.begin(), members_.end(), same)) {
      return refuse(fmt::format("{} occurs twice", excerpt(name)));
    }
    members_.emplace_back(std::move(name), nullptr);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& problem) override {
    // nlohmann's text may quote the input: only what precedes the quotation is passed on.
    std::string_view text = problem.what();
    text = text.substr(0, text.find("; last read"));
    text = text.substr(std::min(text.size(), text.rfind(": ") + 2));
    return refuse(fmt::format("not JSON at byte {}: {}", position, excerpt(text, 200)));
  }

 private:
  bool refuse(std::string why) {
    error_ = std::move(why);
    return false;
  }
  bool add(FlatValue value) {
    if (depth_ == 0) return refuse(fmt::format("{} instead of an object", kind_of(value)));
    if (depth_ == 1) members_.back().second = std::move(value);
    return true;
  }
  bool enter(bool object) {
    if (depth_ == 0 && !object) return refuse("a list instead of an object");
    if (depth_ == kMaxDepth) return refuse(fmt::format("nested deeper than {}", kMaxDepth));
    if (depth_ == 1) members_.back().second = Nested{};
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  FlatObject members_;
  std::string error_;
  int depth_ = 0;
};

}  // namespace

Result<FlatObject> parse_flat_object(std::string_view text) {
  try {
    FlatReader reader;
    if (!Json::sax_parse(text, &reader)) {
      return fail(Error::Kind::invalid_input, reader.take_error());
    }
    return reader.take_members();
  } catch (const std::exception& problem) {
    return fail(Error::Kind::invalid_input, problem.what());
  }
}

std::string_view kind_of(const FlatValue& value) {
  struct {
    std::string_view operator()(std::nullptr_t) const { return "null"; }
    std::string_view operator()(bool) const { return "a truth value"; }
    std::string_view operator()(std::int64_t) const { return "a negative number"; }
    std::string_view operator()(std::uint64_t) const { return "a number"; }
    std::string_view operator()(double) const { return "a fraction"; }
    std::string_view operator()(const std::string&) const { return "a text"; }
    std::string_view operator()(const Nested&) const { return "a list or object"; }
  } const name;
  return std::visit(name, value);
}

}  // namespace turngreen::pipeline
