// A device, as its datasheet describes it. Peak rates are dense, never sparse.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "crossover/format.h"
#include "crossover/quantity.h"

namespace crossover {

/// The device as the tutorial's reference model (mlsysim) has it; absent values fall back as
/// tutorial.h says.
struct TutorialHardware {
  std::string key;  ///< the reference model's own name, "H100"
  FlopRate peak;    ///< FP16 peak, and of every format not listed
  std::array<std::optional<FlopRate>, format_count> rates;  ///< peaks that the reference lists
  Bytes memory_capacity;
  Bandwidth memory_bandwidth;
  std::optional<Power> tdp;
  Time dispatch;                       ///< fixed host-side cost of one step
  std::optional<Bandwidth> host_link;  ///< path of weights that do not fit (offload)
  std::optional<Bytes> sram_capacity;  ///< on-chip memory that weights may live in
  std::optional<Bandwidth> sram_bandwidth;
  std::optional<Bandwidth> flash_bandwidth;  ///< execute-in-place path of microcontrollers
};

/// A link to another device or to the host; per-direction bandwidth.
struct Link {
  std::string name;
  Bandwidth per_direction;
};

struct Hardware {
  std::string id;
  std::string name;
  std::string vendor;             ///< "NVIDIA": kernels ask for it
  double compute_capability = 0;  ///< NVIDIA only; 0 elsewhere
  Bytes memory_capacity;
  Bandwidth memory_bandwidth;
  std::array<std::optional<FlopRate>, format_count> peak;  ///< native formats only
  /// GeForce: rate of FP16 products added up in FP16, over the listed peak, which adds up in FP32.
  double fp16_accumulate = 1;
  /// What large dense products reach of the listed peak, over what they reach on the A100 that the
  /// runtimes' constants were fitted on: clocks rise above the listed one or fall under the power
  /// limit.
  double matmul_share = 1;
  double sm_count = 0;  ///< streaming multiprocessors; 0 where unknown
  Frequency clock;      ///< the clock that the peak rates assume; 0 where unknown
  Bytes l2;             ///< last-level cache; 0 where unknown
  std::optional<Power> tdp;
  std::optional<Link> host_link;
  std::optional<Link> device_link;
  std::optional<Money> price;  ///< list price of one device
  /// Where the spec has none, its own view; none where no 16-bit rate is listed either.
  std::optional<TutorialHardware> tutorial;

  bool native(Format format) const { return peak[index_of(format)].has_value(); }
};

/// What the tutorial's lens needs, read off the full spec; none where no 16-bit rate is listed.
std::optional<TutorialHardware> tutorial_view(const Hardware& hardware);

}  // namespace crossover
