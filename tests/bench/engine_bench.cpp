// What one evaluate and one sweep cost inside the engine, and how the cost grows with the work.
// Built natively and for WebAssembly; script/bench compares them. Prints one JSON object:
//   calls   nanoseconds of one call
//   growth  by what grows, pairs of its number and the nanoseconds of one call
//   memory_bytes
// Nanoseconds are the least of many short rounds: what else the machine does only ever adds, and it
// does not add to the native side and to WebAssembly's alike.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
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

/// Nanoseconds of one call: the least of some rounds, each of as many calls as take 10 ms.
template <class Work>
double least(Work work) {
  constexpr int rounds = 24;
  constexpr double round_ns = 10e6;
  double best = std::numeric_limits<double>::infinity();
  double calls = 1;
  for (int round = 0; round <= rounds; ++round) {
    const auto start = Clock::now();
    for (double i = 0; i < calls; ++i) work();
    const double ns = std::chrono::duration<double, std::nano>(Clock::now() - start).count();
    if (round > 0) best = std::min(best, ns / calls);
    calls = std::clamp(std::floor(calls * round_ns / std::max(ns, 1.0)), 1.0, 1e7);
  }
  return best;
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

/// [[number, nanoseconds], ...] of sweeps whose request `of(number)` gives.
template <class Request>
Json growth(Engine& engine, const std::vector<int>& numbers, Request of) {
  Json points = Json::array();
  for (const int number : numbers) {
    const Json request = of(number);
    points.push_back({number, least([&] { must(engine.sweep(request)); })});
  }
  return points;
}

Json growths(Engine& engine) {
  const std::vector<int> eighths{1, 2, 3, 4, 5, 6, 7, 8};
  return {
      {"batches", growth(engine, {512, 1024, 1536, 2048, 2560, 3072, 3584, 4096},
                         [](int batches) {
                           Json request = large_sweep();
                           request["to"] = batches;
                           return request;
                         })},
      {"schemes", growth(engine, eighths,
                         [](int count) {
                           Json request = large_sweep();
                           request["schemes"] = Json(schemes.begin(), schemes.begin() + count);
                           return request;
                         })},
      // Each chunk of a prompt is a pass with operators of its own: as many as outweigh the rest.
      {"operators", growth(engine, {16, 32, 48, 64, 80, 96, 112, 128}, [](int chunks) {
         Json request = large_sweep();
         request["to"] = 512;
         request["scenario"]["phase"] = "prefill";
         request["scenario"]["prompt"] = 1024 * chunks;
         request["scenario"]["chunk"] = 1024;
         return request;
       })}};
}

}  // namespace

int main() {
  Engine engine;
  const Json roofline_arguments = Json::array({scenario});
  const Json tutorial_arguments = Json::array({tutorial});
  const Json large = large_sweep();
  Json found = {
      {"calls",
       {{"evaluate", least([&] { must(engine.call("evaluate", roofline_arguments)); })},
        {"evaluate_tutorial", least([&] { must(engine.call("evaluate", tutorial_arguments)); })},
        {"sweep_64", least([&] { must(engine.sweep(small_sweep)); })},
        {"sweep_4096x8", least([&] { must(engine.sweep(large)); })}}},
      {"growth", growths(engine)}};
  found["memory_bytes"] = most_bytes();
  std::printf("%s\n", found.dump().c_str());
}
