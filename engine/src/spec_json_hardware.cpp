// Reads a device. Ranges span everything that computes: a microcontroller (256 KB, 64 MFLOP/s) to a
// rack (15 TB, 648 PFLOP/s).

#include "crossover/spec_json.h"
#include "spec_fields.h"

namespace crossover {
namespace {

constexpr Range capacity_range{1e3, 1e16};
constexpr Range bandwidth_range{1e5, 1e18};
constexpr Range peak_range{1e6, 1e21};
constexpr Range power_range{1e-4, 1e7};
constexpr Range price_range{0, 1e9};
constexpr Range time_range{0, 10};

using Rates = std::array<std::optional<FlopRate>, format_count>;

/// Peak rates by format; `reader` is the object that holds them.
Rates read_rates(ObjectReader reader) {
  Rates rates;
  for (const FormatInfo& info : format_table) {
    rates[index_of(info.format)] = reader.optional_quantity(info.name, flop_per_second, peak_range);
  }
  reader.finish();
  return rates;
}

/// A link as the datasheet states it: many add up both directions.
std::optional<Link> read_link(ObjectReader& parent, std::string_view key) {
  if (!parent.has(key)) return std::nullopt;
  static constexpr std::array<std::string_view, 2> directions{"per_direction",
                                                              "bidirectional_total"};
  ObjectReader reader = parent.object(key);
  Link link;
  link.name = reader.text_or("name", key);
  const Bandwidth stated =
      reader.quantity("bandwidth_bytes_per_s", bytes_per_second, bandwidth_range);
  link.per_direction = reader.choice_or("direction", directions, 0) == 1 ? stated / 2 : stated;
  reader.finish();
  return link;
}

/// On-chip memory: documented; only the tutorial lens computes with it, from its own figures.
void check_on_chip(ObjectReader& parent) {
  if (!parent.has("on_chip")) return;
  ObjectReader reader = parent.object("on_chip");
  reader.optional_number("capacity_bytes", capacity_range);
  reader.optional_number("bandwidth_bytes_per_s", bandwidth_range);
  reader.optional_number("flash_bytes", capacity_range);
  reader.optional_number("flash_bandwidth_bytes_per_s", bandwidth_range);
  reader.finish();
}

std::optional<TutorialHardware> read_tutorial(ObjectReader& parent) {
  if (!parent.has("tutorial")) return std::nullopt;
  ObjectReader reader = parent.object("tutorial");
  TutorialHardware device;
  device.key = reader.text("key");
  reader.text_or("name", "");
  reader.optional_number("year", {1940, 2100});
  device.peak = reader.quantity("peak_flop_per_s", flop_per_second, peak_range);
  device.rates = read_rates(reader.object("rates_flop_per_s"));
  reader.ignore("other_rates_flop_per_s");
  device.memory_capacity = reader.quantity("memory_capacity_bytes", bytes, capacity_range);
  device.memory_bandwidth =
      reader.quantity("memory_bandwidth_bytes_per_s", bytes_per_second, bandwidth_range);
  device.tdp = reader.optional_quantity("tdp_w", watts, power_range);
  device.dispatch = reader.quantity_or("dispatch_s", seconds, Time{}, time_range);
  device.host_link =
      reader.optional_quantity("host_link_bytes_per_s", bytes_per_second, bandwidth_range);
  device.sram_capacity = reader.optional_quantity("sram_capacity_bytes", bytes, capacity_range);
  device.sram_bandwidth =
      reader.optional_quantity("sram_bandwidth_bytes_per_s", bytes_per_second, bandwidth_range);
  device.flash_bandwidth =
      reader.optional_quantity("flash_bandwidth_bytes_per_s", bytes_per_second, bandwidth_range);
  reader.optional_number("price_usd", price_range);
  reader.finish();
  return device;
}

/// What large FP16 products reach of the listed peak on the A100 SXM 80GB: 258.74 of 312 TFLOP/s
/// (source torch-performance-data).
constexpr double matmul_share_of_a100 = 258.74 / 312;

/// Rates of FP16 products beside the listed peak: added up in FP16, and as measured.
void read_fp16_rates(ObjectReader& reader, Hardware& device) {
  const auto accumulate =
      reader.optional_quantity("fp16_accumulate_flop_per_s", flop_per_second, peak_range);
  const auto measured =
      reader.optional_quantity("matmul_fp16_flop_per_s", flop_per_second, peak_range);
  const auto& listed = device.peak[index_of(Format::fp16)];
  if (!listed) return;
  if (accumulate) device.fp16_accumulate = *accumulate / *listed;
  if (measured) device.matmul_share = *measured / *listed / matmul_share_of_a100;
}

}  // namespace

Result<Hardware> read_hardware(const Json& json, std::string path) {
  static constexpr std::array<std::string_view, 5> classes{"cloud", "workstation", "edge", "mobile",
                                                           "tiny"};
  ObjectReader reader(json, std::move(path));
  Hardware device;
  const SpecHeader header = read_header(reader);
  device.id = header.id;
  device.name = header.name;
  device.vendor = reader.text_or("vendor", "");
  reader.optional_number("year", {1940, 2100});
  reader.choice_or("class", classes, 0);
  reader.text_or("generation", "");
  device.compute_capability = reader.number_or("compute_capability", 0, {1, 100});
  device.memory_capacity = reader.quantity("memory_capacity_bytes", bytes, capacity_range);
  device.memory_bandwidth =
      reader.quantity("memory_bandwidth_bytes_per_s", bytes_per_second, bandwidth_range);
  if (!reader.has("peak_flop_per_s")) {
    reader.fail(ErrorCode::missing_field, "missing; dense peak rates by format are needed",
                "peak_flop_per_s");
  }
  device.peak = read_rates(reader.object("peak_flop_per_s"));
  bool any = false;
  for (const auto& rate : device.peak) any = any || rate.has_value();
  if (!any) {
    reader.fail(ErrorCode::missing_field, "empty; at least one format needs its dense peak rate",
                "peak_flop_per_s");
  }
  read_fp16_rates(reader, device);
  device.sm_count = reader.whole_or("sm_count", 0, {1, 1e6});
  device.clock = reader.quantity_or("clock_hz", hertz, Frequency{}, {1e5, 1e11});
  device.l2 = reader.quantity_or("l2_bytes", bytes, Bytes{}, {1e3, 1e12});
  device.tdp = reader.optional_quantity("tdp_w", watts, power_range);
  device.host_link = read_link(reader, "host_link");
  device.device_link = read_link(reader, "device_link");
  device.price = reader.optional_quantity("price_usd", dollars, price_range);
  check_on_chip(reader);
  device.tutorial = read_tutorial(reader);
  if (!device.tutorial) device.tutorial = tutorial_view(device);
  return finished(reader, std::move(device));
}

}  // namespace crossover
