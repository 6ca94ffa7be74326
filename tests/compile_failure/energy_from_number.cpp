#include "turngreen/units/energy.h"

using namespace turngreen::units;

const Energy energy = joules(2.0);
#if MUST_NOT_COMPILE
const Energy number = 2.0;
#endif
