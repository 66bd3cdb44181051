// Number formats: what a tensor is stored in and what an arithmetic unit computes in.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace crossover {

enum class Format { fp64, fp32, tf32, fp16, bf16, fp8, int8, int4, fp4 };
inline constexpr std::size_t format_count = 9;

struct FormatInfo {
  Format format;
  std::string_view name;
  double bits;  ///< a stored element (TF32 is stored as FP32)
};
inline constexpr std::array<FormatInfo, format_count> format_table{{
    {Format::fp64, "fp64", 64},
    {Format::fp32, "fp32", 32},
    {Format::tf32, "tf32", 32},
    {Format::fp16, "fp16", 16},
    {Format::bf16, "bf16", 16},
    {Format::fp8, "fp8", 8},
    {Format::int8, "int8", 8},
    {Format::int4, "int4", 4},
    {Format::fp4, "fp4", 4},
}};

constexpr std::size_t index_of(Format format) { return static_cast<std::size_t>(format); }
constexpr std::string_view name_of(Format format) { return format_table[index_of(format)].name; }
constexpr double bits_of(Format format) { return format_table[index_of(format)].bits; }

constexpr std::optional<Format> format_named(std::string_view name) {
  for (const FormatInfo& info : format_table) {
    if (info.name == name) return info.format;
  }
  return std::nullopt;
}

}  // namespace crossover
