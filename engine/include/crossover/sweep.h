// Sweeps: one axis, several schemes, columns of doubles.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// Columns by name (wasm/engine.d.ts, SweepSeries), one element a value of the axis.
struct SweepSeries {
  std::string scheme;
  std::vector<std::pair<std::string_view, std::vector<double>>> columns;
};

struct Sweep {
  std::string axis;
  std::vector<double> values;
  SweepSeries baseline;
  std::vector<SweepSeries> series;
};

/// `request` as SweepRequest of wasm/engine.d.ts. Errors carry the path of what they refuse.
Result<Sweep> sweep(Catalog& catalog, const Json& request);

}  // namespace crossover
