// Lowering: a scenario becomes a short list of operators whose bytes and FLOP are linear in the
// batch, so that a sweep over batches lowers once. MODEL.md §2.2 derives each operator.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/error.h"
#include "crossover/scenario.h"

namespace crossover {

/// What limits an operator or a step. `link` is several devices' all-reduce, `overhead` what no
/// operator accounts for.
enum class Bound { weights, kv, activations, compute, dequant, link, overhead };
inline constexpr std::array<std::string_view, 7> bound_names{
    "weights", "kv", "activations", "compute", "dequant", "link", "overhead"};
inline constexpr std::size_t bound_count = bound_names.size();
constexpr std::size_t index_of(Bound bound) { return static_cast<std::size_t>(bound); }
constexpr std::string_view name_of(Bound bound) { return bound_names[index_of(bound)]; }

/// Operators that multiply by a weight matrix take the kernel's path; the others are one roofline
/// of their own.
enum class OperatorKind { gemm, attention, elementwise, all_reduce };

/// One kind of operator on one device. Bytes and FLOP are those of ONE execution; it runs `count`
/// times a step.
struct Operator {
  std::string_view name;
  OperatorKind kind = OperatorKind::elementwise;
  double count = 1;
  double passes = 1;  ///< of `count`: forward alone, or training's passes forward and backward
  Format format = Format::fp16;
  const Kernel* kernel = nullptr;
  bool quantized = false;  ///< its weights are stored below 16 bit: the scheme's kernel runs it

  double outputs = 0;       ///< columns of the matrix on this device
  double weights = 0;       ///< matrix elements (one expert's in a mixture)
  Bytes weight_bytes;       ///< of `weights`, as stored
  double experts = 0;       ///< mixture: experts on this device; 0: one matrix
  double active_share = 0;  ///< mixture: share of them that one token visits

  // Per token of the step (tokens = batch x tokens a sequence):
  Flop flop_per_token;
  Bytes weight_bytes_per_token;  ///< rows looked up (embedding)
  Bytes activation_per_token;
  // Per sequence of the batch:
  double tokens_per_sequence = 1;  ///< rows that the matrix is applied to
  Flop flop_per_sequence;
  Bytes kv_per_sequence;
};

/// What the scheme asks a device to multiply in, and what it gets.
struct ComputeFormat {
  Format format = Format::fp16;
  FlopRate peak;
  std::string fallback;  ///< why it is not what was asked for; empty when it is
};
/// The activation format where the device has it natively, else the next wider native one.
/// Errors: unsupported where the device lists no rate that is wide enough.
Result<ComputeFormat> compute_format(const Hardware& hardware, Format wanted);

/// Bytes that stay in memory on one device.
struct Footprint {
  Bytes weights;
  Bytes weights_at_scheme_bits;  ///< of `weights`: what other weight bits would change
  Bytes kv_per_sequence;         ///< cache or state, with the tokens still to come
  Bytes activations_per_sequence;
  double trainable = 0;      ///< training: parameters that are updated
  Bytes training;            ///< gradients and optimizer state
  Bytes saved_per_sequence;  ///< training: activations kept for the backward pass
  Bytes reserve;
  Bytes capacity;  ///< of the device
  Bytes usable;    ///< capacity x memory_utilization

  Bytes per_sequence() const {
    return kv_per_sequence + activations_per_sequence + saved_per_sequence;
  }
  Bytes total(double batch) const { return weights + training + reserve + per_sequence() * batch; }
  /// A batch takes memory that is known: there is a largest one.
  bool bounded() const { return per_sequence() > Bytes{}; }
  bool fits(double batch) const { return total(batch) <= usable; }
  /// Largest batch that fits; 0 where not even one sequence does, or where nothing bounds it.
  double max_batch() const;
};

/// A lowered scheme: all that a step at any batch needs.
struct Plan {
  /// A prefill in chunks repeats a name: each chunk's attention has a longer prefix.
  std::vector<Operator> operators;
  ComputeFormat compute;  ///< of the quantized linears
  std::array<FlopRate, format_count>
      rate;  ///< achieved peak by format (datasheet x what-if factor); 0 where not native
  Bandwidth bandwidth;         ///< datasheet x what-if
  double sm_clocks_per_s = 0;  ///< SM count x clock
  double sm_count = 0;
  double vector_half2 = 1;     ///< rate of packed FP16 vector math over the usual one
  bool hopper = false;         ///< compute capability 9 or 10: asynchronous matrix instructions
  double fp16_accumulate = 1;  ///< rate of FP16 products added up in FP16 over the usual one
  double matmul_share = 1;     ///< of the device, see Hardware; 1 under the datasheet's own runtime
  bool grouped = false;        ///< groups of weights share a scale
  RuntimeConstants runtime;
  double layers = 0;
  double devices = 1;
  Bandwidth link;                  ///< per direction
  double tokens_per_sequence = 1;  ///< counted as produced by one sequence in one step
  Footprint footprint;
  std::vector<std::string_view> assumptions;

  /// Share of the achieved peak that a kernel's path reaches on this device.
  double compute_share(const Kernel& kernel, const KernelSegment& segment, Format format) const {
    const double accumulated =
        kernel.fp16_accumulate && format == Format::fp16 ? fp16_accumulate : 1;
    return segment.compute_fraction * accumulated * (hopper ? kernel.hopper_compute_fraction : 1);
  }
};

/// Lowers the scenario's scheme (or its baseline). Errors: unsupported combinations of model,
/// phase, kernel and device.
enum class Side { scheme, baseline };
Result<Plan> lower(const RooflineScenario& scenario, Side side);

}  // namespace crossover
