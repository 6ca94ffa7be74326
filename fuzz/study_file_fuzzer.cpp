#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.h"
#include "turngreen/study/study_file.h"

namespace turngreen::study {
namespace {

using fuzz::require;

/// Every line says where it is about; nothing in it can steer a terminal.
void check_message(std::string_view message) {
  require(!message.empty(), "an error says something");
  while (!message.empty()) {
    const auto line = message.substr(0, message.find('\n'));
    message.remove_prefix(std::min(message.size(), line.size() + 1));
    require(line.starts_with("/study.yaml:"), "a fault has its place before it");
    for (const char c : line) {
      const auto byte = static_cast<unsigned char>(c);
      require(byte >= 0x20 && byte != 0x7f, "a message is printable");
    }
  }
}

void check_study(const StudyFile& study) {
  require(!study.name.empty(), "what must be there is there");
  if (!std::holds_alternative<pipeline::RecordedDescription>(study.pipeline)) {
    require(!study.quality.metric.empty(), "trials that are to be run have a quality");
  }
  require(study.quality.metric.empty() || study.quality.max_drop ||
              study.quality.max_drop_relative || study.quality.min,
          "a quality budget says how much");
  require(!study.space.knobs().empty() && study.space.knobs().size() <= knobs::kMaxKnobs,
          "there are knobs, and not too many");
  require(study.space.allows(study.space.baseline()), "the baseline is allowed");
  require(!study.budget.trials || *study.budget.trials > 0, "a budget is above 0");
  require(!study.budget.energy || *study.budget.energy > units::Energy(), "a budget is above 0");
  require(study.store.is_absolute(), "the store has an absolute path");
  constexpr std::size_t kFew = 200;
  if (const auto all = study.space.enumerate(kFew)) {
    for (const auto& configuration : *all) {
      require(study.space.allows(configuration), "what is enumerated is allowed");
      const auto again = study.space.configuration(study.space.settings(configuration));
      require(again && *again == configuration, "settings name one configuration");
    }
  }
}

void feed(std::string_view text) {
  const auto study = parse_study_file(text, "/study.yaml");
  if (study) {
    check_study(*study);
  } else {
    check_message(study.error().message);
  }
}

}  // namespace
}  // namespace turngreen::study

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::study::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
