// The engine as the bindings and the native tests see it: one function by name over JSON, and
// sweeps as columns. wasm/engine.d.ts documents every function, argument and result.
#pragma once

#include <string_view>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/sweep.h"

namespace crossover {

inline constexpr std::string_view engine_version = "1.0.0";

/// Largest texts that the boundary takes, in bytes.
inline constexpr std::size_t max_request_bytes = 1 << 20;

class Engine {
 public:
  /// `arguments` is the list of the facade function's arguments: call("evaluate", [scenario]).
  Result<Json> call(std::string_view function, const Json& arguments);
  Result<Sweep> sweep(const Json& request);

  Catalog& catalog() { return catalog_; }

 private:
  Catalog catalog_;
};

}  // namespace crossover
