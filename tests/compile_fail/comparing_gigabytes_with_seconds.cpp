// Quantities of one dimension compare; gigabytes and seconds do not.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const bool less = gigabytes(80) < seconds(1);
#else
const bool less = gigabytes(80) < gibibytes(80);
#endif
