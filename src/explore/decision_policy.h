#pragma once

#include <cstddef>
#include <cstdint>

/// The numbers that the search goes by, tuned on generated cascades (bench/search).
namespace turngreen::explore {

/// A configuration that is within the quality budget with this probability is worth a full run.
inline constexpr double kFinalistCertainty = 0.75;
/// A finalist has to promise at least this much less than the incumbent to be worth a full run.
inline constexpr double kFinalistGain = 0.03;
/// Full runs of one configuration while it is not certain whether it keeps the quality budget.
inline constexpr std::size_t kMostRepeats = 4;
/// A partial run that costs more than this share of the full one tells too little for its price.
inline constexpr double kDearFidelity = 0.5;
/// The baseline is run again until its 95 % interval is this narrow ...
inline constexpr double kNarrowBaseline = 0.05;
/// ... or this share of the saving.
inline constexpr double kNarrowAgainstSaving = 0.25;
/// A run is hopeless when it has cost this much more than the incumbent's whole run.
inline constexpr double kHopelessMargin = 1.25;

/// Studies draw from ranges of seeds of their own; divisible by 1 to 16, so that pipelines that go
/// through their repeats by seed begin at a first one.
inline constexpr std::uint64_t kSeedsApart = 720'720;

}  // namespace turngreen::explore
