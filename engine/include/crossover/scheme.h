// A quantization scheme: what is stored and what computes.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "crossover/format.h"
#include "crossover/quantity.h"

namespace crossover {

/// How the bits of a stored weight are read: kernels unpack one or two of these.
enum class WeightFormat {
  integer,   ///< evenly spaced values
  floating,  ///< exponent and mantissa: FP8, FP4, microscaling blocks
  codebook,  ///< an index into a table: NF4
  gguf,      ///< llama.cpp's blocks
};
inline constexpr std::array<std::string_view, 4> weight_format_names{"integer", "float", "codebook",
                                                                     "gguf"};

struct LowRankAdapter {
  double rank = 0;  ///< 0: the model's own weights are trained
};

struct Scheme {
  std::string id;
  std::string name;
  double weight_bits = 16;
  WeightFormat weight_format = WeightFormat::integer;  ///< of weights below 16 bit
  Format act_format =
      Format::fp16;  ///< activations: what the multiply reads, hence the compute format
  double kv_bits = 16;
  double group_size =
      0;  ///< weights that share a scale; 0: one scale a row (its bytes are negligible)
  double scale_bits = 16;
  double zero_point_bits = 0;
  bool quantize_head = false;  ///< embedding and LM head at weight_bits too
  LowRankAdapter adapter;      ///< training only

  /// Bits that one stored weight takes, in groups scales and zero points included: 4-bit g128
  /// is 4.125.
  double stored_bits() const {
    const bool scaled = quantized() && group_size > 0;
    return weight_bits + (scaled ? (scale_bits + zero_point_bits) / group_size : 0.0);
  }
  double act_bits() const { return bits_of(act_format); }
  /// What the weights are where nobody says: floating point beside floating-point activations of
  /// the same width, else integers.
  WeightFormat usual_weight_format() const {
    const bool floating = act_format == Format::fp8 || act_format == Format::fp4;
    return floating && weight_bits == act_bits() ? WeightFormat::floating : WeightFormat::integer;
  }
  /// Linear weights need a kernel of their own: anything but 16- or 32-bit weights under
  /// activations of the same width.
  bool quantized() const { return weight_bits < 16; }
};

}  // namespace crossover
