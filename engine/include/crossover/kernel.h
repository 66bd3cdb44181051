// A GEMM kernel: for M tokens against an N x K weight matrix, which path it takes and the few
// constants of that path.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "crossover/format.h"
#include "crossover/quantity.h"
#include "crossover/scheme.h"

namespace crossover {

enum class KernelPath {
  ideal,        ///< max(memory, compute): the roofline itself
  baseline,     ///< dense library GEMM, softened maximum
  tensor_core,  ///< dequantized on the fly, multiplied on tensor cores; or quantized activations
                ///< without dequantization
  vector,       ///< multiplied on the vector units
  reread,       ///< weights read once per token
  dequantize,   ///< unpacked to FP16 in memory, then the baseline GEMM
};

/// One path for M up to `up_to_tokens`. Constants that a path does not use stay 0.
struct KernelSegment {
  KernelPath path = KernelPath::ideal;
  double up_to_tokens = 0;  ///< 0: no upper end
  double softness = 0;      ///< exponent p of (a^p + b^p)^(1/p); 0: hard maximum
  double pad_tokens = 1;    ///< M is padded to a multiple for the compute term
  double tile_tokens = 0;   ///< tokens of one output tile: dequantization repeats for every tile
  /// Outputs of one tile: the grid of tiles then runs in whole waves over the SMs. 0: the kernel
  /// balances its work.
  double tile_outputs = 0;
  double dequant_weights_per_clock_sm = 0;  ///< weights that one SM unpacks in a clock; 0: free
  double dequant_grouped_weights_per_clock_sm =
      0;                                ///< the same where groups share a scale; 0: as above
  double vector_flop_per_clock_sm = 0;  ///< vector path: FLOP per clock and SM
  /// The vector units' packed FP16 math, which GA100, GH100 and GB100 run at twice the rate of the
  /// others.
  bool vector_half2 = false;
  double bandwidth_fraction = 1;  ///< of the runtime's achieved bandwidth
  double compute_fraction = 1;    ///< of the runtime's achieved compute rate
};

struct Kernel {
  std::string id;
  std::string name;
  std::string vendor;  ///< empty: any device
  double min_compute_capability = 0;
  /// Share of the peak on compute capability 9 and 10: kernels that do not use its asynchronous
  /// matrix instructions.
  double hopper_compute_fraction = 1;
  /// Adds FP16 products up in FP16 on devices that do so faster than in FP32 (GeForce).
  bool fp16_accumulate = false;
  std::vector<double> weight_bits;  ///< widths it takes; empty: any
  /// Weight formats that it unpacks; empty: any. Another one of the same width is an assumption of
  /// a scenario, not a refusal: its time would be much the same.
  std::vector<WeightFormat> weight_formats;
  std::vector<Format> act_formats;      ///< activation formats it takes; empty: any
  std::vector<double> group_sizes;      ///< 0 = per channel; empty: any
  std::vector<KernelSegment> segments;  ///< in rising order of up_to_tokens; the last has no end

  bool unpacks(const Scheme& scheme) const {
    return weight_formats.empty() || std::find(weight_formats.begin(), weight_formats.end(),
                                               scheme.weight_format) != weight_formats.end();
  }
  const KernelSegment& segment(double tokens) const {
    for (const KernelSegment& s : segments) {
      if (s.up_to_tokens == 0 || tokens <= s.up_to_tokens) return s;
    }
    return segments.back();
  }
};

}  // namespace crossover
