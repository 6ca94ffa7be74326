#include "turngreen/engine/tokenizer/tokenizer.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "tokenizer_json.h"
#include "tokenizer_parts.h"

namespace turngreen::tokenizer {
namespace {

namespace fs = std::filesystem;

Result<std::string> read(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) {
    return fail(Error::Kind::not_found,
                fmt::format("{}: there is no such file; name a tokenizer.json", file.string()));
  }
  if (!fs::is_regular_file(status)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: this is no regular file; name a tokenizer.json", file.string()));
  }
  const std::uintmax_t size = fs::file_size(file, error);
  if (!error && size > Tokenizer::kLargestFile) {
    return fail(Error::Kind::unsupported,
                fmt::format("{}: {} bytes, where a tokenizer.json may have {} at most",
                            file.string(), size, Tokenizer::kLargestFile));
  }
  std::ifstream in(file, std::ios::binary);
  std::string content(error ? 0 : static_cast<std::size_t>(size), '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (error || !in) {
    return fail(errno == EACCES ? Error::Kind::no_permission : Error::Kind::io,
                fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
  }
  return content;
}

}  // namespace

Tokenizer::Tokenizer(std::unique_ptr<TokenizerParts> parts) : parts_(std::move(parts)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Result<Tokenizer> Tokenizer::load(const fs::path& file) {
  const auto content = read(file);
  if (!content) return tl::unexpected<Error>(content.error());
  return parse(*content, file.string());
}

Result<Tokenizer> Tokenizer::parse(std::string_view json, std::string_view name) {
  auto parts = parse_tokenizer(json, name);
  if (!parts) return tl::unexpected<Error>(std::move(parts.error()));
  return Tokenizer(std::make_unique<TokenizerParts>(std::move(*parts)));
}

std::size_t Tokenizer::vocabulary_size() const {
  std::size_t size = parts_->vocabulary().size();
  for (const auto& [id, token] : parts_->added.by_id()) {
    size += parts_->vocabulary().id_of(token.content) == kNoToken ? 1U : 0U;
  }
  return size;
}

std::optional<std::uint32_t> Tokenizer::id_of(std::string_view token) const {
  for (const auto& [id, added] : parts_->added.by_id()) {
    if (added.content == token) return id;
  }
  const std::uint32_t id = parts_->vocabulary().id_of(token);
  return id == kNoToken ? std::nullopt : std::optional(id);
}

std::size_t Tokenizer::added_to_each() const { return parts_->post_processor.added(); }
const std::optional<Truncation>& Tokenizer::truncation() const { return parts_->truncation; }
const std::optional<Padding>& Tokenizer::padding() const { return parts_->padding; }

Result<void> Tokenizer::set_truncation(std::optional<Truncation> truncation) {
  if (truncation && truncation->max_length < added_to_each()) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("max_length {} leaves no room for the {} tokens that the post-processor "
                    "adds; give {} or more",
                    truncation->max_length, added_to_each(), added_to_each()));
  }
  parts_->truncation = truncation;
  return {};
}

}  // namespace turngreen::tokenizer
