// Evidence: predictions against published measurements, under protocols that are never mixed.
// MODEL.md §3.
//
// A measurement is one JSON object a row: free-text names (hardware, model, scheme, kernel), the
// conditions (phase gemm, decode, prefill, e2e or train; batch, context_len, gen_len; m, n, k) and
// what was measured (value with unit; baseline_value; speedup). Every row becomes a scenario of the
// engine or is counted as left out with its reason.
#pragma once

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"

namespace crossover {

/// Predicts every row and reports how wrong the predictions are.
///
/// `measurements`: {rows: [...], sources: [...]}, or {series: [...]} where a series states fields
/// that hold for all of its `rows`; a row's `source` is a position in `sources` or,
/// with sources as an object, an id. `options`: {aliases, split}, the contents of
/// specs/measurements/aliases.json and split.json; and, to try constants, kernels and runtimes
/// (lists of specs that stand for the library's of the same id) and calibrate (false leaves that
/// protocol out).
///
/// Protocols: `datasheet` (ideal kernel and runtime), `kernel` (the kernel's and the runtime's
/// specs), `calibrated` (the runtime fitted to the 16-bit rows of the same project and device, the
/// quantized rows predicted; with the range over memory efficiencies that those rows do not tell
/// apart). A row's role is `fit` where the split fitted a kernel's constants on its project and
/// device, else `judged`. Error is max(predicted / measured, measured / predicted) - 1.
///
/// Returns {coverage, classes, kernels, sources, calibrations, crossovers, order, series, rows}.
/// Errors: wrong_type and missing_field where the frame of the input is broken, never for a row.
Result<Json> evidence(Catalog& catalog, const Json& measurements, const Json& options);

}  // namespace crossover
