#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::engine {

inline constexpr std::string_view kTrainDetails =
    "Fine-tunes a BERT, DistilBERT or ModernBERT of transformers as a classifier, as its Trainer "
    "does: AdamW, the same schedules, the same order of the data for a seed. The weights that "
    "score "
    "best on the validation rows are saved as a folder that transformers loads. Names of options "
    "are Trainer's where it has them.\n"
    "\n"
    "With --save-strategy, and when it is interrupted (Ctrl-C), it leaves a checkpoint in the "
    "output folder; the same command goes on from there, to the same bits.\n"
    "\n"
    "  turngreen train --model all-MiniLM-L6-v2 --train train.jsonl --validation "
    "validation.jsonl --text func --label target --output trained\n";

Action configure_train(CLI::App& app);

}  // namespace turngreen::engine
