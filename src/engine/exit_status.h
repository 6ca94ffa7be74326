#pragma once

namespace turngreen::engine {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitInterrupted = 130;  ///< as a shell tells of SIGINT

}  // namespace turngreen::engine
