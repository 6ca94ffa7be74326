#include "turngreen/pipeline/run_protocol.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "excerpt.h"
#include "flat_object.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::pipeline {
namespace {

constexpr std::string_view kExtensionPrefix = "x_";

// Bytes of UTF-8 that would move a terminal's cursor or change its colours: C0, DEL and C1.
bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      return true;
    }
  }
  return false;
}

// Gives the members of one event by name; the first that is not as it should be is kept as the
// error.
class Fields {
 public:
  explicit Fields(FlatObject object) : object_(std::move(object)) {}

  const FlatValue* find(std::string_view key) const {
    for (const auto& [name, value] : object_) {
      if (name == key) return &value;
    }
    return nullptr;
  }

  std::string text(std::string_view key, bool required, std::size_t limit = kMaxNameBytes) {
    const FlatValue* value = find(key);
    if (value == nullptr) {
      if (required) complain("{} is missing", key);
      return {};
    }
    const auto* text = std::get_if<std::string>(value);
    if (text == nullptr) {
      complain("{} is {}; it must be a text", key, kind_of(*value));
    } else if (text->empty() && required) {
      complain("{} is empty", key);
    } else if (text->size() > limit) {
      complain("{} has {} bytes; at most {} are allowed", key, text->size(), limit);
    } else if (has_control_characters(*text)) {
      complain("{} is {}; control characters are not allowed", key, excerpt(*text));
    } else {
      return *text;
    }
    return {};
  }

  std::optional<energy::Instant> time() {
    const FlatValue* value = find("time_ns");
    if (value == nullptr) return std::nullopt;
    constexpr auto kLatest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto* count = std::get_if<std::uint64_t>(value);
    if (count == nullptr || *count > kLatest) {
      complain("time_ns is {}; it must be CLOCK_MONOTONIC in whole nanoseconds", shown(*value));
      return std::nullopt;
    }
    return energy::Instant::from_nanoseconds(static_cast<std::int64_t>(*count));
  }

  std::uint64_t count(std::string_view key) {
    const FlatValue* value = find(key);
    if (value == nullptr) return 0;
    if (const auto* count = std::get_if<std::uint64_t>(value)) return *count;
    complain("{} is {}; it must be a whole number from 0 to 2^64 - 1", key, shown(*value));
    return 0;
  }

  std::optional<double> number(const FlatValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* count = std::get_if<std::uint64_t>(&value)) return static_cast<double>(*count);
    if (const auto* fraction = std::get_if<double>(&value)) {
      if (std::isfinite(*fraction)) return *fraction;
    }
    return std::nullopt;
  }

  template <typename... Args>
  void complain(fmt::format_string<Args...> format, Args&&... args) {
    if (!error_) error_ = fmt::format(format, std::forward<Args>(args)...);
  }
  const std::optional<std::string>& error() const { return error_; }
  const FlatObject& members() const { return object_; }

  static std::string shown(const FlatValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return "the text " + excerpt(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::to_string(*whole);
    if (const auto* count = std::get_if<std::uint64_t>(&value)) return fmt::to_string(*count);
    if (const auto* fraction = std::get_if<double>(&value)) return fmt::to_string(*fraction);
    return std::string(kind_of(value));
  }

 private:
  FlatObject object_;
  std::optional<std::string> error_;
};

Message read_begin(Fields& fields) {
  return BeginMessage{fields.text("stage", true), fields.time(), fields.text("span", false),
                      fields.text("parent", false), fields.text("track", false)};
}

Message read_end(Fields& fields) {
  // A span's id says which one it is; its stage is needed only without.
  return EndMessage{fields.text("stage", fields.find("span") == nullptr), fields.time(),
                    fields.text("span", false), fields.text("track", false)};
}

Message read_progress(Fields& fields) {
  if (fields.find("samples") == nullptr && fields.find("tokens") == nullptr &&
      fields.find("total") == nullptr) {
    fields.complain("samples, tokens and total are all missing; one of them is needed");
  }
  return ProgressMessage{fields.count("samples"), fields.count("tokens"),
                         fields.text("track", false), fields.count("total")};
}

Message read_metric(Fields& fields) {
  MetricMessage message{fields.text("name", true), 0};
  const FlatValue* value = fields.find("value");
  if (value == nullptr) {
    fields.complain("value is missing");
  } else if (const auto number = fields.number(*value)) {
    message.value = *number;
  } else {
    fields.complain("value of {} is {}; it must be a finite number", excerpt(message.name),
                    Fields::shown(*value));
  }
  return message;
}

Message read_effective(Fields& fields) {
  EffectiveMessage message{fields.text("knob", true), {}};
  const FlatValue* value = fields.find("value");
  if (value == nullptr) {
    fields.complain("value is missing");
  } else if (const auto* truth = std::get_if<bool>(value)) {
    message.value = *truth;
  } else if (std::holds_alternative<std::string>(*value)) {
    message.value = fields.text("value", false, kMaxTextBytes);
  } else if (const auto number = fields.number(*value)) {
    message.value = *number;
  } else {
    fields.complain("value of {} is {}; it must be a text, a finite number, true or false",
                    excerpt(message.knob), Fields::shown(*value));
  }
  return message;
}

Message read_predictions(Fields& fields) {
  return PredictionsMessage{fields.text("file", true, kMaxTextBytes)};
}

constexpr std::size_t kMostKeys = 5;

struct Event {
  std::string_view name;
  std::array<std::string_view, kMostKeys> keys;  // unused ones are empty
  Message (*read)(Fields&);
};

constexpr std::array kEvents = {
    Event{"begin", {"stage", "time_ns", "span", "parent", "track"}, read_begin},
    Event{"end", {"stage", "time_ns", "span", "track"}, read_end},
    Event{"progress", {"samples", "tokens", "track", "total"}, read_progress},
    Event{"metric", {"name", "value"}, read_metric},
    Event{"effective", {"knob", "value"}, read_effective},
    Event{"predictions", {"file"}, read_predictions},
};

std::string not_one_of(std::string_view what, std::string_view found,
                       std::span<const std::string_view> allowed) {
  std::string text = fmt::format("unknown {} {}", what, excerpt(found));
  if (const auto meant = units::nearest_word(found, allowed)) {
    return text + fmt::format("; did you mean \"{}\"?", *meant);
  }
  return text + fmt::format("; it may be {}", fmt::join(allowed, ", "));
}

std::optional<std::string> find_unknown_key(const FlatObject& members, const Event& event) {
  const auto count = static_cast<std::size_t>(
      std::find(event.keys.begin(), event.keys.end(), std::string_view{}) - event.keys.begin());
  const std::span keys(event.keys.data(), count);
  for (const auto& member : members) {
    const std::string_view key = member.first;
    if (key == "event" || key.starts_with(kExtensionPrefix)) continue;
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      return not_one_of(fmt::format("key of {}", event.name), key, keys);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Message> parse_message(std::string_view line) {
  const auto refuse = [](std::string why) {
    return fail(Error::Kind::invalid_input, std::move(why));
  };
  if (line.size() > kMaxLineBytes) {
    return refuse(fmt::format("{} bytes; a line has at most {}", line.size(), kMaxLineBytes));
  }
  auto object = parse_flat_object(line);
  if (!object) return tl::unexpected(object.error());
  Fields fields(std::move(*object));

  const std::string name = fields.text("event", true);
  if (fields.error()) return refuse(*fields.error());
  const auto event = std::find_if(kEvents.begin(), kEvents.end(),
                                  [&](const Event& known) { return known.name == name; });
  if (event == kEvents.end()) {
    std::array<std::string_view, kEvents.size()> names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = kEvents[i].name;
    return refuse(not_one_of("event", name, names));
  }
  if (const auto unknown = find_unknown_key(fields.members(), *event)) return refuse(*unknown);
  Message message = event->read(fields);
  if (fields.error()) return refuse(fmt::format("{}: {}", event->name, *fields.error()));
  return message;
}

}  // namespace turngreen::pipeline
