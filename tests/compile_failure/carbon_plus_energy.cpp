#include "turngreen/units/carbon.h"

using namespace turngreen::units;

const auto sum = grams(1) + joules(2) * grams_per_kilowatt_hour(3);
#if MUST_NOT_COMPILE
const auto mixed = grams(1) + joules(2);
#endif
