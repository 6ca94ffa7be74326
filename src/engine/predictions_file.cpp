#include "predictions_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "prediction_lines.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/metrics/probabilities.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

constexpr std::size_t kPiece = 1 << 20;  ///< bytes

std::string scores_text(std::span<const double> scores) {
  std::string text;
  for (const double score : scores) text += fmt::format("{}{}", text.empty() ? "" : ", ", score);
  return text;
}

}  // namespace

Result<void> write_predictions_file(const std::string& file, const PredictionsToWrite& what) {
  auto output = files::OutputFile::create(file);
  if (!output) return tl::unexpected<Error>(output.error());
  const auto width = static_cast<std::size_t>(what.outputs.outputs);
  std::vector<std::string> names;
  for (const std::string& name : what.options.labels) names.push_back(json_text(name));
  std::string text;
  for (std::size_t n = 0; n < what.examples.rows.size(); ++n) {
    const auto scores = metrics::probabilities(
        std::span(what.outputs.logits).subspan(n * width, width), what.outputs.problem);
    const auto answered = metrics::answered_class(scores, what.options.threshold);
    text +=
        fmt::format("{{\"id\": {}, \"label\": {}, \"prediction\": {}, \"scores\": [{}]}}\n",
                    what.examples.rows[n], names[static_cast<std::size_t>(what.outputs.classes[n])],
                    names[static_cast<std::size_t>(answered)], scores_text(scores));
    if (text.size() < kPiece) continue;
    if (const auto written = output->write(text); !written) return written;
    text.clear();
  }
  if (const auto written = output->write(text); !written) return written;
  if (const auto finished = output->finish(); !finished) return finished;
  run::predictions(std::filesystem::absolute(file).string());
  return {};
}

}  // namespace turngreen::engine
