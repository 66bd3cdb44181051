// What must hold for any scenario, over seeded random ones: identities, monotonicity, scaling. A
// failing scenario is shrunk by halving its numbers and dropping its fields.
#include <cmath>
#include <functional>
#include <optional>
#include <random>

#include "roofline.h"

using namespace crossover;
using namespace crossover::testing;

namespace {

constexpr double rounding = 1e-12;

/// A pseudorandom scenario; the same on every machine (no distributions of the standard library).
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : bits_(seed) {}
  std::uint64_t below(std::uint64_t end) { return bits_() % end; }
  bool chance(double share) { return static_cast<double>(below(1000)) < share * 1000; }
  /// Whole, spread over the octaves from 1 to 2^octaves.
  double size(std::uint64_t octaves) {
    const std::uint64_t high = std::uint64_t{1} << below(octaves);
    return static_cast<double>(high + below(high));
  }
  std::string id_of(SpecKind kind) {
    const auto entries = library().catalog().entries(kind);
    return entries[below(entries.size())]->id;
  }
  Json scenario() {
    Json s{{"lens", "roofline"},
           {"model", id_of(SpecKind::model)},
           {"hardware", id_of(SpecKind::hardware)},
           {"batch", size(13)}};
    if (chance(0.9)) s["scheme"] = id_of(SpecKind::scheme);
    if (chance(0.5)) s["runtime"] = id_of(SpecKind::runtime);
    if (chance(0.4)) s["kernel"] = id_of(SpecKind::kernel);
    if (chance(0.6)) s["context"] = size(18);
    if (chance(0.3)) s["kv_bits"] = chance(0.5) ? 8 : 4;
    if (chance(0.3)) s["devices"] = std::pow(2.0, static_cast<double>(below(4)));
    if (chance(0.2)) s["peak_factor"] = size(4);
    if (chance(0.1)) s["new_tokens"] = size(3);
    if (chance(0.4)) s["phase"] = chance(0.7) ? "prefill" : "train";
    if (chance(0.5)) s["prompt"] = size(13);
    if (chance(0.2)) s["cached_prefix"] = size(12);
    if (s.value("phase", "") == "prefill" && chance(0.3)) {
      s["chunk"] = std::max(size(10), s.value("prompt", 2048.0) / 1000);
      s["chunk"] = std::floor(s["chunk"].get<double>()) + 1;
    }
    if (s.value("phase", "") == "train" && chance(0.3)) s["lora_rank"] = size(6);
    return s;
  }

 private:
  std::mt19937_64 bits_;
};

/// Says what is wrong with a scenario's result; nothing where all is well.
using Property =
    std::function<std::optional<std::string>(const Json& scenario, const Json& result)>;

std::optional<Json> result_of(const Json& scenario) {
  auto result = library().call("evaluate", Json::array({scenario}));
  if (!result) return std::nullopt;
  return std::move(*result);
}

std::optional<std::string> problem(const Property& property, const Json& scenario) {
  const auto result = result_of(scenario);
  return result ? property(scenario, *result) : std::nullopt;
}

/// Halves numbers and drops fields as long as the property still fails.
Json shrunk(const Property& property, Json scenario) {
  bool smaller = true;
  while (smaller) {
    smaller = false;
    const Json whole = scenario;
    for (const auto& [key, value] : whole.items()) {
      if (key == "lens" || key == "model" || key == "hardware") continue;
      Json candidate = scenario;
      if (value.is_number() && value.get<double>() > 1) {
        candidate[key] = std::floor(value.get<double>() / 2);
      } else {
        candidate.erase(key);
      }
      if (!problem(property, candidate)) continue;
      scenario = std::move(candidate);
      smaller = true;
    }
  }
  return scenario;
}

/// Tries `count` scenarios; `force` fixes some of their fields. Refused ones count as tries, but
/// a third has to be answered.
void holds(const Property& property, std::uint64_t seed, int count,
           const Json& force = Json::object()) {
  Generator generator(seed);
  int answered = 0;
  for (int i = 0; i < count; ++i) {
    const Json scenario = with(generator.scenario(), force);
    const auto result = result_of(scenario);
    if (!result) continue;
    ++answered;
    if (!property(scenario, *result)) continue;
    const Json least = shrunk(property, scenario);
    FAIL(*problem(property, least) << " in " << least.dump());
  }
  CHECK(answered * 3 > count);
}

double number(const Json& json, const char* key) { return json.at(key).get<double>(); }

/// A property of how one figure changes between the scenario and a changed one.
Property ordered(const char* figure, std::function<Json(Json)> change,
                 std::function<bool(double before, double after)> right) {
  return [=](const Json& scenario, const Json& result) -> std::optional<std::string> {
    const auto other = result_of(change(scenario));
    if (!other || right(number(result, figure), number(*other, figure))) return std::nullopt;
    return std::string(figure) + " goes from " + result.at(figure).dump() + " to " +
           other->at(figure).dump();
  };
}

bool not_above(double before, double after) { return after <= before * (1 + rounding); }
bool not_below(double before, double after) { return after >= before * (1 - rounding); }

constexpr std::array<const char*, 7> bounds{"weights", "kv",   "activations", "compute",
                                            "dequant", "link", "overhead"};

}  // namespace

TEST_CASE("The breakdown sums to the step exactly, and the regime is its largest part") {
  holds(
      [](const Json&, const Json& r) -> std::optional<std::string> {
        double sum = 0, largest = 0;
        for (const char* bound : bounds) {
          sum += number(r["bound_s"], bound);
          largest = std::max(largest, number(r["bound_s"], bound));
        }
        if (sum != number(r, "step_s")) return "the parts sum to " + Json(sum).dump();
        if (number(r["bound_s"], r["regime"].get<std::string>().c_str()) != largest)
          return std::string("the regime is not the largest part");
        return std::nullopt;
      },
      1, 1500);
}

TEST_CASE("A step at any batch takes what its operators take one by one") {
  holds(
      [](const Json& s, const Json&) -> std::optional<std::string> {
        const auto plan = lower(read(library(), s), Side::scheme);
        if (!plan) return plan.error().message;
        const StepPricer pricer(*plan);
        // In no order: a kernel's path is looked up anew at each of them.
        for (const double batch : {4096.0, 1.0, 65.0, 16.0, 513.0}) {
          std::array<Time, bound_count> by_bound;
          Flop flop;
          Bytes traffic;
          for (const Operator& op : plan->operators) {
            const OperatorCost cost = cost_of(op, *plan, batch);
            by_bound[index_of(cost.bound)] += cost.time;
            flop += cost.flop;
            traffic += cost.bytes();
          }
          const StepCost step = pricer.at(batch);
          by_bound[index_of(Bound::overhead)] = step.by_bound[index_of(Bound::overhead)];
          if (by_bound != step.by_bound || flop != step.flop || traffic != step.traffic)
            return "at batch " + Json(batch).dump() + " the operators cost another step";
        }
        return std::nullopt;
      },
      13, 1500);
}

TEST_CASE("Ideal kernel and runtime: each operator is a pure roofline, and nothing is added") {
  holds(
      [](const Json& s, const Json& r) -> std::optional<std::string> {
        const Json device = answer("describe", s["hardware"]);
        const double bandwidth = number(device, "memory_bandwidth_bytes_per_s");
        const double factor = s.value("peak_factor", 1.0);
        double step = 0;
        for (const Json& op : r["operators"]) {
          if (op["name"] == "all_reduce") {
            step += number(op, "time_s");
            continue;
          }
          const double bytes =
              number(op, "weight_bytes") + number(op, "kv_bytes") + number(op, "activation_bytes");
          const double rate =
              number(device["peak_flop_per_s"], op["format"].get<std::string>().c_str()) * factor;
          const double time = std::max(bytes / bandwidth, number(op, "flop") / rate);
          if (std::abs(time / number(op, "time_s") - 1) > 1e-9)
            return op["name"].get<std::string>() + " should take " + Json(time).dump();
          step += time;
        }
        if (std::abs(step / number(r, "step_s") - 1) > 1e-9) return std::string("time is added");
        return std::nullopt;
      },
      2, 1000, {{"kernel", nullptr}, {"runtime", nullptr}, {"chunk", nullptr}});
}

TEST_CASE("FP16 over FP16 is exactly 1, whatever the kernel and the runtime") {
  holds(
      [](const Json&, const Json& r) -> std::optional<std::string> {
        if (r["speedup"] == 1.0) return std::nullopt;
        return "the speed-up is " + r["speedup"].dump();
      },
      3, 500, {{"scheme", "fp16"}, {"kv_bits", nullptr}});
}

TEST_CASE("More bandwidth and more peak are never slower") {
  const auto faster_memory = [](Json s) {
    const Json device = answer("describe", s["hardware"]);
    return with(s,
                {{"bandwidth_bytes_per_s", 1.7 * number(device, "memory_bandwidth_bytes_per_s")}});
  };
  const auto faster_compute = [](Json s) {
    return with(s, {{"peak_factor", 1.7 * s.value("peak_factor", 1.0)}});
  };
  holds(ordered("step_s", faster_memory, not_above), 4, 800);
  holds(ordered("step_s", faster_compute, not_above), 5, 800);
}

TEST_CASE("Halving the bits of weights or of the cache never moves or stores more bytes") {
  const auto weights_at = [](double bits) {
    return [bits](Json s) {
      return with(s, {{"scheme", {{"weight_bits", bits}, {"act_bits", 16}, {"group_size", 64}}}});
    };
  };
  // Runtimes of their own count quantized linears: only the ideal one adds nothing to the step.
  const Json ideal{{"kernel", nullptr}, {"runtime", nullptr}};
  for (const char* figure : {"traffic_bytes", "total_bytes", "step_s"}) {
    for (const double bits : {8.0, 4.0, 2.0}) {
      const Json from = with(ideal, weights_at(2 * bits)(Json::object()));
      holds(ordered(figure, weights_at(bits), not_above), 6, 150, from);
    }
    const auto half_cache = [](Json s) { return with(s, {{"kv_bits", 8}}); };
    holds(ordered(figure, half_cache, not_above), 7, 200, {{"kv_bits", 16}});
  }
}

TEST_CASE("KV bytes are linear in the batch, and in the context without windows or states") {
  const Json decode{{"phase", "decode"}, {"generated", nullptr}};
  holds(
      [](const Json& s, const Json& r) -> std::optional<std::string> {
        const double kv = number(r, "kv_bytes");
        const auto batch = result_of(with(s, {{"batch", 3 * number(s, "batch")}}));
        if (std::abs(number(*batch, "kv_bytes") / (3 * kv) - 1) > rounding)
          return std::string("3 times the batch: ") + batch->at("kv_bytes").dump();
        const Json model = answer("describe", s["model"]);
        if (model.contains("sliding_window") || model.contains("ssm")) return std::nullopt;
        const double context = s.value("context", 2048.0);
        const auto longer = result_of(with(s, {{"context", 3 * context}}));
        if (std::abs(number(*longer, "kv_bytes") / (3 * kv) - 1) > rounding)
          return std::string("3 times the context: ") + longer->at("kv_bytes").dump();
        return std::nullopt;
      },
      8, 1000, decode);
}

TEST_CASE(
    "Ideal kernel: a larger batch never takes less time, and never gives fewer tokens a second") {
  const auto more = [](Json s) { return with(s, {{"batch", 1 + number(s, "batch")}}); };
  const auto twice = [](Json s) { return with(s, {{"batch", 2 * number(s, "batch")}}); };
  holds(ordered("step_s", more, not_below), 9, 800, {{"kernel", nullptr}});
  holds(ordered("step_s", twice, not_below), 10, 400, {{"kernel", nullptr}});
  holds(ordered("tokens_per_s", twice, not_below), 11, 400, {{"kernel", nullptr}});
}

TEST_CASE("The largest batch fits, and one more does not") {
  holds(
      [](const Json& s, const Json& r) -> std::optional<std::string> {
        if (r["max_batch"].is_null()) return std::nullopt;
        const double most = number(r, "max_batch");
        if (most >= 1 && most <= 1e9) {
          const auto at = result_of(with(s, {{"batch", most}}));
          if (!at->at("fits")) return "does not fit at " + Json(most).dump();
          if (at->at("tokens_per_s") != r["capacity_tokens_per_s"])
            return std::string("throughput at capacity is another");
        }
        if (most + 1 <= 1e9 && result_of(with(s, {{"batch", most + 1}}))->at("fits"))
          return "fits at " + Json(most + 1).dump() + " as well";
        return std::nullopt;
      },
      12, 800);
}
