#include "turngreen/units/money.h"

using namespace turngreen::units;

const Currency currency{"EUR"};
#if MUST_NOT_COMPILE
const Currency literal = "EUR";
#endif
