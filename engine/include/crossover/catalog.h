// The library of specs, embedded at build time, and whatever the user adds. A record's JSON is
// parsed when it is first asked for: start-up parses nothing.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/error.h"
#include "crossover/hardware.h"
#include "crossover/json_reader.h"
#include "crossover/kernel.h"
#include "crossover/model.h"
#include "crossover/runtime.h"
#include "crossover/scheme.h"
#include "crossover/tutorial.h"

namespace crossover {

enum class SpecKind { hardware, model, scheme, kernel, runtime, calibration, scenario, source };
inline constexpr std::array<std::string_view, 8> spec_kind_names{
    "hardware", "model", "scheme", "kernel", "runtime", "calibration", "scenario", "source"};

/// The library as the build embeds it: lines sorted by kind and id, in a few texts. The fields of a
/// line are separated by tabs: number of the kind, id, name, aliases (a JSON list, or nothing), and
/// the record's other fields as JSON without the opening brace. Names hold neither quotes nor
/// backslashes. Defined by the file that specs/embed.mjs writes into the build tree.
std::span<const std::string_view> embedded_library();

struct CatalogEntry {
  SpecKind kind = SpecKind::hardware;
  std::string id;
  std::string name;
  std::vector<std::string> aliases;
  std::string json;
  bool added = false;  ///< by the user
};

class Catalog {
 public:
  Catalog();

  /// Lookups by id or alias; unknown ids are an error at `path` with the nearest id. Pointers stay
  /// valid.
  Result<const Hardware*> hardware(std::string_view id, std::string_view path = "hardware");
  Result<const Model*> model(std::string_view id, std::string_view path = "model");
  /// A scheme id may end in -kv16, -kv8 or -kv4: the same scheme with another KV cache.
  Result<Scheme> scheme(std::string_view id, std::string_view path = "scheme");
  Result<const Kernel*> kernel(std::string_view id, std::string_view path = "kernel");
  Result<const Runtime*> runtime(std::string_view id, std::string_view path = "runtime");
  Result<const Calibration*> calibration(std::string_view id,
                                         std::string_view path = "calibration");

  /// All records of a kind, in order of id.
  std::vector<const CatalogEntry*> entries(SpecKind kind) const;
  /// The record of that id or alias, of any kind.
  Result<const CatalogEntry*> describe(std::string_view id) const;

  /// Takes the same JSON as the files in specs/; nothing changes when it is refused. Returns the
  /// id.
  Result<std::string> add(SpecKind kind, const Json& spec);

 private:
  /// What has been parsed, under every exact name that it was asked for by: `add` lets no second
  /// record have one of them.
  using Shelf = std::map<std::string, std::shared_ptr<const void>, std::less<>>;
  const CatalogEntry* find(SpecKind kind, std::string_view id) const;
  Result<const void*> parsed(SpecKind kind, std::string_view id, std::string_view path);
  template <class Spec>
  Result<const Spec*> get(SpecKind kind, std::string_view id, std::string_view path);

  std::vector<CatalogEntry> entries_;
  std::array<Shelf, spec_kind_names.size()> shelves_;
};

}  // namespace crossover
