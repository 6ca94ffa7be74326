#include "read_pipeline.h"

namespace turngreen::study {

pipeline::RecordedDescription read_recorded(const YamlField& field) {
  pipeline::RecordedDescription recorded;
  YamlSection section(field);
  recorded.source =
      section.required("source", "what wrote the trials, such as codecarbon").text().value_or("");
  section.finish();
  return recorded;
}

}  // namespace turngreen::study
