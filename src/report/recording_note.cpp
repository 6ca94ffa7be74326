#include "turngreen/report/recording_note.h"

#include <fmt/format.h>

#include "run_facts.h"

namespace turngreen::report {
namespace {
constexpr std::string_view kNoteSchema = "turngreen.recording-note/1";
}

std::string recording_note(const pipeline::Measurement& measurement) {
  nlohmann::ordered_json note = {{"schema", kNoteSchema}};
  note.update(run_facts(measurement));
  return note.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<pipeline::Measurement> parse_recording_note(std::string_view note) {
  try {
    const auto facts = nlohmann::json::parse(note);
    const auto schema = facts.at("schema").get<std::string>();
    if (schema != kNoteSchema) {
      return fail(Error::Kind::unsupported,
                  fmt::format("the recording's note is of schema \"{}\"; this program reads \"{}\"",
                              schema, kNoteSchema));
    }
    return measurement_from_facts(facts);
  } catch (const std::exception& e) {  // nlohmann's errors name the field
    return fail(Error::Kind::invalid_input,
                fmt::format("the recording's note cannot be understood: {}", e.what()));
  }
}

}  // namespace turngreen::report
