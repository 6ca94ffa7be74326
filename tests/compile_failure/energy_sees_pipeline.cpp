#include "turngreen/energy/meter.h"
#if MUST_NOT_COMPILE
#include "turngreen/pipeline/measurement.h"
#endif
