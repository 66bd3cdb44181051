// Bytes add to bytes, never to seconds.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const auto sum = gigabytes(16.06) + seconds(1);
#else
const auto sum = gigabytes(16.06) + gigabytes(0.27);
#endif
