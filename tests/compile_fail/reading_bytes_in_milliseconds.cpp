// A quantity is read in a unit of its own dimension.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const double count = gigabytes(16.06).in(milliseconds);
#else
const double count = gigabytes(16.06).in(gibibytes);
#endif
