// A quantity becomes a number only through `in`.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const double value = milliseconds(5.19);
#else
const double value = milliseconds(5.19).in(seconds);
#endif
