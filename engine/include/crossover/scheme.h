// A quantization scheme: what is stored and what computes.
#pragma once

#include <string>

#include "crossover/format.h"
#include "crossover/quantity.h"

namespace crossover {

struct LowRankAdapter {
  double rank = 0;  ///< 0: the model's own weights are trained
};

struct Scheme {
  std::string id;
  std::string name;
  double weight_bits = 16;
  Format act_format =
      Format::fp16;  ///< activations: what the multiply reads, hence the compute format
  double kv_bits = 16;
  double group_size =
      0;  ///< weights that share a scale; 0: one scale a row (its bytes are negligible)
  double scale_bits = 16;
  double zero_point_bits = 0;
  bool quantize_head = false;  ///< embedding and LM head at weight_bits too
  LowRankAdapter adapter;      ///< training only

  /// Bits that one stored weight takes, scales and zero points included: 4-bit g128 is 4.125.
  double stored_bits() const {
    return weight_bits + (group_size > 0 ? (scale_bits + zero_point_bits) / group_size : 0.0);
  }
  double act_bits() const { return bits_of(act_format); }
  /// Linear weights need a kernel of their own: anything but 16- or 32-bit weights under
  /// activations of the same width.
  bool quantized() const { return weight_bits < 16; }
};

}  // namespace crossover
