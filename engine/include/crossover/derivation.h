// A number with its arithmetic: a tree whose inner nodes name the operation and the formula of
// MODEL.md, and whose leaves name their source. A node computes its value from its children, so a
// tree can't say one thing and be another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crossover/json_reader.h"

namespace crossover {

enum class Op {
  leaf,
  sum,
  difference,
  product,
  quotient,
  max,
  min,
  pnorm,
  power,
  one_minus,
  ceil,
  floor
};

class Derivation {
 public:
  /// A figure of a spec (`source`: an id of specs/sources.json), of the scenario ("scenario") or of
  /// a definition
  /// ("definition": bits of a byte, seconds of an hour).
  static Derivation leaf(std::string symbol, double value, std::string unit, std::string source);
  /// `exponent` is for pnorm (the softness; 0: the maximum) and power.
  static Derivation node(Op op, std::string symbol, std::string unit, std::string formula,
                         std::vector<Derivation> children, double exponent = 0);

  double value() const { return value_; }
  /// Derivation of wasm/engine.d.ts.
  Json json() const;

 private:
  Op op_ = Op::leaf;
  std::string symbol_, unit_, formula_, source_;
  double exponent_ = 0;
  double value_ = 0;
  std::vector<Derivation> children_;
};

}  // namespace crossover
