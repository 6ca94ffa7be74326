#include "yaml_document.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <utility>

#include "utf8.h"

namespace turngreen::study {
namespace {

constexpr std::size_t kMostLevels = 32;
constexpr std::size_t kMostNodes = 20'000;

using Kind = YamlNode::Kind;

/// Thrown through yaml-cpp's parser, which is the only way to end it.
struct Refusal {
  YamlFault fault;
};

/// Builds the tree from yaml-cpp's events, which hold no tree of its own: what is refused is
/// refused before memory is spent on it.
class TreeBuilder final : public YAML::EventHandler {
 public:
  std::optional<YamlNode> take_root() { return std::exchange(root_, std::nullopt); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(node(Kind::null, mark, "", anchor));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "an alias (*); write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode scalar = node(Kind::scalar, mark, tag, anchor);
    if (value.find('\0') != std::string::npos) refuse(mark, "a NUL character; leave it out");
    scalar.text = value;
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(node(Kind::list, mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(node(Kind::map, mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is not complete, and the key whose value comes next.
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;
  };

  [[noreturn]] static void refuse(const YAML::Mark& mark, std::string what) {
    throw Refusal{{mark.line + 1, mark.column + 1, "there is " + std::move(what)}};
  }

  YamlNode node(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (++nodes_ > kMostNodes) refuse(mark, fmt::format("more than {} values", kMostNodes));
    if (anchor != YAML::NullAnchor) refuse(mark, "an anchor (&); write the value out");
    if (tag != "?" && tag != "!" && !tag.empty()) refuse(mark, "a tag (!); leave it out");
    YamlNode node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }

  void open(YamlNode node) {
    if (open_.size() == kMostLevels) {
      throw Refusal{
          {node.line, node.column,
           fmt::format("lists and maps lie deeper in each other than {} levels", kMostLevels)}};
    }
    open_.push_back({std::move(node), std::nullopt});
  }

  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& [parent, key] = open_.back();
    if (parent.kind == Kind::list) {
      parent.items.push_back(std::move(node));
    } else if (!key) {
      if (node.kind != Kind::scalar) {
        throw Refusal{{node.line, node.column, "a key must be a word"}};
      }
      key = std::move(node);
    } else {
      // yaml-cpp places what is not there behind it.
      if (node.kind == Kind::null) {
        node.line = key->line;
        node.column = key->column;
      }
      parent.entries.push_back({*std::exchange(key, std::nullopt), std::move(node)});
    }
  }

  std::vector<Open> open_;
  std::optional<YamlNode> root_;
  std::size_t nodes_ = 0;
};

/// Text as a stream, without a copy of it.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // setg wants it so; nothing writes
    setg(begin, begin, begin + text.size());
  }
};

YamlFault fault_at(std::string_view text, std::size_t byte, std::string message) {
  const auto before = text.substr(0, byte);
  const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(byte - line_start) + 1, std::move(message)};
}

YamlDocument parse_valid(std::string_view text) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    TreeBuilder tree;
    parser.HandleNextDocument(tree);
    auto root = tree.take_root();
    if (!root || root->kind == Kind::null) {
      return tl::unexpected(YamlFault{1, 1, "there is nothing in it"});
    }
    TreeBuilder second;
    if (parser.HandleNextDocument(second)) {
      const auto next = second.take_root();
      return tl::unexpected(YamlFault{next ? next->line : 1, next ? next->column : 1,
                                      "there is a second document (---); write one only"});
    }
    return *std::move(root);
  } catch (Refusal& refusal) {
    return tl::unexpected(std::move(refusal.fault));
  } catch (const YAML::Exception& problem) {
    const auto& mark = problem.mark;
    return tl::unexpected(YamlFault{mark.is_null() ? 1 : mark.line + 1,
                                    mark.is_null() ? 1 : mark.column + 1,
                                    fmt::format("not YAML: {}", problem.msg)});
  } catch (const std::exception& problem) {
    return tl::unexpected(YamlFault{1, 1, fmt::format("not YAML: {}", problem.what())});
  }
}

}  // namespace

YamlDocument parse_yaml(std::string_view text) {
  if (text.size() > kMostYamlBytes) {
    return tl::unexpected(YamlFault{1, 1, fmt::format("longer than {} bytes", kMostYamlBytes)});
  }
  if (const auto wrong = first_not_utf8(text)) {
    return tl::unexpected(fault_at(
        text, *wrong, fmt::format("byte {} is not UTF-8; save the file as UTF-8", *wrong + 1)));
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return tl::unexpected(fault_at(text, nul, "there is a NUL character; leave it out"));
  }
  return parse_valid(text);
}

}  // namespace turngreen::study
