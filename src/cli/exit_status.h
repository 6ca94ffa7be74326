#pragma once

namespace turngreen::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;
/// `measure` alone: could not measure, start or write. Its other statuses are the command's own.
inline constexpr int kExitNotMeasured = 125;

}  // namespace turngreen::cli
