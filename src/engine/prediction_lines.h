#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::engine {

struct PredictionFormat {
  checkpoint::Labels labels;
  std::optional<double> threshold;  ///< as metrics::MetricOptions
  bool with_logits = false;
};

/// Writes a prediction as a line of JSON: row, label, scores and, if wanted, logits. What is no
/// finite number becomes null.
class PredictionLines {
 public:
  explicit PredictionLines(PredictionFormat format);

  void append(std::string& text, std::uint64_t row, std::span<const float> logits) const;
  std::size_t outputs() const { return format_.labels.names.size(); }

 private:
  void append_label(std::string& text, std::span<const double> scores) const;

  PredictionFormat format_;
  std::vector<std::string> quoted_;  ///< names of the labels, as JSON
};

/// A text as JSON writes it, in quotation marks; bytes that are no UTF-8 become U+FFFD.
std::string json_text(const std::string& text);

}  // namespace turngreen::engine
