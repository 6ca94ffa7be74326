#include "turngreen/units/carbon.h"

using namespace turngreen::units;

const bool less = grams(1) < joules(2) * grams_per_kilowatt_hour(3);
#if MUST_NOT_COMPILE
const bool mixed = grams(1) < grams_per_kilowatt_hour(3);
#endif
