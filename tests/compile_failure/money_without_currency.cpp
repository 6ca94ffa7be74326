#include "turngreen/units/money.h"

using namespace turngreen::units;

const Money money{1.0, Currency("EUR")};
#if MUST_NOT_COMPILE
const Money number{1.0};
#endif
