// Numbers scale a quantity; they are not added to it.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const Time step = milliseconds(1) + 0.1;
#else
const Time step = milliseconds(1) * 1.1;
#endif
