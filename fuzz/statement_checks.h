#pragma once

#include "turngreen/energy/statement.h"

namespace turngreen::energy {

/// What every statement promises, whatever the sensors and the marks did: bounds around each value,
/// children and own time adding up to the stage, stages within the totals, no number that is none.
void check_statement(const Statement& statement);

/// That both say the same, bit for bit.
void check_same(const Statement& a, const Statement& b);

/// That of two statements on one account the later does not take back a joule.
void check_later(const Statement& earlier, const Statement& later);

}  // namespace turngreen::energy
