#include "answer_settings.h"

#include <fmt/format.h>

namespace turngreen::engine {

Result<std::string> column_of(std::string_view option, const std::optional<std::string>& asked,
                              const std::optional<std::string>& trained) {
  if (asked) return *asked;
  if (trained) return *trained;
  return fail(Error::Kind::invalid_input,
              fmt::format("{} is needed: this model does not say which column it was trained on "
                          "(`turngreen train` notes it in {})",
                          option, kModelSettingsFile));
}

Result<AnswerThreshold> answer_threshold(std::optional<double> asked,
                                         const std::optional<checkpoint::Labels>& labels,
                                         const ModelSettings& settings, std::string_view folder) {
  const bool is_of_use =
      labels &&
      (labels->problem == checkpoint::Problem::multi_label ||
       (labels->problem == checkpoint::Problem::single_label && labels->names.size() == 2));
  if (asked && !is_of_use) {
    return fail(Error::Kind::invalid_input,
                fmt::format("--threshold is for models of two classes or of several labels; {} "
                            "is neither",
                            folder));
  }
  if (asked) return AnswerThreshold{asked, "asked for"};
  if (!is_of_use || !settings.threshold) return AnswerThreshold{};
  return AnswerThreshold{settings.threshold,
                         settings.threshold_from.value_or(std::string(kModelSettingsFile))};
}

}  // namespace turngreen::engine
