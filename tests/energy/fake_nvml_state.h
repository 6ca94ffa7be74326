#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace turngreen::energy {

struct FakeProcessSample {
  unsigned pid = 0;
  unsigned long long microseconds = 0;
  unsigned sm_percent = 0;
};

/// One GPU of the fake driver. Statuses are nvmlReturn_t: 0 works, 3 not supported, 4 no
/// permission, 15 lost.
struct FakeNvidiaGpu {
  std::string uuid;
  std::string name = "NVIDIA H100 80GB HBM3";
  unsigned architecture = 9;  // Hopper
  bool mig = false;
  int handle_status = 0;
  int energy_status = 0;
  unsigned long long millijoules = 1'000'000;
  int usage_status = 0;
  unsigned usage_milliwatts = 70'000;
  int instant_status = 0;         // scope GPU
  int instant_module_status = 3;  // scope module
  unsigned instant_milliwatts = 200'000;
  unsigned max_limit_milliwatts = 700'000;
  int samples_status = 0;
  std::vector<FakeProcessSample> samples;
  unsigned long long last_seen = 0;  // as the last caller passed it
};

struct FakeNvidiaDriver {
  int init_status = 0;
  int inits = 0;
  int shutdowns = 0;
  std::deque<FakeNvidiaGpu> gpus;
  std::map<std::string, std::size_t> mig_parents;  // UUID of a slice -> index into gpus
};

}  // namespace turngreen::energy
