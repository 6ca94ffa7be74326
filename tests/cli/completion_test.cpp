#include "cli/completion.h"

#include <gmock/gmock.h>

#include "cli/option_outline.h"
#include "cli/turngreen_process.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

/// What bash would offer for `line`, whose last word is being typed.
std::string bash_offers(const std::vector<std::string>& words) {
  const report::ScratchDirectory scratch;
  std::string script = bash_completion() + "\nCOMP_WORDS=(";
  for (const auto& word : words) script += "'" + word + "' ";
  script += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
            "\n_turngreen\nprintf '%s\\n' \"${COMPREPLY[@]}\" > " + (scratch / "offers").string();
  report::write_file(scratch / "script", script);
  if (std::system(("bash " + (scratch / "script").string()).c_str()) != 0) return "bash failed";
  return report::content_of(scratch / "offers");
}

TEST(Completion, every_script_names_every_command_and_option) {
  for (const auto& script : {bash_completion(), zsh_completion(), fish_completion()}) {
    for (const auto& command : command_table()) {
      EXPECT_THAT(script, HasSubstr(std::string(command.name)));
      for (const auto& option : option_outline(command)) {
        for (const auto& name : option.names) {
          EXPECT_THAT(script, HasSubstr(name.substr(name.find_first_not_of('-'))));
        }
      }
    }
  }
}

TEST(Completion, bash_offers_the_commands) {
  EXPECT_EQ(bash_offers({"turngreen", "me"}), "measure\n");
}

TEST(Completion, bash_offers_options_and_the_words_that_they_may_be) {
  EXPECT_EQ(bash_offers({"turngreen", "measure", "--rec"}), "--record\n");
  EXPECT_EQ(bash_offers({"turngreen", "measure", "--scope", "m"}), "machine\n");
}

TEST(Completion, bash_offers_positional_words) {
  EXPECT_EQ(bash_offers({"turngreen", "completion", "z"}), "zsh\n");
  EXPECT_EQ(bash_offers({"turngreen", "schema", "measurement"}).substr(0, 11), "measurement");
}

TEST(Completion, after_the_double_dash_bash_offers_programs) {
  EXPECT_THAT(bash_offers({"turngreen", "measure", "--", "bas"}), HasSubstr("bash\n"));
}

TEST(Completion, the_scripts_are_accepted_by_their_shells) {
  const report::ScratchDirectory scratch;
  report::write_file(scratch / "bash", bash_completion());
  EXPECT_EQ(std::system(("bash -n " + (scratch / "bash").string()).c_str()), 0);
  report::write_file(scratch / "zsh", zsh_completion());
  if (std::system("command -v zsh > /dev/null") == 0) {
    EXPECT_EQ(std::system(("zsh -n " + (scratch / "zsh").string()).c_str()), 0);
  }
  report::write_file(scratch / "fish", fish_completion());
  if (std::system("command -v fish > /dev/null") == 0) {
    EXPECT_EQ(std::system(("fish -n " + (scratch / "fish").string()).c_str()), 0);
  }
}

TEST(Completion, an_unknown_shell_is_wrong_usage) {
  const Finished finished = run_turngreen({"completion", "csh"});
  EXPECT_EQ(finished.status, 2);
  EXPECT_THAT(finished.err, HasSubstr("bash, zsh and fish"));
}

}  // namespace
}  // namespace turngreen::cli
