#include "boundary.h"

#include <exception>
#include <new>

#include "convert.h"
#include "crossover/api.h"

namespace crossover {
namespace {

/// One engine a module: what addSpec adds lives as long as the page's module does.
Engine& engine() {
  static Engine instance;
  return instance;
}

/// Runs `work` and turns every outcome into a status. A C++ exception that reached JavaScript would
/// arrive there as a bare number and leak the stack, so it ends here.
template <class Work>
emscripten::val guarded(Work work) {
  try {
    return status(work());
  } catch (const std::bad_alloc&) {
    return status(Error{ErrorCode::too_large, "there is not enough memory for this request", {}});
  } catch (const std::exception& error) {
    return status(Error{ErrorCode::internal, error.what(), {}});
  } catch (...) {
    return status(Error{ErrorCode::internal, "an unknown exception", {}});
  }
}

}  // namespace

std::string version() { return std::string(engine_version); }
double request_limit() { return static_cast<double>(max_request_bytes); }

emscripten::val call(const std::string& function, const std::string& arguments) {
  return guarded([&]() -> Result<Json> {
    const Result<Json> list = parse_json(arguments, max_request_bytes);
    if (!list) return tl::make_unexpected(list.error());
    return engine().call(function, *list);
  });
}

emscripten::val sweep_columns(const std::string& request) {
  return guarded([&]() -> Result<Sweep> {
    const Result<Json> read = parse_json(request, max_request_bytes);
    if (!read) return tl::make_unexpected(read.error());
    return engine().sweep(*read);
  });
}

}  // namespace crossover
