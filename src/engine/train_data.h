#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "loaded_model.h"
#include "train_arguments.h"
#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/data/repeated_rows.h"

namespace turngreen::engine {

/// What `turngreen train` learns from and judges by, and what became of the other rows.
struct TrainingRows {
  data::Examples training;
  std::optional<data::Examples> validation;
  std::optional<data::Examples> test;  ///< if they are to be reported on
  checkpoint::Labels labels;
  std::uint64_t bad_rows = 0;
  data::RepeatedRows left_out;           ///< training rows whose texts repeat others
  std::uint64_t validation_repeats = 0;  ///< that repeat training rows; they stay
  std::uint64_t test_repeats = 0;        ///< likewise
  std::uint64_t cached_rows = 0;         ///< of either kind, whose tokens were in the cache
  std::int64_t before_sampling = 0;      ///< training rows that the sample was taken from
};

/// The classes are the model's own, or those of the training rows; validation rows have the same.
/// Bad rows, and validation and test rows that repeat training rows, are told to `err`.
Result<TrainingRows> load_training_rows(const TrainArguments& arguments, const OpenedModel& opened,
                                        std::ostream& err);

/// Of each class by its name; empty where a row has not one class.
std::vector<std::int64_t> rows_of_classes(const TrainingRows& rows);

/// For the summary: what was left out, and how many rows of each class remain of it.
std::string training_rows_text(const TrainingRows& rows);
nlohmann::ordered_json training_rows_json(const TrainingRows& rows);

/// Tells the run protocol how many rows there are and why no more.
void tell_training_rows(const TrainingRows& rows, const DataOptions& options);

}  // namespace turngreen::engine
