#include "turngreen/units/energy.h"

using namespace turngreen::units;

const auto product = joules(1) * 2.0;
#if MUST_NOT_COMPILE
const auto square = joules(1) * joules(2);
#endif
