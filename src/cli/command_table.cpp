#include "command_table.h"

#include <algorithm>
#include <array>

#include "compare.h"
#include "completion.h"
#include "engine_handover.h"
#include "exit_status.h"
#include "explain.h"
#include "import.h"
#include "init.h"
#include "knobs.h"
#include "man_page.h"
#include "measure.h"
#include "replay.h"
#include "report.h"
#include "run.h"
#include "schema.h"
#include "sensors.h"
#include "study.h"
#include "tune.h"

namespace turngreen::cli {
namespace {

constexpr std::array kCommands{
    Command{.name = "sensors",
            .summary = "list what can tell energy on this machine, and what stands in the way",
            .synopsis = "[options]",
            .details = kSensorsDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_sensors},
    Command{.name = "measure",
            .summary = "run a command and say what energy it took, stage by stage",
            .synopsis = "[options] -- COMMAND [ARGUMENT...]",
            .details = kMeasureDetails,
            .usage_status = kExitNotMeasured,
            .measures_command = true,
            .configure = configure_measure},
    Command{.name = "replay",
            .summary = "give the output of a measurement again, from its recording",
            .synopsis = "[options] FILE",
            .details = kReplayDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_replay},
    Command{.name = "init",
            .summary = "write a commented study file for a command",
            .synopsis = "[options] [-- COMMAND [ARGUMENT...]]",
            .details = kInitDetails,
            .usage_status = kExitUsage,
            .measures_command = true,
            .configure = configure_init},
    Command{.name = "knobs",
            .summary = "show the knobs that turngreen knows, and what is published of them",
            .synopsis = "[options] [NAME]",
            .details = kKnobsDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_knobs},
    Command{.name = "tune",
            .summary = "find the configuration of a pipeline that uses the least energy",
            .synopsis = "[options] STUDY.yaml",
            .details = kTuneDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_tune},
    Command{.name = "study",
            .summary = "list, show, export, import and delete the studies of a store",
            .synopsis = "list|show|export|import|delete [STUDY|FILE] [options]",
            .details = kStudyDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_study},
    Command{.name = "import",
            .summary = "make a study of what CodeCarbon left",
            .synopsis = "codecarbon DIR... [options]",
            .details = kImportDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_import},
    Command{.name = "explain",
            .summary = "say what each knob and each pair does, as far as a study can tell",
            .synopsis = "[options] [STUDY.yaml]",
            .details = kExplainDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_explain},
    Command{.name = "report",
            .summary = "show what a study found: a summary, a page, tables and all numbers",
            .synopsis = "[options] [STUDY.yaml]",
            .details = kReportDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_report},
    Command{.name = "compare",
            .summary = "set two configurations of a study side by side, and say what differs",
            .synopsis = "[options] A B [STUDY.yaml]",
            .details = kCompareDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_compare},
    Command{.name = "run",
            .summary = "run the command that a best.yaml recommends",
            .synopsis = "BEST.yaml",
            .details = kRunDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_run},
    Command{.name = "train",
            .summary = "fine-tune a classifier",
            .synopsis = "[options]",
            .details = kTrainDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_handover,
            .is_handed_over = true},
    Command{.name = "evaluate",
            .summary = "measure a fine-tuned classifier on labelled rows",
            .synopsis = "[options]",
            .details = kEvaluateDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_handover,
            .is_handed_over = true},
    Command{.name = "predict",
            .summary = "answer rows with a fine-tuned classifier",
            .synopsis = "[options]",
            .details = kPredictDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_handover,
            .is_handed_over = true},
    Command{.name = "embed",
            .summary = "turn texts into vectors",
            .synopsis = "[options]",
            .details = kEmbedDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_handover,
            .is_handed_over = true},
    Command{.name = "tokenize",
            .summary = "turn a column of texts into token ids",
            .synopsis = "[options]",
            .details = kTokenizeDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_handover,
            .is_handed_over = true},
    Command{.name = "schema",
            .summary = "print the JSON Schema of a file that turngreen writes or reads",
            .synopsis = "[NAME]",
            .details = kSchemaDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_schema},
    Command{.name = "completion",
            .summary = "print the completion script for a shell",
            .synopsis = "SHELL",
            .details = kCompletionDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_completion},
    Command{.name = "man",
            .summary = "print the manual page of turngreen or of one of its commands",
            .synopsis = "[COMMAND]",
            .details = kManDetails,
            .usage_status = kExitUsage,
            .measures_command = false,
            .configure = configure_man},
};

}  // namespace

std::span<const Command> command_table() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(kCommands.begin(), kCommands.end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace turngreen::cli
