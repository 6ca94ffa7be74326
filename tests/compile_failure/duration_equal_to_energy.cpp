#include "turngreen/units/power.h"

using namespace turngreen::units;

const bool equal = joules(1) == watts(1) * seconds(2);
#if MUST_NOT_COMPILE
const bool mixed = joules(1) == seconds(2);
#endif
