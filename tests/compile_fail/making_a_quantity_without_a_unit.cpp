// A quantity is made by naming its unit; a bare number is none.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const Time itl(5.19);
#else
const Time itl = milliseconds(5.19);
#endif
