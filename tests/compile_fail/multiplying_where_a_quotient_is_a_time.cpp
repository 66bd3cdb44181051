// Bytes over bandwidth is a time; bytes times bandwidth is not.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const Time streaming = gigabytes(16.06) * gigabytes_per_second(3350);
#else
const Time streaming = gigabytes(16.06) / gigabytes_per_second(3350);
#endif
