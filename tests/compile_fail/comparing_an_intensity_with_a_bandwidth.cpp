// The ridge point is FLOP per byte: peak over bandwidth, not the other way round.
#include "crossover/quantity.h"

using namespace crossover;

#ifdef MUST_NOT_COMPILE
const bool bound = flop_per_byte(5) < gigabytes_per_second(2039) / teraflop_per_second(312);
#else
const bool bound = flop_per_byte(5) < teraflop_per_second(312) / gigabytes_per_second(2039);
#endif
