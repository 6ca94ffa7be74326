#include "safetensors_header.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

#include "dtype.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

using nlohmann::json;

/// Takes the header as a stream of events: a tree of it may need twenty times its size, and would
/// hide duplicates.
class HeaderReader : public nlohmann::json_sax<json> {
 public:
  explicit HeaderReader(std::string_view file) : file_(file) {}

  SafetensorsHeader take() { return std::move(header_); }
  const std::optional<Error>& error() const { return error_; }

  bool null() override { return unexpected("null"); }
  bool boolean(bool value) override { return unexpected(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return unexpected(fmt::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return unexpected(text); }
  bool binary(binary_t&) override { return unexpected("binary data"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ == Place::shape) return add_dimension(value);
    if (place_ != Place::offsets) return unexpected(fmt::to_string(value));
    if (offsets_.size() == 2) return refuse("data_offsets has more than two numbers");
    offsets_.push_back(value);
    return true;
  }

  bool string(string_t& value) override {
    if (place_ == Place::metadata) {
      header_.metadata.insert_or_assign(key_, value);
      return true;
    }
    if (place_ != Place::entry || key_ != "dtype") return unexpected(units::in_quotes(value));
    const auto dtype = dtype_named(value);
    if (dtype) {
      entry_.dtype = *dtype;
      return true;
    }
    const bool is_known = is_safetensors_dtype(value);
    return refuse(
        fmt::format("dtype {} is {}; F64, F32, F16, BF16, I64, I32, I16, I8, U8 and "
                    "BOOL are supported",
                    units::in_quotes(value), is_known ? "not supported" : "none of the format"),
        is_known ? Error::Kind::unsupported : Error::Kind::invalid_input);
  }

  bool start_object(std::size_t) override {
    switch (place_) {
      case Place::outside:
        place_ = Place::top;
        return true;
      case Place::top:
        if (key_ == kMetadata) {
          place_ = Place::metadata;
          return true;
        }
        place_ = Place::entry;
        entry_ = {};
        entry_.name = key_;
        fields_.clear();
        offsets_.clear();
        return true;
      default:
        return unexpected("an object");
    }
  }

  bool key(string_t& name) override {
    key_ = name;
    if (place_ == Place::entry) {
      if (name != "dtype" && name != "shape" && name != "data_offsets") {
        return refuse(fmt::format("{} is no field of a tensor; dtype, shape and data_offsets are",
                                  units::in_quotes(name)));
      }
      return fields_.insert(name).second || refuse(fmt::format("{} is there twice", name));
    }
    if (place_ == Place::metadata) {
      if (header_.metadata.size() == kMostEntries) return too_many("lines of metadata");
      return !header_.metadata.contains(name) ||
             refuse(fmt::format("{} is there twice", units::in_quotes(name)));
    }
    if (header_.entries.size() == kMostEntries) return too_many("tensors");
    return names_.insert(name).second || refuse("the name is there twice");
  }

  bool end_object() override {
    if (place_ == Place::top) {
      place_ = Place::outside;
      return true;
    }
    if (place_ == Place::entry && !finish_entry()) return false;
    place_ = Place::top;
    return true;
  }

  bool start_array(std::size_t) override {
    if (place_ != Place::entry || key_ == "dtype") return unexpected("an array");
    place_ = key_ == "shape" ? Place::shape : Place::offsets;
    return true;
  }

  bool end_array() override {
    place_ = Place::entry;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const json::exception& error) override {
    return refuse(fmt::format("the header is no JSON: {}", error.what()));
  }

 private:
  enum class Place { outside, top, metadata, entry, shape, offsets };
  static constexpr std::string_view kMetadata = "__metadata__";

  /// What is being read, for messages.
  std::string subject() const {
    switch (place_) {
      case Place::outside:
        return "";
      case Place::top:
        return fmt::format("tensor {}: ", units::in_quotes(key_));
      case Place::metadata:
        return "__metadata__: ";
      default:
        return fmt::format("tensor {}: ", units::in_quotes(entry_.name));
    }
  }

  bool refuse(std::string_view what, Error::Kind kind = Error::Kind::invalid_input) {
    error_ = Error{kind, fmt::format("{}: {}{}", file_, subject(), what)};
    return false;
  }
  bool too_many(std::string_view what) {
    return refuse(fmt::format("there are more than {} {}", kMostEntries, what));
  }

  bool unexpected(std::string_view value) {
    switch (place_) {
      case Place::outside:
        return refuse(fmt::format("the header is {}, where an object belongs", value));
      case Place::top:
        return refuse(fmt::format("{} is here, where an object belongs", value));
      case Place::metadata:
        return refuse(
            fmt::format("{}: {} is here, where a string belongs", units::in_quotes(key_), value));
      case Place::entry:
        return refuse(fmt::format("{}: {} is here, where {} belongs", key_, value,
                                  key_ == "dtype" ? "a string" : "an array"));
      default:
        return refuse(
            fmt::format("{}: {} is here, where whole numbers of 0 or more belong", key_, value));
    }
  }

  bool add_dimension(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return refuse(fmt::format("shape: {} is too large", value));
    }
    if (entry_.shape.size() == kHighestRank) {
      return refuse(fmt::format("shape: there are more than {} dimensions", kHighestRank));
    }
    entry_.shape.push_back(static_cast<std::int64_t>(value));
    return true;
  }

  bool finish_entry() {
    for (const char* field : {"dtype", "shape", "data_offsets"}) {
      if (!fields_.contains(field)) return refuse(fmt::format("{} is missing", field));
    }
    if (offsets_.size() != 2) {
      return refuse(fmt::format("data_offsets has {} numbers, where two belong", offsets_.size()));
    }
    entry_.begin = offsets_[0];
    entry_.end = offsets_[1];
    if (entry_.end < entry_.begin) {
      return refuse(
          fmt::format("data_offsets ends at {}, before it begins at {}", entry_.end, entry_.begin));
    }
    std::uint64_t size = bytes_of(entry_.dtype);
    for (const std::int64_t dimension : entry_.shape) {
      if (__builtin_mul_overflow(size, static_cast<std::uint64_t>(dimension), &size)) {
        return refuse(fmt::format("shape [{}] is too large", fmt::join(entry_.shape, ", ")));
      }
    }
    if (size != entry_.end - entry_.begin) {
      return refuse(fmt::format("data_offsets holds {} bytes, where {} of shape [{}] takes {}",
                                entry_.end - entry_.begin, name_of(entry_.dtype),
                                fmt::join(entry_.shape, ", "), size));
    }
    header_.entries.push_back(std::move(entry_));
    return true;
  }

  std::string file_;
  std::optional<Error> error_;
  SafetensorsHeader header_;
  Place place_ = Place::outside;
  std::string key_;
  std::unordered_set<std::string> names_;
  HeaderEntry entry_;
  std::unordered_set<std::string> fields_;
  std::vector<std::uint64_t> offsets_;
};

}  // namespace

Result<SafetensorsHeader> parse_safetensors_header(std::string_view text, std::string_view file) {
  if (text.find('\0') != std::string_view::npos) {  // where the parser would take it for the end
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: the header is no JSON: it holds a zero byte", file));
  }
  HeaderReader reader(file);
  const bool is_whole = json::sax_parse(text, &reader);
  if (reader.error()) return tl::unexpected<Error>(*reader.error());
  if (!is_whole) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: the header is no JSON", file));
  }
  return reader.take();
}

}  // namespace turngreen::checkpoint
