#include "turngreen/units/bounded.h"
#include "turngreen/units/power.h"

using namespace turngreen::units;

const auto sum = Bounded<Energy>{} + Bounded<Power>{} * seconds(1);
#if MUST_NOT_COMPILE
const auto mixed = Bounded<Energy>{} + Bounded<Power>{};
#endif
