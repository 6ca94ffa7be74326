#include "turngreen/units/energy.h"

using namespace turngreen::units;

const double number = joules(2).in_joules();
#if MUST_NOT_COMPILE
const double energy = joules(2);
#endif
