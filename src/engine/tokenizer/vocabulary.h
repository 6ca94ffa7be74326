#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace turngreen::tokenizer {

/// The tokens of a model and their ids.
class Vocabulary {
 public:
  void add(std::string token, std::uint32_t id) { ids_.insert_or_assign(std::move(token), id); }
  void reserve(std::size_t tokens) { ids_.reserve(tokens); }

  /// kNoToken where there is none.
  std::uint32_t id_of(std::string_view token) const;
  std::size_t size() const { return ids_.size(); }
  auto begin() const { return ids_.begin(); }
  auto end() const { return ids_.end(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> ids_;
};

}  // namespace turngreen::tokenizer
