#include "turngreen/units/energy.h"

using namespace turngreen::units;

const auto sum = joules(1) + joules(2.0);
#if MUST_NOT_COMPILE
const auto mixed = joules(1) + 2.0;
#endif
