#include "crossover/advise.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "crossover/evaluate.h"
#include "crossover/json_record.h"
#include "crossover/lower.h"
#include "crossover/scenario_json.h"
#include "crossover/tutorial.h"

namespace crossover {
namespace {

/// What is worth comparing with the scenario's own scheme: one of each kind, not every group size.
/// GGUF blocks belong to llama.cpp.
constexpr std::array<std::string_view, 12> candidates{
    "fp16",      "w8a16",     "w8a8-int8", "w8a8-fp8",   "w4a16-g128", "nf4",
    "w4a8-g128", "w4a4-int4", "w4a4-fp4",  "w3a16-g128", "w2a16-g128", "w4a16-g128-kv8"};

struct Option {
  RooflineScenario scenario;
  Plan plan;
  StepCost cost;
  double speedup = 1;
  double max_batch = 0;
  double capacity_tokens = 0;  ///< 0 where nothing fits
  double accuracy = 0;
  std::optional<double> energy, price;  ///< a token; a million tokens
  std::string dominated_by;
};

/// The same in all that is computed from a scheme, whatever it is called.
bool same(const Scheme& a, const Scheme& b) {
  const auto figures = [](const Scheme& s) {
    return std::tuple(s.weight_bits, s.weight_format, s.act_format, s.kv_bits, s.group_size,
                      s.scale_bits, s.zero_point_bits, s.quantize_head);
  };
  return figures(a) == figures(b);
}

double bits_that_cost_accuracy(const Scheme& scheme) {
  return std::min(scheme.weight_bits, scheme.act_bits());
}

Result<Option> priced(const RooflineScenario& scenario) {
  auto plan = lower(scenario, Side::scheme);
  if (!plan) return tl::unexpected(plan.error());
  Option option;
  option.scenario = scenario;
  option.cost = cost_of(*plan, scenario.batch);
  option.plan = std::move(*plan);
  if (const auto point = at_capacity(option.plan)) {
    option.max_batch = point->batch;
    option.capacity_tokens = point->tokens.in(per_second);
  }
  option.accuracy = accuracy_rule(bits_that_cost_accuracy(scenario.scheme));
  const double tokens = scenario.batch * option.plan.tokens_per_sequence;
  if (const auto energy = energy_of(scenario, option.cost.step))
    option.energy = energy->in(joules) / tokens;
  if (const auto rate = device_hour_price(scenario)) {
    option.price = (*rate * option.cost.step * scenario.devices).in(dollars) / tokens * 1e6;
  }
  return option;
}

/// The scheme on the kernel that runs it fastest here, or on the scenario's; nothing where none
/// takes it.
enum class Choice { fastest_kernel, own_kernel };
std::optional<Option> option_of(Catalog& catalog, RooflineScenario scenario, Choice choice) {
  std::optional<Option> best;
  const auto consider = [&](const Kernel* kernel) {
    scenario.kernel = kernel;
    auto option = priced(scenario);
    if (option && (!best || option->cost.step < best->cost.step)) best = std::move(*option);
  };
  if (choice == Choice::own_kernel || scenario.kernel->id == "ideal" ||
      !scenario.scheme.quantized()) {
    consider(scenario.kernel);
    return best;
  }
  for (const CatalogEntry* entry : catalog.entries(SpecKind::kernel)) {
    if (entry->id == "ideal") continue;
    const auto kernel = catalog.kernel(entry->id);
    if (kernel && (*kernel)->unpacks(scenario.scheme)) consider(*kernel);
  }
  return best;
}

/// What costs accuracy: the rule's figure, then the bits, of which the rule tells three classes
/// apart and knows nothing of the cache's.
std::array<double, 4> precision_of(const Option& option) {
  const Scheme& scheme = option.scenario.scheme;
  return {option.accuracy, scheme.weight_bits, scheme.act_bits(), scheme.kv_bits};
}

/// Better or equal in everything that the card of options shows, and better in something. Fewer
/// bits are never as good as more: what the rule does not tell apart, a measurement may.
bool dominates(const Option& a, const Option& b) {
  const auto judged = [](const Option& o) {
    const auto [accuracy, weight_bits, act_bits, kv_bits] = precision_of(o);
    return std::array{-o.cost.step.in(seconds),
                      o.capacity_tokens,
                      -o.plan.footprint.total(o.scenario.batch).in(bytes),
                      accuracy,
                      weight_bits,
                      act_bits,
                      kv_bits};
  };
  const auto of_a = judged(a), of_b = judged(b);
  bool better = false;
  for (std::size_t i = 0; i < of_a.size(); ++i) {
    if (of_a[i] < of_b[i]) return false;
    better = better || of_a[i] > of_b[i];
  }
  return better;
}

/// 1 + how many options are strictly better; null where the option has no such number.
template <class Value>
Json rank_of(const std::vector<Option>& options, const Option& option, Value value) {
  const auto own = value(option);
  if (!own) return nullptr;
  int rank = 1;
  for (const Option& other : options) {
    const auto theirs = value(other);
    if (theirs && *theirs > *own) ++rank;
  }
  return rank;
}

Json ranks(const std::vector<Option>& options, const Option& option) {
  using Value = std::optional<double>;
  const auto negative = [](const std::optional<double>& v) { return v ? Value(-*v) : Value(); };
  return record(
      {{"latency",
        rank_of(options, option, [](const Option& o) { return Value(-o.cost.step.in(seconds)); })},
       {"capacity",
        rank_of(options, option, [](const Option& o) { return Value(o.capacity_tokens); })},
       {"memory", rank_of(options, option,
                          [](const Option& o) {
                            return Value(-o.plan.footprint.total(o.scenario.batch).in(bytes));
                          })},
       {"accuracy",
        rank_of(options, option, [](const Option& o) { return std::optional(precision_of(o)); })},
       {"energy", rank_of(options, option, [&](const Option& o) { return negative(o.energy); })},
       {"cost", rank_of(options, option, [&](const Option& o) { return negative(o.price); })}});
}

/// The one thing to know about an option, as a key of a sentence and its values.
Json reason_of(const Option& option) {
  const StepCost& cost = option.cost;
  const double share = cost.by_bound[index_of(cost.regime)] / cost.step;
  Json reason = record({{"bound", name_of(cost.regime)},
                        {"share", share},
                        {"speedup", option.speedup},
                        {"compute_format", name_of(option.plan.compute.format)},
                        {"max_batch", option.max_batch}});
  if (!option.plan.footprint.fits(option.scenario.batch)) {
    reason["key"] = "does_not_fit";
  } else if (!option.plan.compute.fallback.empty() && cost.regime == Bound::compute) {
    reason["key"] = "fallback";
  } else if (option.speedup < 1) {
    reason["key"] = "slower";
  } else {
    reason["key"] = "bound";
  }
  return reason;
}

}  // namespace

Result<Json> advise(Catalog& catalog, const RooflineScenario& scenario) {
  if (scenario.phase == Phase::gemm) {
    return fail(ErrorCode::unsupported, "advice needs a model: phase decode, prefill or train",
                "phase");
  }
  // One for all: a candidate's own kernel would bring a baseline of its own.
  const auto baseline = lower(scenario, Side::baseline);
  if (!baseline) return tl::unexpected(baseline.error());
  const Time baseline_step = cost_of(*baseline, scenario.batch).step;
  std::vector<Option> options;
  std::optional<Error> refusal;
  bool own_is_listed = false;
  for (const std::string_view id : candidates) {
    auto scheme = catalog.scheme(id);
    if (!scheme) return tl::unexpected(scheme.error());
    RooflineScenario s = scenario;
    s.scheme = *scheme;
    s.scheme.adapter = scenario.scheme.adapter;
    apply_kv_override(s);
    own_is_listed = own_is_listed || same(s.scheme, scenario.scheme);
    if (auto option = option_of(catalog, s, Choice::fastest_kernel)) {
      options.push_back(std::move(*option));
    } else if (!refusal) {
      if (auto reason = priced(s); !reason) refusal = reason.error();
    }
  }
  if (!own_is_listed) {
    // As the scenario has it, unless its kernel unpacks other weights only.
    const auto choice =
        scenario.kernel->unpacks(scenario.scheme) ? Choice::own_kernel : Choice::fastest_kernel;
    if (auto own = option_of(catalog, scenario, choice)) options.push_back(std::move(*own));
  }
  if (options.empty())
    return tl::unexpected(
        refusal.value_or(Error{ErrorCode::unsupported, "no scheme runs here", ""}));
  for (Option& option : options) {
    option.speedup = baseline_step / option.cost.step;
    for (const Option& other : options) {
      if (option.dominated_by.empty() && dominates(other, option))
        option.dominated_by = other.scenario.scheme.id;
    }
  }
  std::stable_sort(options.begin(), options.end(),
                   [](const Option& a, const Option& b) { return a.cost.step < b.cost.step; });

  Json list = Json::array();
  for (const Option& o : options) {
    const Footprint& memory = o.plan.footprint;
    const auto optional = [](const std::optional<double>& v) {
      return v ? Json(*v) : Json(nullptr);
    };
    append(list,
           {{"scheme", o.scenario.scheme.id},
            {"kernel", o.scenario.scheme.quantized() ? o.scenario.kernel->id
                                                     : o.scenario.full_precision_kernel().id},
            {"runtime", o.scenario.runtime->id},
            {"step_s", o.cost.step.in(seconds)},
            {"speedup", o.speedup},
            {"fits", memory.fits(scenario.batch)},
            {"weight_bytes", memory.weights.in(bytes)},
            {"total_bytes", memory.total(scenario.batch).in(bytes)},
            {"max_batch", memory.bounded() ? Json(o.max_batch) : Json(nullptr)},
            {"capacity_tokens_per_s", o.max_batch > 0 ? Json(o.capacity_tokens) : Json(nullptr)},
            {"accuracy_delta", o.accuracy},
            {"kv_bits", o.scenario.scheme.kv_bits},
            {"energy_j_per_token", optional(o.energy)},
            {"cost_usd_per_million_tokens", optional(o.price)},
            {"dominated_by", o.dominated_by.empty() ? Json(nullptr) : Json(o.dominated_by)},
            {"rank", ranks(options, o)},
            {"reason", reason_of(o)}});
  }
  return list;
}

}  // namespace crossover
