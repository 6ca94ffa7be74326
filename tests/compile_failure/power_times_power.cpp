#include "turngreen/units/power.h"

using namespace turngreen::units;

const auto product = watts(1) * 2.0;
#if MUST_NOT_COMPILE
const auto square = watts(1) * watts(2);
#endif
