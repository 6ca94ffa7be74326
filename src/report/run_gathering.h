#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "codecarbon_run.h"

namespace turngreen::report {

/// Puts the rows of CodeCarbon files together into runs.
class RunGathering {
 public:
  /// A file's rows. `name`: the file as notes call it.
  void add(const std::filesystem::path& folder, const std::vector<std::string>& place,
           const std::string& name, CodeCarbonRows rows);

  std::size_t size() const { return runs_.size(); }
  /// Those gathered, and what was odd beside them. A run whose files lie in two folders was copied:
  /// the first counts, or it would pass for a repeat.
  std::vector<CodeCarbonRun> take(std::vector<std::string>& notes);

 private:
  struct Gathered {
    CodeCarbonRun run;
    std::string task_file;       ///< that its tasks are from
    std::size_t whole_rows = 0;  ///< of the run file
  };
  Gathered& run_of(const std::filesystem::path& folder, const std::vector<std::string>& place,
                   const CodeCarbonRow& row);
  void add_task(Gathered& gathered, const std::string& name, const CodeCarbonRow& row);
  void add_whole(Gathered& gathered, const CodeCarbonRow& row);

  std::vector<Gathered> runs_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;  ///< by folder and run_id
  std::vector<std::string> notes_;
};

}  // namespace turngreen::report
