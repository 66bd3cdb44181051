// A function that takes a Time is not called with Bytes.
#include "crossover/quantity.h"

using namespace crossover;

constexpr Time twice(Time time) { return time * 2; }

#ifdef MUST_NOT_COMPILE
const Time doubled = twice(gigabytes(1));
#else
const Time doubled = twice(milliseconds(1));
#endif
