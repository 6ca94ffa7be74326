#include "man_page.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "exit_status.h"
#include "option_outline.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::cli {
namespace {

/// Text as roff shows it unchanged: no escapes, no hyphenated minus, no request at the start of a
/// line. Words in a row with bars between them may be broken.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '|') {
      out += "|\\:";
    } else {
      out += c;
    }
    line_start = c == '\n';
  }
  return out;
}

std::string title(std::string_view page, std::string_view summary) {
  return fmt::format(
      ".TH \"{}\" 1 \"\" \"turngreen {}\" \"User Commands\"\n.ad l\n.SH NAME\n{} \\- {}\n", page,
      TURNGREEN_VERSION, roff(page), roff(summary));
}

std::string option_entry(const OptionOutline& option) {
  std::string head;
  for (const auto& name : option.names) {
    head += fmt::format("{}\\fB{}\\fR", head.empty() ? "" : ", ", roff(name));
  }
  if (!option.placeholder.empty()) {
    head += fmt::format("{}\\fI{}\\fR", head.empty() ? "" : " ", roff(option.placeholder));
  }
  return fmt::format(".TP\n{}\n{}\n", head, roff(option.text));
}

/// Paragraphs of a command's details; indented lines are examples, kept as they are.
std::string details_text(std::string_view details) {
  std::string out;
  bool example = false;
  while (!details.empty()) {
    const auto line = details.substr(0, details.find('\n'));
    details.remove_prefix(std::min(details.size(), line.size() + 1));
    const bool indented = !line.empty() && line.front() == ' ';
    if (indented != example) out += indented ? ".PP\n.nf\n" : ".fi\n";
    example = indented;
    out += line.empty() ? ".PP\n" : roff(line) + '\n';
  }
  return out + (example ? ".fi\n" : "");
}

struct Page {
  std::string name;  ///< "turngreen-measure.1"
  std::string text;
};

std::vector<Page> all_pages() {
  std::vector<Page> pages{{"turngreen.1", program_man_page()}};
  for (const auto& command : command_table()) {
    pages.push_back({fmt::format("turngreen-{}.1", command.name), command_man_page(command)});
  }
  return pages;
}

int write_pages(const std::filesystem::path& directory, Console& console) {
  for (const auto& page : all_pages()) {
    if (auto written = report::replace_file(directory / page.name, page.text); !written) {
      console.err << "turngreen man: " << written.error().message << '\n';
      return kExitFailure;
    }
  }
  return kExitOk;
}

int print_page(const std::string& name, Console& console) {
  if (name.empty()) {
    console.out << program_man_page();
    return kExitOk;
  }
  if (const Command* command = find_command(name)) {
    console.out << command_man_page(*command);
    return kExitOk;
  }
  std::vector<std::string> names;
  for (const auto& command : command_table()) names.emplace_back(command.name);
  const auto nearest = units::nearest_word(name, names);
  console.err << fmt::format("turngreen man: there is no command \"{}\"{}\n", name,
                             nearest ? fmt::format("; did you mean {}?", *nearest) : "");
  return kExitUsage;
}

}  // namespace

std::string program_man_page() {
  std::string out = title("turngreen", "measure the energy that programs take");
  out +=
      ".SH SYNOPSIS\n\\fBturngreen\\fR \\fICOMMAND\\fR [\\fIoptions\\fR]\n"
      ".SH DESCRIPTION\nMeasures the energy that programs take, with an interval on every joule. "
      "What is estimated is marked so; what is not measured is never zero.\n.SH COMMANDS\n";
  for (const auto& command : command_table()) {
    out += fmt::format(".TP\n\\fB{}\\fR\n{}; see \\fBturngreen\\-{}\\fR(1)\n", command.name,
                       roff(command.summary), command.name);
  }
  return out;
}

std::string command_man_page(const Command& command) {
  std::string out = title(fmt::format("turngreen-{}", command.name), command.summary);
  out +=
      fmt::format(".SH SYNOPSIS\n\\fBturngreen {}\\fR {}\n", command.name, roff(command.synopsis));
  if (!command.details.empty()) out += ".SH DESCRIPTION\n" + details_text(command.details);
  out += ".SH OPTIONS\n";
  for (const auto& option : option_outline(command)) out += option_entry(option);
  return out + ".SH SEE ALSO\n\\fBturngreen\\fR(1)\n";
}

Action configure_man(CLI::App& app) {
  struct Options {
    std::string command;
    std::string directory;
  };
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  std::string names;
  for (const auto& command : command_table()) {
    names += (names.empty() ? "" : "|") + std::string(command.name);
  }
  app.add_option("command", options->command, "whose page; without it, turngreen's own")
      ->type_name(names);
  app.add_option("--directory", options->directory, "write all pages into this directory")
      ->type_name("DIR");
  return [options](Console& console, const std::vector<std::string>&) {
    return options->directory.empty() ? print_page(options->command, console)
                                      : write_pages(options->directory, console);
  };
}

}  // namespace turngreen::cli
