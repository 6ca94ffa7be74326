#include "turngreen/energy/statement.h"

namespace turngreen::energy {

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::wrap:
      return "wrap";
    case FaultKind::reset:
      return "reset";
    case FaultKind::stuck:
      return "stuck";
    case FaultKind::backward:
      return "backward";
    case FaultKind::implausible:
      return "implausible";
    case FaultKind::vanished:
      return "vanished";
    case FaultKind::denied:
      return "denied";
    case FaultKind::late:
      return "late";
    case FaultKind::suspended:
      return "suspended";
    case FaultKind::late_mark:
      return "late_mark";
    case FaultKind::unmatched:
      return "unmatched";
    case FaultKind::protocol:
      return "protocol";
    case FaultKind::overflow:
      return "overflow";
  }
  return "";
}

std::string_view explain(FaultKind kind) {
  switch (kind) {
    case FaultKind::wrap:
      return "the counter passed its range and was unwrapped; nothing is lost";
    case FaultKind::reset:
      return "the counter began again at zero; what was spent just before that is not measured";
    case FaultKind::stuck:
      return "the counter stood still although its domain always draws power; that time is not "
             "measured";
    case FaultKind::backward:
      return "the counter went back without having wrapped or been reset; that time is not "
             "measured";
    case FaultKind::implausible:
      return "the counter advanced by more than the domain can draw; that time is not measured";
    case FaultKind::vanished:
      return "the sensor stopped answering; that time is not measured";
    case FaultKind::denied:
      return "the right to read the sensor was lost; that time is not measured";
    case FaultKind::late:
      return "samples came late, so that spans around them have wider bounds";
    case FaultKind::suspended:
      return "the machine was suspended; what it drew meanwhile is not measured";
    case FaultKind::late_mark:
      return "stage marks arrived after their time had been accounted and count from their arrival";
    case FaultKind::unmatched:
      return "stage ends came without their begin, or begins without their end";
    case FaultKind::protocol:
      return "the run protocol carried lines that are not part of it; they were left out";
    case FaultKind::overflow:
      return "more stages or open spans than can be kept apart; the rest counts towards what is "
             "around it";
  }
  return "";
}

}  // namespace turngreen::energy
