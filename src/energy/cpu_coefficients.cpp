#include "cpu_coefficients.h"

#include <algorithm>
#include <iterator>

namespace turngreen::energy {
namespace {

using units::watts;

struct Row {
  CpuClass cpu_class;
  double idle_watts;
  double full_watts;
  std::string_view basis;
};

// Values: Cloud Carbon Footprint, ccf-coefficients (Apache-2.0), output/coefficients-aws-use.csv of
// 2026-03-09: mean over the SPECpower_ssj2008 results of a generation, watts at the wall per
// hardware thread at active idle and at 100 %. A server's memory, fans and power supply are in
// them.
constexpr std::string_view kCcf =
    "Cloud Carbon Footprint's mean over SPECpower_ssj2008 results (whole servers, at the wall)";
constexpr std::string_view kSpec =
    "a SPECpower_ssj2008 result of this generation (a whole server, at the wall)";
constexpr Row kServers[] = {
    // 2 x Xeon X5670, 24 threads: 267 W and 76.9 W (Acer AR160 F1, November 2010)
    {CpuClass::nehalem_server, 3.20, 11.1, kSpec},
    {CpuClass::sandy_bridge_server, 2.21, 8.63, kCcf},
    {CpuClass::ivy_bridge_server, 1.71, 5.56, kCcf},
    {CpuClass::haswell_server, 1.86, 5.60, kCcf},
    {CpuClass::broadwell_server, 0.71, 3.69, kCcf},
    {CpuClass::skylake_server, 0.61, 4.10, kCcf},
    {CpuClass::cascade_lake_server, 0.69, 4.06, kCcf},
    {CpuClass::ice_lake_server, 0.77, 3.76, kCcf},
    {CpuClass::sapphire_rapids_server, 1.04, 4.16, kCcf},
    {CpuClass::emerald_rapids_server, 0.81, 4.48, kCcf},
    {CpuClass::granite_rapids_server, 0.58, 2.53, kCcf},
    {CpuClass::epyc_1, 0.85, 2.60, kCcf},
    {CpuClass::epyc_2, 0.47, 1.69, kCcf},
    {CpuClass::epyc_3, 0.46, 1.96, kCcf},
    {CpuClass::epyc_4, 0.74, 2.28, kCcf},
    // 2 x EPYC 9965, 768 threads: 800 W and 150 W (ASUS RS720A-E13, May 2025)
    {CpuClass::epyc_5, 0.20, 1.04, kSpec},
    {CpuClass::neoverse, 0.47, 1.69,
     "Cloud Carbon Footprint, which takes EPYC 2nd generation for Arm servers"},
};

// The range: two straight lines in the load u that enclose every published curve of a machine for a
// part whose power at full load, F, is the row's: CodeCarbon 0.1 + 0.9 u^3, Teads 0.12 / 0.32 /
// 0.75 / 1.02 and Boavizta 0.23 / 0.42 / 0.73 / 0.89 at 0, 10, 50 and 100 %, carbontracker 0.5
// throughout, and the row's own line. (Alumet's u counts no rest; it lies within from a load of 3 %
// on.) Below: 0.02 F (a resting desktop part) to 0.35 F, the steepest that stays under the cubic.
// Above: 0.5 F to 1.02 F, and the full load doubled, since one generation's parts differ by that
// much per thread (EPYC 4: 1.4 W for the 9754, 4.4 W for the 9354, by their TDP). At half load that
// leaves 0.19 F to 1.27 F.
constexpr double kIdleLow = 0.02;
constexpr double kIdleHigh = 0.5;
constexpr double kFullLow = 0.35;
constexpr double kFullHigh = 2 * 1.02;
// CCF's own row for EPYC 5th generation: 3.68 and 8.96 W. The results contradict it, and it is
// published.
constexpr double kEpyc5IdleHigh = 3.68;
constexpr double kEpyc5FullHigh = 8.96;

CpuCoefficients from_row(const Row& row) {
  CpuCoefficients c;
  c.idle = {watts(row.idle_watts), watts(kIdleLow * row.full_watts),
            watts(kIdleHigh * row.full_watts)};
  c.full = {watts(row.full_watts), watts(kFullLow * row.full_watts),
            watts(kFullHigh * row.full_watts)};
  c.basis = row.basis;
  if (row.cpu_class == CpuClass::epyc_5) {
    c.idle.high = watts(kEpyc5IdleHigh);
    c.full.high = watts(kEpyc5FullHigh);
  }
  return c;
}

/// CCF's row for Coffee Lake, the only client part among its server results; the ends are a
/// notebook part (15 W TDP, 8 threads, 0.02 of it at rest) and a desktop part (Ryzen 5 7600X, 142 W
/// for 12 threads).
CpuCoefficients client() {
  constexpr double kNotebook = 15.0 / 8;
  constexpr double kDesktop = 142.0 / 12;
  return {{watts(1.14), watts(kIdleLow * kNotebook), watts(kIdleHigh * 5.42)},
          {watts(5.42), watts(kFullLow * kNotebook), watts(kDesktop)},
          "Cloud Carbon Footprint's row for Coffee Lake, widened to notebook and desktop parts"};
}

/// The mean of CCF's constants (MIN_WATTS_AVG 0.74, MAX_WATTS_AVG 3.5), anywhere within all rows.
CpuCoefficients unknown() {
  CpuCoefficients c = client();
  c.idle.value = watts(0.74);
  c.full.value = watts(3.5);
  c.basis =
      "Cloud Carbon Footprint's average processor; the micro-architecture is unknown to us, so the "
      "range is that of all we know";
  for (const Row& row : kServers) {
    const CpuCoefficients one = from_row(row);
    c.idle.low = std::min(c.idle.low, one.idle.low);
    c.idle.high = std::max(c.idle.high, one.idle.high);
    c.full.low = std::min(c.full.low, one.full.low);
    c.full.high = std::max(c.full.high, one.full.high);
  }
  return c;
}

}  // namespace

CpuCoefficients cpu_coefficients(CpuClass cpu_class) {
  if (cpu_class == CpuClass::client) return client();
  const auto found = std::find_if(std::begin(kServers), std::end(kServers),
                                  [&](const Row& row) { return row.cpu_class == cpu_class; });
  return found == std::end(kServers) ? unknown() : from_row(*found);
}

}  // namespace turngreen::energy
