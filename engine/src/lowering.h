// Shared by the lower_*.cpp files: what every operator of a plan is built from.
#pragma once

#include <string_view>

#include "crossover/lower.h"

namespace crossover {

/// Bytes of an FP32 element: logits, master weights, optimizer moments.
inline constexpr double fp32_bytes = 4;

struct LoweringContext {
  const RooflineScenario& scenario;
  const Scheme& scheme;
  const Kernel& kernel;        ///< of the quantized linears
  const Kernel& dense_kernel;  ///< of everything kept at full precision
  ComputeFormat dense;         ///< 16 bit or wider: attention, LM head, router
  double full_bits =
      16;  ///< stored bits of what is not quantized: weights, activations between operators
  Plan& plan;

  double full_bytes() const { return full_bits / 8; }
  double stored_weight_bits() const { return scheme.stored_bits(); }
  /// One more operator, to be filled in before the next one comes.
  Operator& add(std::string_view name) const {
    Operator& op = plan.operators.emplace_back();
    op.name = name;
    return op;
  }
  void assume(std::string_view key) const { plan.assumptions.push_back(key); }
};

/// How a matrix is cut over the devices: by its outputs (all inputs read) or by its inputs (all
/// outputs written).
enum class Cut { outputs, inputs, none };

struct LinearShape {
  std::string_view name;
  double count = 1;
  double inputs = 0;
  double outputs = 0;
  double tokens_per_sequence = 1;
  Cut cut = Cut::outputs;
  bool full_precision = false;  ///< LM head, router: not quantized by the scheme
};
/// Adds a matrix multiply over the tokens of the step, on one device; as LoweringContext::add.
Operator& add_linear(const LoweringContext& low, const LinearShape& shape);

/// Tokens that one sequence brings through the layers at once, after `prefix` cached ones.
struct Span {
  double tokens = 1;
  double prefix = 0;
};

void lower_transformer(const LoweringContext& low);
void lower_state_space(const LoweringContext& low);
void lower_one_operator(const LoweringContext& low);
void lower_lumped(const LoweringContext& low);
void lower_gemm(const LoweringContext& low);
/// Parameters that training updates, on all devices: the model's, or those of the low-rank
/// adapters.
struct Trainable {
  double stored = 0;
  double active = 0;  ///< of them, what one token visits: not every expert
};
Trainable trainable_parameters(const LoweringContext& low);
/// Bytes of an optimizer step for each trainable parameter, mixed precision (16-bit weights and
/// gradients, FP32 master weights and moments): Rajbhandari et al. (2020), §3.1.
struct OptimizerBytes {
  double gradient = 2, weight = 2;
  double master = fp32_bytes;
  double moments = 0;
  /// Gradient read, master and moments read and written, weight written.
  double moved() const { return gradient + 2 * (master + moments) + weight; }
  double kept() const { return gradient + master + moments; }
};
OptimizerBytes optimizer_bytes(Optimizer optimizer);
/// Turns a forward pass into a training step: backward passes, gradients, optimizer.
void lower_training(const LoweringContext& low, const Trainable& trainable);

/// Parameters of a transformer or state-space model by where they stand on several devices.
struct PlacedParameters {
  double cut = 0;    ///< linears, cut over the devices
  double whole = 0;  ///< linears that stand on each of them: the latents' first projections
  double head = 0;   ///< embedding and LM head, cut
  double other = 0;  ///< norms, biases, routers: on each, at full precision
};
PlacedParameters placed_parameters(const Model& model, double devices);

/// What the activations in memory of one sequence are counted from, on one device.
struct ActivationShape {
  double tokens = 0;    ///< that pass at once
  double residual = 0;  ///< elements a token: the residual stream, read and written
  double widest = 0;    ///< elements a token: the widest intermediate
  double scored = 0;    ///< tokens with logits, in FP32
  double logits = 0;    ///< of one token
  double kept = 0;      ///< training: elements a token and layer that the backward pass needs
};
ActivationShape activation_shape(const RooflineScenario& scenario, double devices);

Footprint footprint_of(const LoweringContext& low, const Trainable& trainable);

}  // namespace crossover
