// Cost: the time of each operator and of the step. MODEL.md §2.3 and §2.4 derive each form.
#pragma once

#include <array>
#include <vector>

#include "crossover/lower.h"

namespace crossover {

/// One operator at one batch: all its executions together.
struct OperatorCost {
  Flop flop;
  Bytes weights, kv, activations;
  Time time;
  Time launch;  ///< fixed time of its kernels: part of the step's overhead, not of `time`
  Bound bound = Bound::compute;
  Bytes bytes() const { return weights + kv + activations; }
};

/// Terms of one execution of an operator: what explain() shows.
struct OperatorTerms {
  double tokens = 0;    ///< rows of one GEMM (one expert's in a mixture)
  double launches = 0;  ///< kernels started
  double copies = 1;    ///< matrices multiplied: experts touched
  Flop flop;
  Bytes weights, kv, activations;
  Time memory, compute, dequant;
  double softness = 0;      ///< exponent of the soft maximum; 0: hard
  Time unpack;              ///< dequantize path: a pass of its own before the multiply
  Time unpack_alu;          ///< the arithmetic of that pass, overlapped with its memory traffic
  double rows = 0;          ///< tokens computed, padding included
  double tiles = 1;         ///< times that every weight is unpacked
  double vector_half2 = 1;  ///< of the device, where the path uses it
  double waves = 1;         ///< whole waves of tiles over the waves that the tiles would fill
  Time time;
  Bound bound = Bound::compute;
};
/// Softness of the dequantize path's first pass, whose unpacking hides behind its memory traffic.
inline constexpr double unpack_softness = 4;

OperatorTerms terms_of(const Operator& op, const Plan& plan, double batch);

/// Of the device under the plan's runtime.
struct Rates {
  Bandwidth bandwidth;
  double sm_count = 0;
};

struct StepCost {
  Time step;  ///< the sum of by_bound, in that order
  Flop flop;
  Bytes traffic;
  Bound regime = Bound::compute;  ///< the largest of by_bound
  std::array<Time, bound_count> by_bound;
  Time host;  ///< eager runtimes: the host's time, which hides or is hidden
};

OperatorCost cost_of(const Operator& op, const Plan& plan, double batch);

/// A kernel's segment with everything resolved that the plan decides.
struct GemmPath {
  double up_to_tokens = 0;  ///< of the segment
  const KernelSegment* segment = nullptr;
  FlopRate compute;
  Bandwidth bandwidth;      ///< at which it reads packed weights
  double unpack_per_s = 0;  ///< weights; 0: free
  double vector_per_s = 0;  ///< FLOP
  double vector_half2 = 1;
};

/// Prices steps of one plan, which has to outlive it: what does not depend on the batch is worked
/// out once.
class StepPricer {
 public:
  explicit StepPricer(const Plan& plan);
  /// One step of `batch` sequences. Allocates nothing.
  StepCost at(double batch) const;

 private:
  struct PricedOperator {
    FlopRate compute;            ///< achieved in its format
    std::size_t first_path = 0;  ///< of a GEMM: where its kernel's begin in paths_
  };
  std::size_t paths_for(const Operator& op);
  const Plan& plan_;
  Rates rates_;
  std::vector<PricedOperator> operators_;  ///< one each of the plan's
  std::vector<GemmPath> paths_;            ///< one a segment, for each kernel and format
};

/// One step of `batch` sequences.
StepCost cost_of(const Plan& plan, double batch);

/// New tokens (or inputs) a second on all devices.
Frequency throughput(const Plan& plan, double batch, Time step);

}  // namespace crossover
