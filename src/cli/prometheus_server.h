#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "turngreen/units/result.h"

namespace turngreen::cli {

/// Answers GET /metrics on 127.0.0.1 with the text published last, from a thread of its own; one
/// scrape at a time, each bounded in size and time.
class PrometheusServer {
 public:
  /// Port 0 takes any free one. The error names the port that could not be had.
  static Result<PrometheusServer> open(std::uint16_t port);
  PrometheusServer(PrometheusServer&&) noexcept;
  PrometheusServer& operator=(PrometheusServer&&) noexcept;
  ~PrometheusServer();

  std::uint16_t port() const;
  void publish(std::string text);

 private:
  struct State;
  explicit PrometheusServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::cli
