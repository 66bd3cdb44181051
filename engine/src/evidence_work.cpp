// The work that a row measured, as steps of the engine, and the time and speed-up it states.

#include <algorithm>
#include <cmath>

#include "evidence_parts.h"

namespace crossover {
namespace {

/// Context of rows that do not state one: a short exchange.
constexpr double unstated_context = 256;

/// One step of a phase that lowering knows.
struct StepShape {
  Phase phase = Phase::decode;
  double batch = 1;
  double context = 0;  ///< decode: tokens in the cache; prefill and train: tokens a sequence
  double repeats = 1;
  GemmShape gemm = {};  ///< phase gemm
};
using Steps = std::vector<StepShape>;

/// The matrices of one layer, each a GEMM: what kernel benchmarks call a model.
Steps layer_of(const Model& model, double tokens) {
  const double queries = model.heads * model.head_dim;
  const double outputs = queries + 2 * model.kv_heads * model.head_dim;
  const double widened = model.gated_mlp ? 2 * model.intermediate : model.intermediate;
  Steps steps;
  for (const auto& [n, k] :
       {std::pair{outputs, model.hidden_dim}, std::pair{model.hidden_dim, queries},
        std::pair{widened, model.hidden_dim}, std::pair{model.hidden_dim, model.intermediate}}) {
    steps.push_back({Phase::gemm, tokens, 0, 1, {tokens, n, k}});
  }
  return steps;
}

/// The steps that a row's figure covers.
tl::expected<Steps, std::string> steps_of(const MeasuredRow& row, const Model* model) {
  if (row.phase == "gemm") {
    const auto tokens = row.m ? row.m : row.batch;
    if (!tokens) return tl::unexpected<std::string>("no rows of the GEMM (m)");
    if (row.n && row.k) return Steps{{Phase::gemm, *tokens, 0, 1, {*tokens, *row.n, *row.k}}};
    if (model == nullptr || model->heads <= 0 || model->moe) {
      return tl::unexpected<std::string>("no shape of the GEMM");
    }
    return layer_of(*model, *tokens);
  }
  if (!row.batch) return tl::unexpected<std::string>("the batch is not controlled");
  const double batch = *row.batch;
  const double generated = row.generated.value_or(0);
  if (row.phase == "decode") {
    // The cache grows over the generation: its middle stands for all steps.
    const double context = row.context || row.generated
                               ? row.context.value_or(0) + std::floor(generated / 2)
                               : unstated_context;
    return Steps{{Phase::decode, batch, std::max(context, 1.0), 1}};
  }
  if (row.phase == "prefill") {
    if (!row.context) return tl::unexpected<std::string>("no prompt length");
    return Steps{{Phase::prefill, batch, *row.context, 1}};
  }
  if (row.phase == "train") {
    return Steps{{Phase::train, batch, row.context.value_or(unstated_context), 1}};
  }
  if (row.phase == "e2e") {
    if (!row.context || generated < 1) {
      return tl::unexpected<std::string>("no prompt or generation length");
    }
    Steps steps{{Phase::prefill, batch, *row.context, 1}};
    if (generated > 1) {
      steps.push_back(
          {Phase::decode, batch, *row.context + std::floor(generated / 2), generated - 1});
    }
    return steps;
  }
  return tl::unexpected("no such phase: " + row.phase);
}

tl::expected<Work, std::string> lowered(RooflineScenario scenario,
                                        const std::vector<StepShape>& steps, Side side) {
  Work work;
  for (const StepShape& step : steps) {
    scenario.phase = step.phase;
    scenario.gemm = step.gemm;
    if (step.phase == Phase::gemm) scenario.model = nullptr;
    scenario.context = step.context;
    scenario.prompt = std::max(step.context, 1.0);
    auto plan = lower(scenario, side);
    if (!plan) return tl::unexpected(plan.error().message);
    work.parts.push_back({std::move(*plan), step.batch, step.repeats});
  }
  return work;
}

EvidenceClass class_of(const MeasuredRow& row, const RooflineScenario& scenario) {
  if (!scenario.scheme.quantized()) return EvidenceClass::dense;
  if (row.phase == "train") return EvidenceClass::train;
  if (row.phase == "prefill") return EvidenceClass::prefill;
  if (row.phase != "gemm") return EvidenceClass::decode;
  if (scenario.kernel->id == "bitblas") return EvidenceClass::gemm_other;
  if (scenario.kernel->segments.front().path != KernelPath::tensor_core) {
    return EvidenceClass::gemm_vector;
  }
  const double capability = scenario.hardware->compute_capability;
  if (capability >= 9 && capability < 10) return EvidenceClass::gemm_tensor_core_hopper;
  return capability >= 8 && capability < 9 ? EvidenceClass::gemm_tensor_core
                                           : EvidenceClass::gemm_other;
}

const Kernel& roofline_kernel() {
  static const Kernel kernel = [] {
    Kernel k;
    k.id = "ideal";
    k.segments.emplace_back();
    return k;
  }();
  return kernel;
}

const Runtime& roofline_runtime() {
  static const Runtime runtime = [] {
    Runtime r;
    r.id = "ideal";
    return r;
  }();
  return runtime;
}

}  // namespace

Time Work::time() const {
  Time total;
  for (const WorkPart& part : parts) total += cost_of(part.plan, part.batch).step * part.repeats;
  return total;
}

Bound Work::regime() const {
  std::array<Time, bound_count> sums{};
  for (const WorkPart& part : parts) {
    const StepCost cost = cost_of(part.plan, part.batch);
    for (std::size_t i = 0; i < bound_count; ++i) sums[i] += cost.by_bound[i] * part.repeats;
  }
  return static_cast<Bound>(std::max_element(sums.begin(), sums.end()) - sums.begin());
}

Time Work::time(const Runtime& runtime) {
  for (WorkPart& part : parts) part.plan.runtime = runtime;
  return static_cast<const Work&>(*this).time();
}

tl::expected<void, std::string> build_work(MappedRow& mapped, const RooflineScenario& stated) {
  const MeasuredRow& row = *mapped.row;
  auto steps = steps_of(row, stated.model);
  if (!steps) return tl::unexpected(steps.error());
  RooflineScenario scenario = stated;
  if (row.phase == "train" && words_of(row.scheme).size() > 1) scenario.scheme.adapter.rank = 8;
  scenario.baseline.adapter = scenario.scheme.adapter;
  mapped.kind = class_of(row, scenario);
  mapped.position = row.phase == "gemm" ? row.m.value_or(row.batch.value_or(1)) : *row.batch;

  mapped.measured_s = seconds_of(row, row.value);
  mapped.measured_baseline_s = seconds_of(row, row.baseline_value);
  mapped.measured_speedup = row.speedup;
  if (!mapped.measured_speedup && states_speedup(row)) mapped.measured_speedup = row.value;
  if (!mapped.measured_speedup && mapped.measured_s && mapped.measured_baseline_s) {
    mapped.measured_speedup = *mapped.measured_baseline_s / *mapped.measured_s;
  }
  if (!mapped.measured_s && !mapped.measured_speedup) {
    return tl::unexpected("neither a time nor a speed-up in " +
                          (row.unit.empty() ? "no unit" : row.unit));
  }
  if (mapped.measured_speedup && *mapped.measured_speedup <= 0) {
    return tl::unexpected<std::string>("a speed-up of nothing");
  }

  struct Lens {
    const Kernel* kernel;
    const Kernel* dense;
    const Runtime* runtime;
    Work* scheme;
    Work* baseline;
  };
  const Lens lenses[] = {
      {stated.kernel, stated.baseline_kernel, stated.runtime, &mapped.work, &mapped.work_baseline},
      {&roofline_kernel(), &roofline_kernel(), &roofline_runtime(), &mapped.ideal,
       &mapped.ideal_baseline}};
  for (const Lens& lens : lenses) {
    scenario.kernel = lens.kernel;
    scenario.baseline_kernel = lens.dense;
    scenario.runtime = lens.runtime;
    scenario.peak_factor = mapped.scheme_peak_factor;
    auto own = lowered(scenario, *steps, Side::scheme);
    if (!own) return tl::unexpected(own.error());
    scenario.peak_factor = 1;
    auto dense = lowered(scenario, *steps, Side::baseline);
    if (!dense) return tl::unexpected(dense.error());
    *lens.scheme = std::move(*own);
    *lens.baseline = std::move(*dense);
  }
  return {};
}

}  // namespace crossover
