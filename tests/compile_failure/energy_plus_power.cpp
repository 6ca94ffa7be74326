#include "turngreen/units/power.h"

using namespace turngreen::units;

const auto sum = joules(1) + watts(2) * seconds(3);
#if MUST_NOT_COMPILE
const auto mixed = joules(1) + watts(2);
#endif
