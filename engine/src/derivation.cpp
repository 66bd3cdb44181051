#include "crossover/derivation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "crossover/json_record.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, 12> op_names{
    "leaf", "sum",   "difference", "product",   "quotient", "max",
    "min",  "pnorm", "power",      "one_minus", "ceil",     "floor"};

double apply(Op op, const std::vector<Derivation>& children, double exponent) {
  const auto value = [&](std::size_t i) { return children[i].value(); };
  const auto fold = [&](double start, auto combine) {
    return std::accumulate(
        children.begin(), children.end(), start,
        [&](double total, const Derivation& child) { return combine(total, child.value()); });
  };
  switch (op) {
    case Op::leaf:
      return 0;
    case Op::sum:
      return fold(0, [](double a, double b) { return a + b; });
    case Op::difference:
      return value(0) - value(1);
    case Op::product:
      return fold(1, [](double a, double b) { return a * b; });
    case Op::quotient:
      return value(0) / value(1);
    case Op::max:
      return fold(value(0), [](double a, double b) { return std::max(a, b); });
    case Op::min:
      return fold(value(0), [](double a, double b) { return std::min(a, b); });
    case Op::pnorm: {
      const double high = fold(value(0), [](double a, double b) { return std::max(a, b); });
      if (high <= 0) return high;
      const double sum =
          fold(0, [&](double total, double v) { return total + std::pow(v / high, exponent); });
      return high * std::pow(sum, 1 / exponent);
    }
    case Op::power:
      return std::pow(value(0), exponent);
    case Op::one_minus:
      return 1 - value(0);
    case Op::ceil:
      return std::ceil(value(0));
    case Op::floor:
      return std::floor(value(0));
  }
  return 0;
}

}  // namespace

Derivation::Derivation() = default;
Derivation::Derivation(const Derivation&) = default;
Derivation::Derivation(Derivation&&) noexcept = default;
Derivation& Derivation::operator=(const Derivation&) = default;
Derivation& Derivation::operator=(Derivation&&) noexcept = default;
Derivation::~Derivation() = default;

Derivation leaf(std::string_view symbol, double value, std::string_view unit,
                std::string_view source) {
  Derivation d;
  d.symbol_ = symbol;
  d.value_ = value;
  d.unit_ = unit;
  d.source_ = source;
  return d;
}

Derivation node(Op op, std::string_view symbol, std::string_view unit, std::string_view formula,
                std::span<const Derivation> children, double exponent) {
  Derivation d;
  d.op_ = op;
  d.symbol_ = symbol;
  d.unit_ = unit;
  d.formula_ = formula;
  d.exponent_ = exponent;
  d.children_.assign(children.begin(), children.end());
  d.value_ = apply(op, d.children_, exponent);
  return d;
}

Derivation node(Op op, std::string_view symbol, std::string_view unit, std::string_view formula,
                std::initializer_list<Derivation> children, double exponent) {
  return node(op, symbol, unit, formula,
              std::span<const Derivation>(children.begin(), children.size()), exponent);
}

Json Derivation::json() const {
  Json list = Json::array();
  for (const Derivation& child : children_) list.push_back(child.json());
  const auto or_null = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  Json result = record({{"symbol", symbol_},
                        {"value", std::isfinite(value_) ? std::optional(value_) : std::nullopt},
                        {"unit", unit_},
                        {"op", op_names[static_cast<std::size_t>(op_)]},
                        {"formula", or_null(formula_)},
                        {"source", or_null(source_)},
                        {"children", std::move(list)}});
  if (op_ == Op::pnorm || op_ == Op::power) result["exponent"] = exponent_;
  return result;
}

}  // namespace crossover
