#include "turngreen/units/power.h"

using namespace turngreen::units;

const auto product = watts(1) * seconds(2);
#if MUST_NOT_COMPILE
const auto mixed = watts(1) + seconds(2);
#endif
