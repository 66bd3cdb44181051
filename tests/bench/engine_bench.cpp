// What one evaluate and one sweep cost inside the engine. Built natively and for WebAssembly;
// script/bench compares them. Prints one JSON object: nanoseconds of one call, the median of
// several rounds.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/api.h"

#ifdef __EMSCRIPTEN__
#include <emscripten/heap.h>
#else
#include <sys/resource.h>
#endif

namespace {

using namespace crossover;
using Clock = std::chrono::steady_clock;

const Json scenario = {{"lens", "roofline"},     {"model", "llama-3.1-8b"},
                       {"hardware", "h100-sxm"}, {"scheme", "w4a16-g128"},
                       {"kernel", "marlin"},     {"batch", 8},
                       {"context", 2048}};
const Json tutorial = {{"lens", "tutorial"}, {"question", "serving"}, {"model", "Llama3_8B"},
                       {"hardware", "H100"}, {"precision", "int4"},   {"batch", 1}};
const Json schemes = {"fp16",       "w8a16",     "w8a8-int8", "w8a8-fp8",
                      "w4a16-g128", "w4a16-g32", "w4a8-g128", "w2a16-g128"};
const Json small_sweep = {{"scenario",
                           {{"lens", "roofline"},
                            {"model", "llama-3.1-8b"},
                            {"hardware", "h100-sxm"},
                            {"scheme", "w4a16-g128"}}},
                          {"axis", "batch"},
                          {"from", 1},
                          {"to", 4096},
                          {"points", 64}};

Json large_sweep() {
  Json request = small_sweep;
  request.erase("points");
  request["schemes"] = schemes;
  return request;
}

/// Nanoseconds of one call: the median of `rounds`, each of as many calls as take 50 ms.
template <class Work>
double nanoseconds(Work work) {
  constexpr int rounds = 9;
  constexpr double round_ns = 50e6;
  std::vector<double> costs;
  double calls = 1;
  for (int round = 0; round <= rounds; ++round) {
    const auto start = Clock::now();
    for (double i = 0; i < calls; ++i) work();
    const double ns = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    if (round > 0) costs.push_back(ns / calls);
    calls = std::clamp(std::floor(calls * round_ns / std::max(ns, 1.0)), 1.0, 1e7);
  }
  std::nth_element(costs.begin(), costs.begin() + rounds / 2, costs.end());
  return costs[rounds / 2];
}

/// A call that is refused measures nothing.
template <class T>
void must(const Result<T>& result) {
  if (result) return;
  std::fprintf(stderr, "refused: %s: %s\n", result.error().path.c_str(),
               result.error().message.c_str());
  std::exit(1);
}

/// The largest that the process's memory has been, or the module's.
double most_bytes() {
#ifdef __EMSCRIPTEN__
  return static_cast<double>(emscripten_get_heap_size());
#else
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  constexpr double kibibyte = 1024;
  return static_cast<double>(usage.ru_maxrss) * kibibyte;
#endif
}

}  // namespace

int main() {
  Engine engine;
  const Json roofline_arguments = Json::array({scenario});
  const Json tutorial_arguments = Json::array({tutorial});
  const Json large = large_sweep();
  Json costs = {
      {"evaluate", nanoseconds([&] { must(engine.call("evaluate", roofline_arguments)); })},
      {"evaluate_tutorial",
       nanoseconds([&] { must(engine.call("evaluate", tutorial_arguments)); })},
      {"sweep_64", nanoseconds([&] { must(engine.sweep(small_sweep)); })},
      {"sweep_4096x8", nanoseconds([&] { must(engine.sweep(large)); })},
  };
  costs["memory_bytes"] = most_bytes();
  std::printf("%s\n", costs.dump().c_str());
}
