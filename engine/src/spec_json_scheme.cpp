// Reads quantization schemes and the tutorial's calibrations.

#include "crossover/spec_json.h"
#include "spec_fields.h"

namespace crossover {

Result<Scheme> read_scheme(const Json& json, std::string path) {
  ObjectReader reader(json, std::move(path));
  Scheme scheme;
  const SpecHeader header = read_header(reader);
  scheme.id = header.id;
  scheme.name = header.name;
  scheme.weight_bits = reader.number("weight_bits", {1, 64});
  scheme.act_format = read_format(reader, "act_format");
  scheme.weight_format = read_weight_format(reader, scheme);
  scheme.kv_bits = reader.number_or("kv_bits", 16, {1, 64});
  scheme.group_size = reader.whole_or("group_size", 0, {0, 1e6});
  scheme.scale_bits = reader.number_or("scale_bits", 16, {0, 1e4});
  scheme.zero_point_bits = reader.number_or("zero_point_bits", 0, {0, 64});
  scheme.quantize_head = reader.flag_or("quantize_head", false);
  return finished(reader, std::move(scheme));
}

Result<Calibration> read_calibration(const Json& json, std::string path) {
  ObjectReader reader(json, std::move(path));
  Calibration calibration;
  const SpecHeader header = read_header(reader);
  calibration.id = header.id;
  calibration.name = header.name;
  calibration.layer_overhead = reader.quantity("layer_overhead_s", seconds, {0, 1});
  calibration.decode_bandwidth = reader.number_or("decode_bandwidth", 1, {0.01, 1});
  calibration.fitted = reader.text_or("fitted", "");
  return finished(reader, std::move(calibration));
}

}  // namespace crossover
