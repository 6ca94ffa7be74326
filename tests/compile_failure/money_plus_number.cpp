#include "turngreen/units/money.h"

using namespace turngreen::units;

const auto sum = Money(1, Currency("EUR")) + Money(2, Currency("EUR"));
#if MUST_NOT_COMPILE
const auto mixed = Money(1, Currency("EUR")) + 2.0;
#endif
