#include "turngreen/units/energy.h"
#if MUST_NOT_COMPILE
#include "turngreen/pipeline/measurement.h"
#endif
