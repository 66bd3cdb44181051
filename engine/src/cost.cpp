#include "crossover/cost.h"

#include <algorithm>
#include <cmath>

namespace crossover {
namespace {

/// (a^p + b^p)^(1/p), the hard maximum for p = 0. Computed on the ratio, so that nothing overflows.
[[gnu::always_inline]] inline Time soft_maximum(Time a, Time b, double p) {
  const Time high = std::max(a, b);
  if (p <= 0 || high <= Time{}) return high;
  const double ratio = std::min(a, b) / high;
  if (p == 2) return high * std::sqrt(1 + ratio * ratio);
  if (p == 4) {
    const double square = ratio * ratio;
    return high * std::sqrt(std::sqrt(1 + square * square));
  }
  return high * std::pow(1 + std::pow(ratio, p), 1 / p);
}

/// A multiple of 1 pads nothing: the mean tokens of an expert need not be whole.
double padded(double tokens, double multiple) {
  return multiple > 1 ? std::ceil(tokens / multiple) * multiple : tokens;
}

/// A mean that only rounding keeps from a whole number is that number: one token an expert must not
/// take the path of two.
double settled(double mean) {
  constexpr double rounding = 1e-9;
  const double whole = std::round(mean);
  return std::abs(mean - whole) <= rounding * whole ? whole : mean;
}

/// Which bytes an operator bound by memory waits for.
Bound largest(Bytes weights, Bytes kv, Bytes activations) {
  if (weights >= kv && weights >= activations) return Bound::weights;
  return kv >= activations ? Bound::kv : Bound::activations;
}

FlopRate achieved(const Plan& plan, Format format) {
  return plan.rate[index_of(format)] * plan.runtime.compute_efficiency * plan.matmul_share;
}

Bandwidth achieved_bandwidth(const Plan& plan) {
  return plan.bandwidth * plan.runtime.memory_efficiency;
}

GemmPath path_of(const Kernel& kernel, const KernelSegment& segment, Format format,
                 const Plan& plan) {
  const double half2 = segment.vector_half2 ? plan.vector_half2 : 1;
  const double grouped = segment.dequant_grouped_weights_per_clock_sm;
  const double unpack =
      plan.grouped && grouped > 0 ? grouped : segment.dequant_weights_per_clock_sm;
  return {segment.up_to_tokens,
          &segment,
          achieved(plan, format) * plan.compute_share(kernel, segment, format),
          achieved_bandwidth(plan) * segment.bandwidth_fraction,
          plan.sm_clocks_per_s * unpack * half2,
          plan.sm_clocks_per_s * segment.vector_flop_per_clock_sm * half2,
          half2};
}

/// Output tiles run in whole waves over the SMs; a last wave that is not full costs as much as a
/// full one.
double wave_factor(const KernelSegment& segment, const Operator& op, double sm_count,
                   double tokens) {
  if (segment.tile_outputs <= 0 || sm_count <= 0) return 1;
  const double tiles =
      std::ceil(tokens / segment.tile_tokens) * std::ceil(op.outputs / segment.tile_outputs);
  return std::ceil(tiles / sm_count) * sm_count / tiles;
}

double computed_rows(const KernelSegment& segment, double tokens) {
  const bool tiled = segment.tile_outputs > 0 && tokens > segment.tile_tokens;
  return padded(tokens, tiled ? segment.tile_tokens : segment.pad_tokens);
}

/// One execution of a GEMM on its kernel's path for that many tokens.
[[gnu::always_inline]] inline void price_gemm(OperatorTerms& terms, const Operator& op,
                                              const GemmPath& path, const Rates& rates) {
  const KernelSegment& segment = *path.segment;
  const double elements = op.weights * terms.copies;
  terms.launches = 1;
  terms.softness = segment.softness;
  terms.waves = wave_factor(segment, op, rates.sm_count, terms.tokens);
  terms.rows = computed_rows(segment, terms.tokens);
  terms.vector_half2 = path.vector_half2;
  terms.compute = flop(2 * terms.rows * elements) / path.compute * terms.waves;
  if (path.unpack_per_s > 0) {
    if (segment.tile_tokens > 0) terms.tiles = std::ceil(terms.tokens / segment.tile_tokens);
    terms.dequant = seconds(elements * terms.tiles / path.unpack_per_s) * terms.waves;
  }

  Time before;  // what has to be over before the multiply starts
  switch (segment.path) {
    case KernelPath::ideal:
    case KernelPath::baseline:
    case KernelPath::tensor_core:
      break;
    case KernelPath::vector:
      terms.compute = seconds(2 * terms.tokens * elements / path.vector_per_s);
      break;
    case KernelPath::reread:
      // A pass over the weights for each token.
      terms.weights = terms.weights * terms.tokens;
      terms.dequant = terms.dequant * terms.tokens;
      terms.compute = Time{};
      break;
    case KernelPath::dequantize: {
      // Read packed, write wide; then the dense GEMM reads the wide weights at the runtime's own
      // efficiency.
      const Bytes wide = bytes_of(elements, 16);
      terms.launches = 2;
      before =
          soft_maximum((terms.weights + wide) / path.bandwidth, terms.dequant, unpack_softness);
      terms.unpack = before;
      terms.unpack_alu = terms.dequant;
      terms.dequant = Time{};
      terms.weights = terms.weights + wide * 2;
      terms.memory = (wide + terms.activations) / rates.bandwidth;
      break;
    }
  }
  if (segment.path != KernelPath::dequantize)
    terms.memory = (terms.weights + terms.activations) / path.bandwidth;
  const Time arithmetic = terms.compute + terms.dequant;
  terms.time = before + soft_maximum(terms.memory, arithmetic, terms.softness);
  if (before >= std::max({terms.memory, terms.compute, terms.dequant})) {
    terms.bound = before > Time{} ? Bound::dequant : Bound::weights;
  } else if (terms.memory >= std::max(terms.compute, terms.dequant)) {
    terms.bound = largest(terms.weights, terms.kv, terms.activations);
  } else {
    terms.bound = terms.dequant > terms.compute ? Bound::dequant : Bound::compute;
  }
}

[[gnu::always_inline]] inline void price_roofline(OperatorTerms& terms, FlopRate compute,
                                                  Bandwidth bandwidth) {
  const Bytes moved = terms.weights + terms.kv + terms.activations;
  terms.memory = moved / bandwidth;
  if (terms.flop > Flop{}) terms.compute = terms.flop / compute;
  terms.time = std::max(terms.memory, terms.compute);
  terms.bound = terms.memory >= terms.compute ? largest(terms.weights, terms.kv, terms.activations)
                                              : Bound::compute;
}

/// Ring all-reduce: each device sends 2(n-1)/n of the message.
[[gnu::always_inline]] inline void price_all_reduce(OperatorTerms& terms, const Plan& plan) {
  const double n = plan.devices;
  const Bytes sent = terms.activations * (2 * (n - 1) / n);
  terms.memory = sent / (plan.link * plan.runtime.link_efficiency);
  terms.time = plan.runtime.link_latency + terms.memory;
  terms.activations = Bytes{};  // crosses the link, not the memory
  terms.bound = Bound::link;
}

/// Inlined where it is used: a sweep needs a few of the terms, and the compiler drops the others.
/// `path_at` gives a GEMM's path at that many tokens.
template <class PathAt>
[[gnu::always_inline]] inline OperatorTerms priced(const Operator& op, const Plan& plan,
                                                   const Rates& rates, FlopRate compute,
                                                   PathAt path_at, double batch) {
  OperatorTerms terms;
  const double tokens = batch * op.tokens_per_sequence;
  terms.tokens = tokens;
  terms.flop = op.flop_per_token * tokens + op.flop_per_sequence * batch;
  terms.weights = op.weight_bytes + op.weight_bytes_per_token * tokens;
  terms.kv = op.kv_per_sequence * batch;
  terms.activations = op.activation_per_token * tokens;
  if (op.experts > 0) {
    // Distinct experts that these tokens visit when each visits `active_share` of them at random.
    terms.copies = op.experts * (1 - std::pow(1 - op.active_share, tokens));
    terms.weights = op.weight_bytes * terms.copies;
    terms.tokens = settled(tokens * op.experts * op.active_share / terms.copies);
  }
  switch (op.kind) {
    case OperatorKind::gemm:
      price_gemm(terms, op, path_at(terms.tokens), rates);
      break;
    case OperatorKind::all_reduce:
      price_all_reduce(terms, plan);
      break;
    case OperatorKind::attention:
    case OperatorKind::elementwise:
      price_roofline(terms, compute, rates.bandwidth);
      break;
  }
  return terms;
}

[[gnu::always_inline]] inline OperatorCost summed(const OperatorTerms& terms, const Operator& op,
                                                  const Plan& plan) {
  OperatorCost cost;
  cost.flop = terms.flop * op.count;
  cost.weights = terms.weights * op.count;
  cost.kv = terms.kv * op.count;
  cost.activations = terms.activations * op.count;
  cost.time = terms.time * op.count;
  cost.bound = terms.bound;
  if (op.kind == OperatorKind::gemm)
    cost.launch = plan.runtime.gemm_launch * (terms.launches * op.count);
  return cost;
}

Rates rates_of(const Plan& plan) { return {achieved_bandwidth(plan), plan.sm_count}; }

/// The step whose operators cost what `cost_at` gives for their positions.
template <class CostAt>
[[gnu::always_inline]] inline StepCost step_of(const Plan& plan, double batch, CostAt cost_at) {
  StepCost step;
  Time device, launches;
  double quantized_linears = 0;
  for (std::size_t i = 0; i < plan.operators.size(); ++i) {
    const OperatorCost cost = cost_at(i);
    step.by_bound[index_of(cost.bound)] += cost.time;
    step.flop += cost.flop;
    step.traffic += cost.bytes();
    device += cost.time;
    launches += cost.launch;
    if (plan.operators[i].quantized) quantized_linears += plan.operators[i].count;
  }
  const RuntimeConstants& runtime = plan.runtime;
  Time overhead = launches + runtime.sequence * batch + runtime.step;
  if (runtime.eager) {
    step.host =
        runtime.host_layer * plan.layers + runtime.host_quantized_linear * quantized_linears;
    overhead += std::max(Time{}, step.host - device);
  } else {
    overhead += runtime.layer * plan.layers + runtime.quantized_linear * quantized_linears;
  }
  step.by_bound[index_of(Bound::overhead)] = overhead;
  Time most = step.by_bound[index_of(step.regime)];
  for (std::size_t i = 0; i < bound_count; ++i) {
    const Time time = step.by_bound[i];
    step.step += time;
    if (time > most) {
      most = time;
      step.regime = static_cast<Bound>(i);
    }
  }
  return step;
}

}  // namespace

OperatorTerms terms_of(const Operator& op, const Plan& plan, double batch) {
  const auto path_at = [&](double tokens) {
    return path_of(*op.kernel, op.kernel->segment(tokens), op.format, plan);
  };
  return priced(op, plan, rates_of(plan), achieved(plan, op.format), path_at, batch);
}

OperatorCost cost_of(const Operator& op, const Plan& plan, double batch) {
  return summed(terms_of(op, plan, batch), op, plan);
}

StepCost cost_of(const Plan& plan, double batch) {
  return step_of(plan, batch,
                 [&](std::size_t i) { return cost_of(plan.operators[i], plan, batch); });
}

StepPricer::StepPricer(const Plan& plan) : plan_(plan), rates_(rates_of(plan)) {
  operators_.reserve(plan.operators.size());
  for (const Operator& op : plan.operators) {
    const std::size_t first_path = op.kind == OperatorKind::gemm ? paths_for(op) : 0;
    operators_.push_back({achieved(plan, op.format), first_path});
  }
}

std::size_t StepPricer::paths_for(const Operator& op) {
  for (std::size_t i = 0; i < operators_.size(); ++i) {
    const Operator& other = plan_.operators[i];
    const bool same = other.kernel == op.kernel && other.format == op.format;
    if (same && other.kind == OperatorKind::gemm) return operators_[i].first_path;
  }
  const std::size_t first = paths_.size();
  for (const KernelSegment& segment : op.kernel->segments)
    paths_.push_back(path_of(*op.kernel, segment, op.format, plan_));
  paths_.back().up_to_tokens = 0;
  return first;
}

StepCost StepPricer::at(double batch) const {
  return step_of(plan_, batch, [&](std::size_t i) {
    const auto path_at = [&](double tokens) -> const GemmPath& {
      const GemmPath* path = &paths_[operators_[i].first_path];
      while (path->up_to_tokens != 0 && !(tokens <= path->up_to_tokens)) ++path;
      return *path;
    };
    const Operator& op = plan_.operators[i];
    return summed(priced(op, plan_, rates_, operators_[i].compute, path_at, batch), op, plan_);
  });
}

Frequency throughput(const Plan& plan, double batch, Time step) {
  return batch * plan.tokens_per_sequence * (1.0 / step.in(seconds)) * per_second(1);
}

}  // namespace crossover
