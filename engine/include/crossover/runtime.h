// The software around the kernels: what share of the datasheet it reaches and what it adds to every
// step.
#pragma once

#include <string>

#include "crossover/quantity.h"

namespace crossover {

struct RuntimeConstants {
  bool eager = false;  ///< host-bound: operators are launched one by one and hide behind the host,
                       ///< or it behind them
  double memory_efficiency = 1;   ///< share of the datasheet's bandwidth
  double compute_efficiency = 1;  ///< share of the datasheet's peak
  bool device_share = true;       ///< compute_efficiency times the device's measured share
  Time gemm_launch;               ///< fixed time of one GEMM
  Time layer;                     ///< graph runtimes: added for each layer
  Time quantized_linear;          ///< graph runtimes: added for each quantized linear
  Time sequence;                  ///< added for each sequence of the batch
  Time step;                      ///< added once
  Time host_layer;                ///< eager runtimes: host time of a layer
  Time host_quantized_linear;     ///< eager runtimes: more host time for each quantized linear
  double kv_copy_factor = 1;      ///< KV bytes are moved this many times (caches that are copied)
  Time link_latency;              ///< of one all-reduce
  double link_efficiency = 1;     ///< share of the link's bandwidth
};

struct Runtime : RuntimeConstants {
  std::string id;
  std::string name;
};

}  // namespace crossover
