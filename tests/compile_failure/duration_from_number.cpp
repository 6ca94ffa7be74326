#include "turngreen/units/duration.h"

using namespace turngreen::units;

const Duration duration = nanoseconds(2);
#if MUST_NOT_COMPILE
const Duration number = 2;
#endif
