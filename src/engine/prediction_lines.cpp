#include "prediction_lines.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "turngreen/engine/metrics/probabilities.h"

namespace turngreen::engine {
namespace {

using checkpoint::Problem;

template <typename T>
void append_numbers(std::string& text, std::span<const T> numbers) {
  text += '[';
  const char* separator = "";
  for (const T number : numbers) {
    text += separator;
    // As many digits as tell it from its neighbours.
    text += std::isfinite(number) ? fmt::format("{}", number) : "null";
    separator = ", ";
  }
  text += ']';
}

}  // namespace

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

PredictionLines::PredictionLines(PredictionFormat format) : format_(std::move(format)) {
  for (const std::string& name : format_.labels.names) quoted_.push_back(json_text(name));
}

void PredictionLines::append_label(std::string& text, std::span<const double> scores) const {
  switch (format_.labels.problem) {
    case Problem::single_label:
      text += quoted_[static_cast<std::size_t>(metrics::answered_class(scores, format_.threshold))];
      return;
    case Problem::multi_label: {
      const auto answered = metrics::answered_labels(scores, format_.threshold);
      const char* separator = "";
      text += '[';
      for (std::size_t k = 0; k < answered.size(); ++k) {
        if (answered[k] == 0) continue;
        text += separator + quoted_[k];
        separator = ", ";
      }
      text += ']';
      return;
    }
    case Problem::regression:
      if (scores.size() != 1) return append_numbers(text, scores);
      text += std::isfinite(scores[0]) ? fmt::format("{}", scores[0]) : "null";
      return;
  }
}

void PredictionLines::append(std::string& text, std::uint64_t row,
                             std::span<const float> logits) const {
  const auto scores = metrics::probabilities(logits, format_.labels.problem);
  bool is_finite = true;
  for (const float logit : logits) is_finite = is_finite && std::isfinite(logit);
  text += fmt::format("{{\"row\": {}, \"label\": ", row);
  if (is_finite) {
    append_label(text, scores);
  } else {
    text += "null";
  }
  text += ", \"scores\": ";
  append_numbers(text, std::span<const double>(scores));
  if (format_.with_logits) {
    text += ", \"logits\": ";
    append_numbers(text, logits);
  }
  text += "}\n";
}

}  // namespace turngreen::engine
