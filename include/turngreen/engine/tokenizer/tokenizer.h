#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "turngreen/engine/tokenizer/length_rules.h"
#include "turngreen/units/result.h"

namespace turngreen::tokenizer {

struct TokenizerParts;

/// What a Hugging Face tokenizer.json says, ready to encode with. Thread-safe: any number of
/// Encoders may use one.
///
/// Ids and offsets are those of the `tokenizers` package. What is not supported is an error that
/// names it and its place in the file; nothing is approximated.
class Tokenizer {
 public:
  /// Error: no such file, larger than kLargestFile, or as for parse.
  static Result<Tokenizer> load(const std::filesystem::path& file);
  /// `name` stands for the file in errors. Error: no JSON, nested too deeply, something missing,
  /// out of range or not supported.
  static Result<Tokenizer> parse(std::string_view json, std::string_view name);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// The model's tokens and those that were added to them.
  std::size_t vocabulary_size() const;
  /// Of an added token or one of the model's.
  std::optional<std::uint32_t> id_of(std::string_view token) const;
  /// Tokens that the post-processor adds to each sequence.
  std::size_t added_to_each() const;

  const std::optional<Truncation>& truncation() const;
  const std::optional<Padding>& padding() const;
  /// Instead of what the file says. Error: max_length leaves no room for the tokens that are added.
  Result<void> set_truncation(std::optional<Truncation> truncation);

  const TokenizerParts& parts() const { return *parts_; }  ///< for Encoder

  static constexpr std::uint64_t kLargestFile = 256U << 20;  ///< bytes

 private:
  explicit Tokenizer(std::unique_ptr<TokenizerParts> parts);
  std::unique_ptr<TokenizerParts> parts_;
};

}  // namespace turngreen::tokenizer
