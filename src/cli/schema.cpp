#include "schema.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "schema_texts.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::cli {
namespace {

int print_schema(const std::string& name, Console& console) {
  std::vector<std::string> names;
  for (const auto& schema : schema_texts()) {
    if (schema.name == name) {
      console.out << schema.text;
      return kExitOk;
    }
    names.emplace_back(schema.name);
  }
  if (name.empty()) {
    for (const auto& known : names) console.out << known << '\n';
    return kExitOk;
  }
  const auto nearest = units::nearest_word(name, names);
  console.err << fmt::format("turngreen schema: there is no schema \"{}\"; {}\n", name,
                             nearest ? fmt::format("did you mean {}?", *nearest)
                                     : fmt::format("there are {}", fmt::join(names, ", ")));
  return kExitUsage;
}

}  // namespace

Action configure_schema(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto name = std::make_shared<std::string>();
  std::string choices;
  for (const auto& schema : schema_texts()) {
    choices += (choices.empty() ? "" : "|") + std::string(schema.name);
  }
  app.add_option("name", *name, "which schema")->type_name(choices);
  return [name](Console& console, const std::vector<std::string>&) {
    return print_schema(*name, console);
  };
}

}  // namespace turngreen::cli
