#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "report/scratch_directory.h"

namespace turngreen::report {

/// Rows as CodeCarbon 3.0.2 writes them.
struct SampleRow {
  std::string task{};  ///< empty: of a run file
  std::string run_id = "2e09d998-a439-4c12-b79a-49a83d34b543";
  std::string project = "codecarbon";
  double seconds = 10;
  double cpu_kwh = 0.001, gpu_kwh = 0.008, ram_kwh = 0.001;

  double kwh() const { return cpu_kwh + gpu_kwh + ram_kwh; }
};

inline constexpr std::string_view kSampleRunHeader =
    "timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,"
    "gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,country_name,"
    "country_iso_code,region,cloud_provider,cloud_region,os,python_version,codecarbon_version,"
    "cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,ram_total_size,tracking_mode,"
    "on_cloud,pue\n";
inline constexpr std::string_view kSampleTaskHeader =
    "task_name,timestamp,project_name,run_id,duration,emissions,emissions_rate,cpu_power,gpu_power,"
    "ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,country_name,country_iso_code,"
    "region,cloud_provider,cloud_region,os,python_version,codecarbon_version,cpu_count,cpu_model,"
    "gpu_count,gpu_model,longitude,latitude,ram_total_size,tracking_mode,on_cloud\n";

inline std::string sample_row(const SampleRow& row) {
  const bool task = !row.task.empty();
  return fmt::format(
      "{}2025-05-30T18:46:39,{},{}{},{},0.02,0.0001,80.5,0.0,10.0,{},{},{},{},Canada,CAN,nova "
      "scotia,,,Linux-5.15,3.11.11,3.0.2,128,AMD EPYC 9554P,1,1 x NVIDIA RTX 5000,-63.58,44.63,"
      "755.2,process,N{}\n",
      task ? row.task + "," : "", row.project, row.run_id, task ? "" : ",an-experiment",
      row.seconds, row.cpu_kwh, row.gpu_kwh, row.ram_kwh, row.kwh(), task ? "" : ",1.0");
}

inline std::string sample_run_file(std::initializer_list<SampleRow> rows) {
  std::string text(kSampleRunHeader);
  for (const auto& row : rows) text += sample_row(row);
  return text;
}

inline std::string sample_task_file(std::initializer_list<SampleRow> rows) {
  std::string text(kSampleTaskHeader);
  for (const auto& row : rows) text += sample_row(row);
  return text;
}

/// A run id that differs by its number.
inline std::string sample_run_id(int number) {
  return fmt::format("{:08x}-a439-4c12-b79a-49a83d34b543", number);
}

/// A folder of runs: CONFIGURATION/RUN/, with a training and an evaluation of so many kWh in all
/// and a metric file.
class SampleRuns {
 public:
  void add(const std::string& configuration, const std::string& run, double kwh, double f1) {
    const auto folder = scratch_.path() / "study" / "raw" / configuration / run;
    std::filesystem::create_directories(folder);
    const std::string id = sample_run_id(++count_);
    const SampleRow train{.task = "train",
                          .run_id = id,
                          .seconds = 90,
                          .cpu_kwh = 0.1 * kwh,
                          .gpu_kwh = 0.7 * kwh,
                          .ram_kwh = 0.1 * kwh};
    const SampleRow evaluate{.task = "evaluate",
                             .run_id = id,
                             .seconds = 10,
                             .cpu_kwh = 0.02 * kwh,
                             .gpu_kwh = 0.07 * kwh,
                             .ram_kwh = 0.01 * kwh};
    const SampleRow whole{.run_id = id,
                          .seconds = 10,
                          .cpu_kwh = 0.12 * kwh,
                          .gpu_kwh = 0.77 * kwh,
                          .ram_kwh = 0.11 * kwh};
    write_file(folder / ("emissions_base_" + id + ".csv"), sample_task_file({train, evaluate}));
    write_file(folder / "emissions.csv", sample_run_file({whole}));
    write_file(folder / "test_metrics.json",
               fmt::format("{{\"eval_loss\": 0.1, \"eval_f1\": {}, \"eval_runtime\": 10}}", f1));
  }
  /// v0_baseline, v1_fp16, v2_torch_compile and v3_fp16_plus_compile, two runs each.
  void add_usual() {
    for (const char* run : {"default_1", "default_2"}) {
      const double more = run[8] == '1' ? 1.0 : 1.01;
      add("v0_baseline", run, 0.5 * more, 0.99);
      add("v1_fp16", run, 0.4 * more, 0.991);
      add("v2_torch_compile", run, 0.3 * more, 0.989);
      add("v3_fp16_plus_compile", run, 0.26 * more, 0.988);
    }
  }
  std::filesystem::path folder() const { return scratch_.path() / "study" / "raw"; }
  std::filesystem::path operator/(const std::string& name) const { return scratch_ / name; }

 private:
  ScratchDirectory scratch_;
  int count_ = 0;
};

}  // namespace turngreen::report
