#include "turngreen/units/carbon.h"
#include "turngreen/units/power.h"

using namespace turngreen::units;

const auto carbon = watts(1) * seconds(2) * grams_per_kilowatt_hour(3);
#if MUST_NOT_COMPILE
const auto mixed = watts(1) * grams_per_kilowatt_hour(3);
#endif
