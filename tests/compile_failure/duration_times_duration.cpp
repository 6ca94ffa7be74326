#include "turngreen/units/duration.h"

using namespace turngreen::units;

const auto product = seconds(1) * 2.0;
#if MUST_NOT_COMPILE
const auto square = seconds(1) * seconds(2);
#endif
