// Reads quantization_config: GPTQ, AWQ, bitsandbytes, FP8, compressed-tensors, MXFP4 and ModelOpt.

#include <cstdio>

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

std::string printed(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", number);
  return text;
}

/// "hf-gptq-w4-fp16-g128": an id that no spec of the library has.
Json record_of(const std::string& method, const Stored& stored) {
  std::string id = "hf-" + method + "-w" + printed(stored.weight_bits) + "-" + stored.act_format;
  if (stored.group_size > 0) id += "-g" + printed(stored.group_size);
  for (char& c : id) {
    if (c == '+') c = '.';
  }
  Json spec = record({{"id", id},
                      {"name", method + ", " + printed(stored.weight_bits) + "-bit weights"},
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

/// Blocks of weights that share a 32-bit scale: [128, 128] makes groups of 16,384.
void read_block(Config& config, std::string_view name, Stored& stored) {
  const Json* block = config.find(name);
  if (block == nullptr) return;
  double group = 1;
  for (const Json& side : *block) {
    const double length = side.is_number() ? side.get<double>() : 0;
    if (!(length >= 1 && length <= 1e4)) {
      config.fail(ErrorCode::out_of_range,
                  "found " + shown(side) + "; sides of 1 to 10000 are needed", name);
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
  const auto adopt = [&](Config& read) {
    if (!read.failed()) return;
    const Error error = read.error();
    const std::string whole = config.path_of("");
    config.fail(error.code, error.message, std::string_view(error.path).substr(whole.size()));
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
  adopt(read);
  if (const Json* acts = part("input_activations"); acts != nullptr) {
    Config act(*acts, path + ".input_activations");
    stored.act_format = act_format_of(act, act.whole({"num_bits"}, bits_range), dtype);
    adopt(act);
  }
  if (const Json* kv = config.find("kv_cache_scheme"); kv != nullptr && kv->is_object()) {
    Config cache(*kv, config.path_of("kv_cache_scheme"));
    stored.kv_bits = cache.whole({"num_bits"}, bits_range);
    adopt(cache);
  }
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
    if (c == '_') c = '-';
  }
  if (method == "gptq") return record_of(method, read_gptq(config, dtype));
  if (method == "awq") return record_of(method, read_awq(config, dtype));
  if (method == "bitsandbytes") return record_of(method, read_bitsandbytes(config, dtype));
  if (method == "fp8" || method == "fbgemm-fp8") return record_of(method, read_fp8(config));
  if (method == "mxfp4") return record_of(method, read_mxfp4(dtype));
  if (method == "modelopt") return record_of(method, read_modelopt(config, dtype));
  if (method == "compressed-tensors") {
    return record_of(method, read_compressed_tensors(config, dtype));
  }
  config.leave_out("quant_method", "this method is not known here");
  return nullptr;
}

}  // namespace crossover::hugging_face
