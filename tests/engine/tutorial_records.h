// Records that the hand-worked cases of the tutorial lens need, with the reference model's figures.
#pragma once

#include "crossover/tutorial.h"

namespace records {

using namespace crossover;

/// Llama-3 8B: 8.03e9 parameters, 32 layers of 4096, 32 heads over 8 KV heads.
inline TutorialModel llama3_8b() {
  TutorialModel model;
  model.key = "Llama3_8B";
  model.kind = TutorialModel::Kind::transformer;
  model.parameters = 8.03e9;
  model.flop = gigaflop(16.06);
  model.layers = 32;
  model.hidden_dim = 4096;
  model.heads = 32;
  model.kv_heads = 8;
  return model;
}

/// ResNet-50 at 4.1 GFLOP an image: 25.6e6 parameters, 50 layers.
inline TutorialModel resnet50() {
  TutorialModel model;
  model.key = "ResNet50_4p1G";
  model.kind = TutorialModel::Kind::cnn;
  model.parameters = 25.6e6;
  model.flop = gigaflop(4.1);
  model.layers = 50;
  return model;
}

inline TutorialHardware h100() {
  TutorialHardware device;
  device.key = "H100";
  device.peak = teraflop_per_second(989);
  device.rates[index_of(Format::tf32)] = teraflop_per_second(494);
  device.rates[index_of(Format::fp8)] = teraflop_per_second(1979);
  device.rates[index_of(Format::int8)] = teraflop_per_second(1979);
  device.memory_capacity = gibibytes(80);
  device.memory_bandwidth = gigabytes_per_second(3350);
  device.tdp = watts(700);
  device.dispatch = milliseconds(0.01);
  device.host_link = gigabytes_per_second(64);
  return device;
}

inline TutorialHardware a100() {
  TutorialHardware device;
  device.key = "A100";
  device.peak = teraflop_per_second(312);
  device.rates[index_of(Format::fp32)] = teraflop_per_second(19.5);
  device.rates[index_of(Format::tf32)] = teraflop_per_second(156);
  device.rates[index_of(Format::int8)] = teraflop_per_second(624);
  device.memory_capacity = gibibytes(80);
  device.memory_bandwidth = gigabytes_per_second(2039);
  device.tdp = watts(400);
  device.dispatch = milliseconds(0.015);
  device.host_link = gigabytes_per_second(32);
  return device;
}

/// A microcontroller: 500 MFLOP/s, 520 KiB of on-chip memory at 0.96 GB/s, flash at 80 MB/s.
inline TutorialHardware esp32() {
  TutorialHardware device;
  device.key = "ESP32_S3";
  device.peak = flop_per_second(500e6);
  device.rates[index_of(Format::int8)] = flop_per_second(2400e6);
  device.memory_capacity = bytes(4e6);
  device.memory_bandwidth = bytes_per_second(80e6);
  device.tdp = watts(0.4);
  device.dispatch = milliseconds(1);
  device.sram_capacity = bytes(532480);
  device.sram_bandwidth = bytes_per_second(960e6);
  device.flash_bandwidth = bytes_per_second(80e6);
  return device;
}

/// A model of so many parameters and nothing else.
inline TutorialModel plain(double parameters) {
  TutorialModel model;
  model.key = "plain";
  model.parameters = parameters;
  return model;
}

/// τ_layer = 0.01 ms, full decode bandwidth.
inline TutorialSettings may(Format precision, double batch = 1) {
  return {.precision = precision, .batch = batch, .layer_overhead = milliseconds(0.01)};
}
/// τ_layer = 0.10 ms, 94.6 % of the decode bandwidth.
inline TutorialSettings march(Format precision, double batch = 1) {
  return {.precision = precision,
          .batch = batch,
          .layer_overhead = milliseconds(0.10),
          .decode_bandwidth = 0.946};
}

}  // namespace records
