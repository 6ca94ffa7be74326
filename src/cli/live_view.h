#pragma once

#include <ostream>

#include "terminal.h"
#include "turngreen/energy/statement.h"

namespace turngreen::cli {

/// One line on the terminal, rewritten at each update: time, energy so far, power since the last
/// update and the current stage. Writes nothing where there is no terminal.
class LiveView {
 public:
  LiveView(std::ostream& out, const Terminal& terminal);
  ~LiveView();  ///< clears the line
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;

  void show(const energy::Statement& snapshot);

 private:
  std::ostream& out_;
  Terminal terminal_;
  bool shown_ = false;
  units::Duration last_time_;
  units::Energy last_energy_;
};

}  // namespace turngreen::cli
