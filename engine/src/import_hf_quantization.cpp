// Reads quantization_config: GPTQ, AWQ, bitsandbytes, FP8, compressed-tensors, MXFP4, ModelOpt,
// HQQ, AQLM, EETQ, Quanto and torchao.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "crossover/json_record.h"
#include "import_hf_config.h"

namespace crossover::hugging_face {
namespace {

constexpr Range bits_range{1, 16};

struct Stored {
  double weight_bits = 16;
  std::string_view weight_format = "integer";
  std::string act_format = "fp16";
  double kv_bits = 16;
  double group_size = 0;
  double scale_bits = 16;
  double zero_point_bits = 0;
  bool quantize_head = false;
};

constexpr double digits_of_bits = 6;

/// "hf-gptq-w4-fp16-g128": an id that no spec of the library has.
Json record_of(const std::string& method, const Stored& stored) {
  std::string id = "hf-" + method + "-w" + rounded_text(stored.weight_bits, digits_of_bits) + "-" +
                   stored.act_format;
  if (stored.group_size > 0) id += "-g" + number_text(stored.group_size);
  for (char& c : id) {
    if (c == '+') c = '.';
  }
  Json spec = record(
      {{"id", id},
       {"name", method + ", " + rounded_text(stored.weight_bits, digits_of_bits) + "-bit weights"},
       {"weight_bits", stored.weight_bits},
       {"act_format", stored.act_format},
       {"kv_bits", stored.kv_bits}});
  if (stored.weight_bits < 16) spec["weight_format"] = stored.weight_format;
  if (stored.group_size > 0) {
    spec["group_size"] = stored.group_size;
    spec["scale_bits"] = stored.scale_bits;
  }
  if (stored.zero_point_bits > 0) spec["zero_point_bits"] = stored.zero_point_bits;
  if (stored.quantize_head) spec["quantize_head"] = true;
  return spec;
}

/// Weights that share a scale; -1 stands for a whole row.
double group_size(Config& config, Names names, double fallback) {
  const double group = config.whole_or(names, fallback, {-1, 1e6});
  return group > 0 ? group : 0;
}

Stored read_gptq(Config& config, std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  stored.weight_bits = config.whole({"bits"}, bits_range);
  stored.group_size = group_size(config, {"group_size"}, 128);
  if (!config.flag_or("sym", true)) stored.zero_point_bits = stored.weight_bits;
  stored.quantize_head = config.flag_or("lm_head", false);
  config.flag_or("desc_act", false);
  return stored;
}

Stored read_awq(Config& config, std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  stored.weight_bits = config.whole({"bits", "w_bit"}, bits_range);
  stored.group_size = group_size(config, {"group_size", "q_group_size"}, 128);
  if (config.flag_or("zero_point", true)) stored.zero_point_bits = stored.weight_bits;
  return stored;
}

Stored read_bitsandbytes(Config& config, std::string_view dtype) {
  Stored stored;
  const bool four = config.flag_or("load_in_4bit", false);
  const bool eight = config.flag_or("load_in_8bit", false);
  if (four == eight) {
    config.fail(ErrorCode::out_of_range, "found neither or both; one of 4 and 8 bit is needed",
                "load_in_4bit");
  }
  const bool twice = config.flag_or("bnb_4bit_use_double_quant", false);
  const std::string type = config.text_or("bnb_4bit_quant_type", "fp4");
  if (eight) {
    stored.weight_bits = 8;
    stored.act_format = "int8";
    return stored;
  }
  stored.act_format = dtype;
  stored.weight_bits = 4;
  stored.weight_format = type == "nf4" ? "codebook" : "float";
  stored.group_size = 64;
  stored.scale_bits = twice ? 8 + 32.0 / 256 : 32;  // QLoRA: scales of scales
  return stored;
}

/// Blocks of weights that share a 32-bit scale: [128, 128], or "128x128", makes groups of 16,384.
void read_block(Config& config, std::string_view name, Stored& stored) {
  const Json* block = config.find(name);
  if (block == nullptr) return;
  Json sides = *block;
  if (block->is_string()) {
    const auto& text = block->get_ref<const std::string&>();
    char* end = nullptr;
    const double high = std::strtod(text.c_str(), &end);
    if (*end == 'x') {
      const double low = std::strtod(end + 1, &end);
      if (*end == '\0') sides = {high, low};
    }
  }
  double group = 1;
  for (const Json& side : sides) {
    const double length = side.is_number() ? side.get<double>() : 0;
    if (!(length >= 1 && length <= 1e4) || length != std::floor(length)) {
      config.fail(ErrorCode::out_of_range,
                  "found " + shown(side) + "; whole sides of 1 to 10000 are needed", name);
      return;
    }
    group *= length;
  }
  if (!(group <= 1e6)) {
    config.fail(ErrorCode::out_of_range, "found " + shown(group) + " weights; at most 1e6", name);
    return;
  }
  stored.group_size = group;
  stored.scale_bits = 32;
}

/// A cache of its own precision, as compressed-tensors and ModelOpt write it.
void read_cache(Config& config, Stored& stored) {
  const Json* kv = config.find("kv_cache_scheme");
  if (kv == nullptr || !kv->is_object()) return;
  Config cache(*kv, config.path_of("kv_cache_scheme"));
  stored.kv_bits = cache.whole({"num_bits"}, bits_range);
  config.adopt(cache);
}

Stored read_fp8(Config& config) {
  Stored stored;
  stored.weight_bits = 8;
  stored.weight_format = "float";
  stored.act_format = "fp8";
  read_block(config, "weight_block_size", stored);
  return stored;
}

Stored read_mxfp4(std::string_view dtype) {
  Stored stored;
  stored.weight_bits = 4;
  stored.weight_format = "float";
  stored.act_format = dtype;
  stored.group_size = 32;
  stored.scale_bits = 8;
  return stored;
}

Stored read_modelopt(Config& config, std::string_view dtype) {
  const std::string algorithm = config.text_or("quant_algo", "FP8");
  const std::string kv = config.text_or("kv_cache_quant_algo", "none");
  Stored stored;
  if (algorithm == "NVFP4") {
    stored = Stored{.weight_bits = 4,
                    .weight_format = "float",
                    .act_format = "fp4",
                    .group_size = 16,
                    .scale_bits = 8};
  } else if (algorithm == "FP8") {
    stored = Stored{.weight_bits = 8, .weight_format = "float", .act_format = "fp8"};
  } else {
    config.leave_out("quant_algo", "this algorithm is not known here; weights are left at 16 bit");
    stored.act_format = dtype;
  }
  if (kv == "FP8") stored.kv_bits = 8;
  read_cache(config, stored);
  return stored;
}

/// Scales and zero points stay at 16 bits, or are quantized to 8 themselves.
Stored read_hqq(Config& config, std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  const Json* outer = config.find("quant_config");
  const bool nested = outer != nullptr && outer->is_object() &&
                      outer->contains("weight_quant_params") &&
                      outer->at("weight_quant_params").is_object();
  if (!nested) {
    config.fail(ErrorCode::missing_field,
                "missing; one layout for all layers is known here, with nbits and group_size",
                "quant_config.weight_quant_params");
    return stored;
  }
  Config read(outer->at("weight_quant_params"), config.path_of("quant_config.weight_quant_params"));
  stored.weight_bits = read.whole({"nbits"}, bits_range);
  stored.group_size = group_size(read, {"group_size"}, 0);
  stored.scale_bits = read.flag_or("quant_scale", false) ? 8 : 16;
  stored.zero_point_bits = read.flag_or("quant_zero", false) ? 8 : 16;
  config.adopt(read);
  return stored;
}

/// Groups of weights are entries of a codebook: 16 bits for 8 weights are 2 a weight.
Stored read_aqlm(Config& config, std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  stored.weight_format = "codebook";
  const double inputs = config.whole_or({"in_group_size"}, 8, {1, 1024});
  const double outputs = config.whole_or({"out_group_size"}, 1, {1, 1024});
  const double codebooks = config.whole_or({"num_codebooks"}, 1, {1, 64});
  const double index_bits = config.whole_or({"nbits_per_codebook"}, 16, {1, 24});
  stored.weight_bits = codebooks * index_bits / (inputs * outputs);
  if (!config.failed() &&
      !(stored.weight_bits >= bits_range.low && stored.weight_bits <= bits_range.high)) {
    config.fail(ErrorCode::out_of_range,
                "comes to " + shown(stored.weight_bits) + " bits a weight; 1 to 16 are known here",
                "nbits_per_codebook");
  }
  config.leave_out("num_codebooks", "the codebooks themselves are not counted");
  return stored;
}

Stored read_quanto(Config& config, std::string_view dtype) {
  struct Layout {
    std::string_view name;
    double bits;
    double group;
  };
  // Below 8 bits, groups of 128 share a scale and a shift.
  static constexpr std::array<Layout, 4> layouts{
      {{"int2", 2, 128}, {"int4", 4, 128}, {"int8", 8, 0}, {"float8", 8, 0}}};
  Stored stored;
  stored.act_format = dtype;
  const std::string weights = config.text_or("weights", "int8");
  for (const Layout& layout : layouts) {
    if (layout.name != weights) continue;
    stored.weight_bits = layout.bits;
    stored.group_size = layout.group;
    stored.zero_point_bits = layout.group > 0 ? 16 : 0;
  }
  if (stored.weight_bits == 16) {
    config.fail(ErrorCode::unsupported,
                "found \"" + weights + "\"; int2, int4, int8 and float8 are known here", "weights");
  }
  if (weights == "float8") stored.weight_format = "float";
  const std::string activations = config.text_or("activations", "");
  if (activations == "int8") stored.act_format = "int8";
  if (activations == "float8") stored.act_format = "fp8";
  return stored;
}

/// The name of a torchao layout, and its parameters: {"quant_type": "int4_weight_only",
/// "quant_type_kwargs": {…}}, or {"quant_type": {"default": {"_type": "Int4WeightOnlyConfig",
/// "_data": {…}}}}.
Stored read_torchao(Config& config, std::string_view dtype) {
  struct Layout {
    std::string_view name;
    std::string_view class_name;
    Stored stored;
  };
  static const std::array<Layout, 7> layouts{{
      {"int4_weight_only",
       "Int4WeightOnlyConfig",
       {.weight_bits = 4, .group_size = 128, .zero_point_bits = 16}},
      {"int8_weight_only", "Int8WeightOnlyConfig", {.weight_bits = 8}},
      {"int8_dynamic_activation_int8_weight",
       "Int8DynamicActivationInt8WeightConfig",
       {.weight_bits = 8, .act_format = "int8"}},
      {"int8_dynamic_activation_int4_weight",
       "Int8DynamicActivationInt4WeightConfig",
       {.weight_bits = 4, .act_format = "int8", .group_size = 32}},
      {"float8_weight_only",
       "Float8WeightOnlyConfig",
       {.weight_bits = 8, .weight_format = "float"}},
      {"float8_dynamic_activation_float8_weight",
       "Float8DynamicActivationFloat8WeightConfig",
       {.weight_bits = 8, .weight_format = "float", .act_format = "fp8"}},
      {"float8_dynamic_activation_int4_weight",
       "Float8DynamicActivationInt4WeightConfig",
       {.weight_bits = 4, .act_format = "fp8", .group_size = 128}},
  }};
  const Json* type = config.find("quant_type");
  const Json* parameters = config.find("quant_type_kwargs");
  std::string path = "quant_type_kwargs";
  if (type != nullptr && type->is_object() && type->contains("default")) {
    const Json& layout = type->at("default");
    type = layout.is_object() && layout.contains("_type") ? &layout.at("_type") : nullptr;
    parameters = layout.is_object() && layout.contains("_data") ? &layout.at("_data") : nullptr;
    path = "quant_type.default._data";
  }
  const std::string name = type != nullptr && type->is_string() ? type->get<std::string>() : "";
  Stored stored;
  for (const Layout& layout : layouts) {
    if (name != layout.name && name != layout.class_name) continue;
    stored = layout.stored;
    if (stored.act_format == "fp16") stored.act_format = dtype;
    if (parameters != nullptr && parameters->is_object()) {
      Config read(*parameters, config.path_of(path));
      stored.group_size = group_size(read, {"group_size"}, stored.group_size);
      config.adopt(read);
    }
    return stored;
  }
  std::vector<std::string> known;
  for (const Layout& layout : layouts) known.emplace_back(layout.name);
  config.fail(ErrorCode::unsupported, not_among("layout of torchao known here", name, known),
              "quant_type");
  return stored;
}

/// The format of `bits` wide numbers of compressed-tensors' type "int" or "float".
std::string act_format_of(Config& args, double bits, std::string_view dtype) {
  const bool floating = args.text_or("type", "int") == "float";
  if (bits == 8) return floating ? "fp8" : "int8";
  if (bits == 4) return floating ? "fp4" : "int4";
  return std::string(dtype);
}

Stored read_compressed_tensors(Config& config, std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  const Json* groups = config.find("config_groups");
  if (groups == nullptr || !groups->is_object() || groups->empty()) {
    config.fail(ErrorCode::missing_field, "missing; an object of groups is needed",
                "config_groups");
    return stored;
  }
  if (groups->size() > 1) {
    config.leave_out("config_groups", "only the first group of layers is read");
  }
  const Json& group = groups->begin().value();
  const std::string path = config.path_of("config_groups." + groups->begin().key());
  const auto part = [&](const char* name) -> const Json* {
    if (!group.is_object()) return nullptr;
    const auto it = group.find(name);
    return it == group.end() || !it->is_object() ? nullptr : &*it;
  };
  const Json* weights = part("weights");
  if (weights == nullptr) {
    config.fail(ErrorCode::missing_field, "missing; the layout of the weights is needed",
                "config_groups." + groups->begin().key() + ".weights");
    return stored;
  }
  Config read(*weights, path + ".weights");
  stored.weight_bits = read.whole({"num_bits"}, bits_range);
  stored.group_size = group_size(read, {"group_size"}, 0);
  if (read.text_or("type", "int") == "float") {
    stored.weight_format = "float";
    if (stored.weight_bits == 4 && stored.group_size > 0) stored.scale_bits = 8;
  }
  read_block(read, "block_structure", stored);
  if (!read.flag_or("symmetric", true)) stored.zero_point_bits = stored.weight_bits;
  config.adopt(read);
  if (const Json* acts = part("input_activations"); acts != nullptr) {
    Config act(*acts, path + ".input_activations");
    stored.act_format = act_format_of(act, act.whole({"num_bits"}, bits_range), dtype);
    config.adopt(act);
  }
  read_cache(config, stored);
  return stored;
}

/// Layers that stay wide although the scheme counts them as quantized. Heads, embeddings, norms and
/// routers stay wide anyway.
void name_skipped_modules(Config& config) {
  static constexpr std::array<std::string_view, 5> wide{"lm_head", "embed", "norm", "router",
                                                        "gate."};
  for (const std::string_view key :
       {"modules_to_not_convert", "llm_int8_skip_modules", "skip_modules", "ignore"}) {
    const Json* skipped = config.find(key);
    if (skipped == nullptr || !skipped->is_array()) continue;
    for (const Json& module : *skipped) {
      if (!module.is_string()) continue;
      const std::string name = module.get<std::string>() + ".";
      const bool anyway = std::any_of(wide.begin(), wide.end(), [&](std::string_view part) {
        return name.find(part) != std::string::npos;
      });
      if (anyway) continue;
      config.leave_out(key, "these layers stay wide, but are counted as quantized");
      break;
    }
  }
}

Stored read_eetq(std::string_view dtype) {
  Stored stored;
  stored.act_format = dtype;
  stored.weight_bits = 8;
  return stored;
}

}  // namespace

Json read_quantization(Config& config, std::string_view dtype) {
  std::string method = config.text_or("quant_method", "");
  if (method.empty()) {
    method = config.flag_or("load_in_4bit", false) || config.flag_or("load_in_8bit", false)
                 ? "bitsandbytes"
                 : "none";
  }
  for (char& c : method) {
    if (c == '_' || c == '/') c = '-';
  }
  name_skipped_modules(config);
  if (method == "gptq" || method == "intel-auto-round" || method == "auto-round") {
    return record_of(method, read_gptq(config, dtype));
  }
  if (method == "awq") return record_of(method, read_awq(config, dtype));
  if (method == "bitsandbytes") return record_of(method, read_bitsandbytes(config, dtype));
  if (method == "fp8" || method == "fbgemm-fp8") return record_of(method, read_fp8(config));
  if (method == "mxfp4") return record_of(method, read_mxfp4(dtype));
  if (method == "modelopt") return record_of(method, read_modelopt(config, dtype));
  if (method == "compressed-tensors") {
    return record_of(method, read_compressed_tensors(config, dtype));
  }
  if (method == "hqq") return record_of(method, read_hqq(config, dtype));
  if (method == "aqlm") return record_of(method, read_aqlm(config, dtype));
  if (method == "eetq") return record_of(method, read_eetq(dtype));
  if (method == "quanto") return record_of(method, read_quanto(config, dtype));
  if (method == "torchao") return record_of(method, read_torchao(config, dtype));
  config.leave_out("quant_method", "this method is not known here");
  return nullptr;
}

}  // namespace crossover::hugging_face
