#include "config_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "activation_names.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

constexpr std::uint64_t kLargestCount = std::numeric_limits<std::int32_t>::max();
constexpr std::uint64_t kMostLayers = 10'000;

}  // namespace

void ConfigReader::count(std::string_view name, std::int64_t& value, std::int64_t otherwise) const {
  value = static_cast<std::int64_t>(
      fields_.number(name, kLargestCount, static_cast<std::uint64_t>(otherwise)));
  if (value == 0 && fields_.find(name) != nullptr) {
    fields_.invalid(name, "0 is here, where 1 or more belongs");
    value = otherwise;
  }
}

void ConfigReader::positive(std::string_view name, double& value, double otherwise) const {
  value = fields_.real(name, otherwise);
  if (value > 0 && std::isfinite(value)) return;
  fields_.invalid(name, fmt::format("{} is here, where a number above 0 belongs", value));
  value = otherwise;
}

void ConfigReader::probability(std::string_view name, double& value, double otherwise) const {
  value = fields_.real(name, otherwise);
  if (value >= 0 && value < 1) return;
  fields_.invalid(name, fmt::format("{} is here, where a number from 0 to below 1 belongs", value));
  value = 0;
}

void ConfigReader::flag(std::string_view name, bool& value, bool otherwise) const {
  value = fields_.flag(name, otherwise);
}

void ConfigReader::activation(std::string_view name, Activation& value) const {
  const std::string found = fields_.text(name, "gelu");
  const auto known = activation_named(found);
  if (!known) {
    fields_.unsupported(name, fmt::format("{} is not supported; {} are", units::in_quotes(found),
                                          activation_names()));
  }
  value = known.value_or(Activation::gelu);
}

void ConfigReader::pooling(std::string_view name, Pooling& value) const {
  value = fields_.choice(name, {"cls", "mean"}, 0) == 0 ? Pooling::cls : Pooling::mean;
}

void ConfigReader::pad_id(std::optional<std::int64_t>& value, std::int64_t otherwise) const {
  constexpr std::string_view kName = "pad_token_id";
  if (fields_.has(kName) && fields_.find(kName) == nullptr) return;  // null: no padding token
  value = static_cast<std::int64_t>(
      fields_.number(kName, kLargestCount, static_cast<std::uint64_t>(otherwise)));
}

void ConfigReader::layers(std::string_view name, std::vector<LayerAttention>& value,
                          std::int64_t otherwise) const {
  const std::uint64_t layers =
      fields_.number(name, kMostLayers, static_cast<std::uint64_t>(otherwise));
  if (layers == 0) fields_.invalid(name, "1 layer or more belongs here");
  value.assign(static_cast<std::size_t>(layers), {});
}

}  // namespace turngreen::checkpoint
