// Shared by the explain*.cpp files: the derivations of one side (scheme or baseline) of a scenario.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/catalog.h"
#include "crossover/derivation.h"
#include "crossover/lower.h"

namespace crossover {

struct OperatorTerms;

class Explainer {
 public:
  Explainer(Catalog& catalog, const RooflineScenario& scenario, const Plan& plan,
            const Scheme& scheme, std::string_view batch_source = "scenario")
      : catalog_(catalog),
        scenario_(scenario),
        plan_(plan),
        scheme_(scheme),
        batch_source_(batch_source) {}

  // explain_operators.cpp: what the operators move, compute and take.
  Derivation step() const;
  Derivation flop_of_step() const;
  Derivation traffic() const;

  // explain_memory.cpp: what stays in memory.
  Derivation weight_bytes() const;
  Derivation kv_bytes() const;
  Derivation activation_bytes() const;
  Derivation training_bytes() const;
  Derivation total_bytes() const;
  Derivation usable_bytes() const;
  Derivation max_batch() const;

  // explain_symbols.cpp: figures of the scenario and its specs.
  Derivation tokens() const;
  Derivation peak() const;
  Derivation bandwidth() const;
  Derivation power() const;
  Derivation devices() const;
  Derivation price() const;

 private:
  using List = std::vector<Derivation>;

  Derivation batch() const;
  Derivation eight_bits() const;
  Derivation rate_of(Format format) const;
  /// A figure that follows from the model's shape.
  Derivation number(std::string_view symbol, double value, std::string_view unit = "1") const;
  Derivation runtime_value(std::string_view symbol, double value, std::string_view unit,
                           std::string_view field) const;
  /// The source id that a record gives for one of its fields; "scenario" for what is no record.
  std::string source_of(SpecKind kind, const std::string& id, std::string_view field) const;
  std::string hardware_source(std::string_view field) const;
  std::string model_source(std::string_view field) const;
  std::string scheme_source(std::string_view field) const;
  std::string kernel_source(const Operator& op, std::string_view field) const;

  Derivation kv_per_sequence() const;
  Derivation held_tokens() const;
  Derivation activations_per_sequence() const;
  List fixed_bytes() const;

  Derivation count(const Operator& op) const;
  List matrix(const Operator& op) const;
  Derivation experts_touched(const Operator& op) const;
  Derivation tokens_of(const Operator& op) const;
  Derivation op_flop(const Operator& op) const;
  Derivation op_bytes(const Operator& op) const;
  Derivation kv_moved(const Operator& op) const;
  Derivation packed(const Operator& op, const OperatorTerms* once_per_token) const;
  Derivation wide(const Operator& op, double times) const;
  Derivation activations(const Operator& op) const;
  Derivation achieved_bandwidth(double fraction, const Operator& op) const;
  Derivation achieved_rate(const Operator& op) const;
  Derivation execution(const Operator& op) const;
  Derivation all_reduce(const OperatorTerms& terms) const;
  Derivation sm_rate(const Operator& op, const OperatorTerms& terms, std::string_view symbol,
                     double per_clock, std::string_view unit = "1") const;
  Derivation compute_time(const Operator& op, const OperatorTerms& terms,
                          const KernelSegment& segment) const;
  Derivation unpack_time(const Operator& op, const OperatorTerms& terms,
                         const KernelSegment& segment) const;
  Derivation rows_read(const Operator& op, const OperatorTerms& terms) const;
  Derivation gemm(const Operator& op, const OperatorTerms& terms) const;
  Derivation overhead(const List& operators) const;

  Catalog& catalog_;
  const RooflineScenario& scenario_;
  const Plan& plan_;
  const Scheme& scheme_;
  std::string_view batch_source_;  ///< whether the batch is the scenario's or what fits
  mutable std::map<std::string, Json> records_;  ///< parsed once for all leaves
};

}  // namespace crossover
