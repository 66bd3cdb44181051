// Shared by the tests of the import: configurations shaped like the real ones, in tests/golden/hf/,
// and what becomes of them.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "crossover/import_hf.h"
#include "crossover/spec_json.h"

namespace crossover::testing {

inline Json config_named(const std::string& name) {
  const std::string path = std::string(CROSSOVER_GOLDEN_DIR) + "/hf/" + name + ".json";
  std::ifstream in(path);
  REQUIRE_MESSAGE(in.good(), path);
  std::stringstream text;
  text << in.rdbuf();
  return Json::parse(text.str());
}

inline ImportedModel imported(const Json& config) {
  auto result = import_hugging_face(config);
  REQUIRE_MESSAGE(result.has_value(),
                  (result ? "" : result.error().path + ": " + result.error().message));
  return *result;
}

inline Model model_of(const ImportedModel& import) {
  auto model = read_model(import.model, "");
  REQUIRE_MESSAGE(model.has_value(),
                  (model ? "" : model.error().path + ": " + model.error().message));
  return *model;
}

inline Model model_named(const std::string& name) { return model_of(imported(config_named(name))); }

inline Scheme scheme_named(const std::string& name) {
  const ImportedModel import = imported(config_named(name));
  auto scheme = read_scheme(import.scheme, "");
  REQUIRE_MESSAGE(scheme.has_value(),
                  (scheme ? "" : scheme.error().path + ": " + scheme.error().message));
  return *scheme;
}

inline bool leaves_out(const ImportedModel& import, const std::string& path) {
  return std::any_of(import.unmapped.begin(), import.unmapped.end(),
                     [&](const Unmapped& key) { return key.path == path; });
}

inline Error refusal(const Json& config) {
  const auto result = import_hugging_face(config);
  REQUIRE_FALSE(result.has_value());
  return result.error();
}

}  // namespace crossover::testing
