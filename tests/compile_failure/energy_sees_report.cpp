#include "turngreen/energy/meter.h"
#if MUST_NOT_COMPILE
#include "turngreen/report/measurement_json.h"
#endif
