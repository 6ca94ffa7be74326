#include "model_settings.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "turngreen/engine/files/output_file.h"
#include "turngreen/units/text.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLargestFile = 1 << 20;  ///< bytes
constexpr int kDeepest = 8;

/// Takes the fields out of the file's object, and remembers the first that cannot be taken.
class Fields {
 public:
  Fields(const ordered_json& object, std::string file) : object_(object), file_(std::move(file)) {}

  std::optional<std::string> text(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return value->get<std::string>();
    return refuse<std::string>(key, *value, "a text");
  }

  std::optional<std::int64_t> positive(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_number_unsigned() && *value >= 1 && *value <= std::int64_t{1} << 30) {
      return value->get<std::int64_t>();
    }
    return refuse<std::int64_t>(key, *value, "a whole number from 1 to 2^30");
  }

  std::optional<double> probability(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_number() && *value >= 0.0 && *value <= 1.0) return value->get<double>();
    return refuse<double>(key, *value, "a number from 0 to 1");
  }

  const std::optional<Error>& fault() const { return fault_; }

 private:
  const ordered_json* find(std::string_view key) const {
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  template <typename T>
  std::optional<T> refuse(std::string_view key, const ordered_json& found,
                          std::string_view wanted) {
    if (!fault_) {
      const auto shown = found.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
      fault_ =
          Error{Error::Kind::invalid_input, fmt::format("{}: {} is {}, where {} belongs", file_,
                                                        key, units::in_quotes(shown), wanted)};
    }
    return std::nullopt;
  }

  const ordered_json& object_;
  std::string file_;
  std::optional<Error> fault_;
};

Result<std::string> content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(kLargestFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.gcount() == 0 && !in.eof())) {
    return fail(Error::Kind::io, fmt::format("{}: cannot be read", file.string()));
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kLargestFile) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: is larger than {} bytes; it is not what `turngreen train` writes",
                            file.string(), kLargestFile));
  }
  return text;
}

/// Discarded where it is no JSON or nested too deeply.
ordered_json parsed(const std::string& text) {
  const auto too_deep = [](int depth, ordered_json::parse_event_t, ordered_json&) {
    return depth <= kDeepest;
  };
  return ordered_json::parse(text, too_deep, false);
}

}  // namespace

Result<ModelSettings> read_model_settings(const std::filesystem::path& folder) {
  const auto file = folder / kModelSettingsFile;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return ModelSettings();
  const auto text = content_of(file);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto object = parsed(*text);
  if (!object.is_object()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: is no JSON object; `turngreen train` writes it, and without it "
                            "--text, --label and --threshold tell the same",
                            file.string()));
  }
  Fields fields(object, file.string());
  ModelSettings settings{.text_column = fields.text("text_column"),
                         .label_column = fields.text("label_column"),
                         .max_length = fields.positive("max_length"),
                         .threshold = fields.probability("threshold"),
                         .threshold_from = fields.text("threshold_from")};
  if (fields.fault()) return tl::unexpected<Error>(*fields.fault());
  return settings;
}

Result<void> write_model_settings(const std::filesystem::path& folder,
                                  const ModelSettings& settings) {
  ordered_json object = ordered_json::object();
  const auto put = [&](const char* key, const auto& value) {
    if (value) object[key] = *value;
  };
  put("text_column", settings.text_column);
  put("label_column", settings.label_column);
  put("max_length", settings.max_length);
  put("threshold", settings.threshold);
  put("threshold_from", settings.threshold_from);
  auto output = files::OutputFile::create(folder / kModelSettingsFile);
  if (!output) return tl::unexpected<Error>(output.error());
  const auto text = object.dump(2, ' ', false, ordered_json::error_handler_t::replace);
  if (const auto written = output->write(text + "\n"); !written) return written;
  return output->finish();
}

}  // namespace turngreen::engine
