// A number with its arithmetic: a tree whose inner nodes name the operation and the formula of
// MODEL.md, and whose leaves name their source. A node computes its value from its children, so a
// tree can't say one thing and be another.
#pragma once

#include <initializer_list>
#include <span>
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
  // Out of line, like everything here: an explanation makes hundreds of these, and a page downloads
  // the code.
  Derivation(const Derivation&);
  Derivation(Derivation&&) noexcept;
  Derivation& operator=(const Derivation&);
  Derivation& operator=(Derivation&&) noexcept;
  ~Derivation();

  double value() const { return value_; }
  /// Derivation of wasm/engine.d.ts.
  Json json() const;

 private:
  friend Derivation leaf(std::string_view, double, std::string_view, std::string_view);
  friend Derivation node(Op, std::string_view, std::string_view, std::string_view,
                         std::span<const Derivation>, double);
  Derivation();
  Op op_ = Op::leaf;
  std::string symbol_, unit_, formula_, source_;
  double exponent_ = 0;
  double value_ = 0;
  std::vector<Derivation> children_;
};

/// A figure of a spec (`source`: an id of specs/sources.json), of the scenario ("scenario") or of a
/// definition
/// ("definition": bits of a byte, seconds of an hour).
Derivation leaf(std::string_view symbol, double value, std::string_view unit,
                std::string_view source);

/// `exponent` is for pnorm (the softness) and power.
Derivation node(Op op, std::string_view symbol, std::string_view unit, std::string_view formula,
                std::span<const Derivation> children, double exponent = 0);
Derivation node(Op op, std::string_view symbol, std::string_view unit, std::string_view formula,
                std::initializer_list<Derivation> children, double exponent = 0);

}  // namespace crossover
