#include "boundary.h"

#include "convert.h"
#include "crossover/api.h"

namespace crossover {
namespace {

/// One engine a module: what addSpec adds lives as long as the page's module does.
Engine& engine() {
  static Engine instance(edition());
  return instance;
}

}  // namespace

std::string version() { return std::string(engine_version); }
double request_limit() { return static_cast<double>(max_request_bytes); }

emscripten::val call(const std::string& function, const std::string& arguments) {
  const Result<Json> list = parse_json(arguments, max_request_bytes);
  return list ? status(engine().call(function, *list)) : status(list.error());
}

emscripten::val sweep_columns(const std::string& request) {
  const Result<Json> read = parse_json(request, max_request_bytes);
  return read ? status(engine().sweep(*read)) : status(read.error());
}

}  // namespace crossover
