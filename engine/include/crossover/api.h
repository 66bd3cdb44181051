// The engine as the bindings and the native tests see it: one function by name over JSON, and
// sweeps as columns. wasm/engine.d.ts documents every function, argument and result.
#pragma once

#include <span>
#include <string_view>

#include "crossover/catalog.h"
#include "crossover/error.h"
#include "crossover/json_reader.h"
#include "crossover/sweep.h"

namespace crossover {

inline constexpr std::string_view engine_version = "1.0.0";

/// Largest texts that the boundary takes, in bytes.
inline constexpr std::size_t max_request_bytes = 1 << 20;

/// A facade function by name: `call` takes the list of its arguments.
struct Function {
  std::string_view name;
  Result<Json> (*call)(Catalog&, const Json&);
};
/// What a first page needs: the library, one scenario, tables, crossovers, capacity.
std::span<const Function> page_functions();
/// What some embedded views need beside. A module that does not name a list does not carry its
/// code.
std::span<const Function> explain_functions();
/// sensitivity, advise, accuracy.
std::span<const Function> weigh_functions();
/// All of these, and calibrate and importHuggingFace.
std::span<const Function> lab_functions();
/// All of these, and evidence.
std::span<const Function> workbench_functions();

class Engine {
 public:
  /// With `page_functions()` and `more`.
  explicit Engine(std::span<const Function> more = {}) : more_(more) {}

  /// `arguments` is the list of the facade function's arguments: call("evaluate", [scenario]).
  Result<Json> call(std::string_view function, const Json& arguments);
  Result<Sweep> sweep(const Json& request);

  Catalog& catalog() { return catalog_; }

 private:
  Catalog catalog_;
  std::span<const Function> more_;
};

}  // namespace crossover
