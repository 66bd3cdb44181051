// Derivations of the roofline lens: the figures of the scenario and of its specs, with their
// sources.
#include "crossover/evaluate.h"
#include "explain_parts.h"

namespace crossover {

std::string Explainer::source_of(SpecKind kind, const std::string& id,
                                 std::string_view field) const {
  const std::string key = std::to_string(static_cast<int>(kind)) + " " + id;
  auto known = records_.find(key);
  if (known == records_.end()) {
    Json record;
    for (const CatalogEntry* entry : catalog_.entries(kind)) {
      if (entry->id == id) record = parse_record(entry->json);
    }
    known = records_.emplace(key, std::move(record)).first;
  }
  const Json& record = known->second;
  if (!record.is_object()) return "scenario";  // described inline
  const Json& sources = record.value("value_sources", Json::object());
  // A rate may have a source of its own: "peak_flop_per_s.int4", else that of all rates.
  for (const std::string_view name : {field, field.substr(0, field.find('.'))}) {
    if (const auto found = sources.find(std::string(name)); found != sources.end()) {
      return found->get<std::string>();
    }
  }
  const auto stated = record.find("source");
  return stated != record.end() && stated->is_string() ? stated->get<std::string>() : "scenario";
}

std::string Explainer::hardware_source(std::string_view field) const {
  return source_of(SpecKind::hardware, scenario_.hardware->id, field);
}
std::string Explainer::model_source(std::string_view field) const {
  if (scenario_.model == nullptr) return "scenario";
  return source_of(SpecKind::model, scenario_.model->id, field);
}
std::string Explainer::scheme_source(std::string_view field) const {
  // A suffix names another cache of the same record.
  return source_of(SpecKind::scheme, scheme_.id.substr(0, scheme_.id.find("-kv")), field);
}
std::string Explainer::kernel_source(const Operator& op, std::string_view field) const {
  return source_of(SpecKind::kernel, op.kernel->id, field);
}

Derivation Explainer::runtime_value(std::string_view symbol, double value, std::string_view unit,
                                    std::string_view field) const {
  return leaf(symbol, value, unit, source_of(SpecKind::runtime, scenario_.runtime->id, field));
}
Derivation Explainer::number(std::string_view symbol, double value, std::string_view unit) const {
  return leaf(symbol, value, unit, model_source("hidden_dim"));
}
Derivation Explainer::eight_bits() const { return leaf("8", 8, "bit/B", "definition"); }
Derivation Explainer::batch() const { return leaf("B", scenario_.batch, "1", batch_source_); }
Derivation Explainer::devices() const { return leaf("n", plan_.devices, "1", "scenario"); }

Derivation Explainer::tokens() const {
  return node(Op::product, "new tokens", "token", "tokens",
              {batch(), leaf("T", plan_.tokens_per_sequence, "token", "scenario")});
}

Derivation Explainer::rate_of(Format format) const {
  const std::string name(name_of(format));
  const double factor = scenario_.peak_factor;
  Derivation rated = leaf("F_" + name, (plan_.rate[index_of(format)] / factor).in(flop_per_second),
                          "FLOP/s", hardware_source("peak_flop_per_s." + name));
  if (factor == 1) return rated;
  return node(Op::product, "F", "FLOP/s", "what_if_peak",
              {rated, leaf("factor", factor, "1", "scenario")});
}
Derivation Explainer::peak() const { return rate_of(plan_.compute.format); }

Derivation Explainer::bandwidth() const {
  return leaf("BW", plan_.bandwidth.in(bytes_per_second), "B/s",
              scenario_.bandwidth ? "scenario" : hardware_source("memory_bandwidth_bytes_per_s"));
}

Derivation Explainer::power() const {
  const Power each = scenario_.power ? *scenario_.power : *scenario_.hardware->tdp;
  return leaf("P", each.in(watts), "W", scenario_.power ? "scenario" : hardware_source("tdp_w"));
}

Derivation Explainer::price() const {
  if (scenario_.price)
    return leaf("price", scenario_.price->in(dollars_per_hour), "USD/h", "scenario");
  const double listed = scenario_.hardware->price->in(dollars);
  return node(Op::quotient, "price", "USD/h", "amortized_price",
              {leaf("list price", listed, "USD", hardware_source("price_usd")),
               node(Op::product, "hours of use", "h", "amortized_price",
                    {leaf("years", scenario_.amortization_years, "year", "scenario"),
                     leaf("hours a year", hours_per_year, "h/year", "definition")})});
}

}  // namespace crossover
