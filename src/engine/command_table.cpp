#include "command_table.h"

#include <algorithm>
#include <array>

#include "describe.h"
#include "embed_command.h"
#include "evaluate_command.h"
#include "linear_command.h"
#include "predict_command.h"
#include "tokenize.h"
#include "train_command.h"

namespace turngreen::engine {
namespace {

constexpr std::array kCommands{
    Command{.name = "train",
            .summary = "fine-tune a classifier",
            .details = kTrainDetails,
            .configure = configure_train,
            .configure_linear = configure_linear_train},
    Command{.name = "evaluate",
            .summary = "measure a fine-tuned classifier on labelled rows",
            .details = kEvaluateDetails,
            .configure = configure_evaluate,
            .configure_linear = configure_linear_evaluate},
    Command{.name = "predict",
            .summary = "answer rows with a fine-tuned classifier",
            .details = kPredictDetails,
            .configure = configure_predict,
            .configure_linear = configure_linear_predict},
    Command{.name = "embed",
            .summary = "turn texts into vectors",
            .details = kEmbedDetails,
            .configure = configure_embed,
            .configure_linear = configure_linear_embed},
    Command{.name = "tokenize",
            .summary = "turn a column of texts into token ids",
            .details = kTokenizeDetails,
            .configure = configure_tokenize},
    Command{.name = "describe",
            .summary = "say what this build on this machine can do",
            .details = kDescribeDetails,
            .configure = configure_describe},
};

}  // namespace

std::span<const Command> command_table() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(kCommands.begin(), kCommands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace turngreen::engine
