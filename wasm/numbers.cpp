// What the engine and the JSON library ask of the C library, in a twentieth of its bytes: the C
// library's own reads and prints numbers of 128 bits, in software. The linker passes the calls here
// (--wrap in CMakeLists.txt).
#include <emscripten.h>

#include <array>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <string_view>

EM_JS(double, crossover_number, (const char* text), { return parseFloat(UTF8ToString(text)); });

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// 10^0 to 10^22, the powers of ten that a double holds exactly.
constexpr std::array<double, 23> exact_powers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int largest_exact_power = 22;
constexpr std::uint64_t largest_exact_integer = std::uint64_t{1} << 53;

/// Writes the last four of `value`'s digits, and returns where they end.
char* put_hexadecimal(char* at, unsigned value, std::string_view digits) {
  for (int shift = 12; shift >= 0; shift -= 4) *at++ = digits[value >> shift & 15U];
  return at;
}

}  // namespace

extern "C" {

/// The double nearest to the decimal number that the text begins with; `*end` is where it ends, or
/// `text` where there is none. Spaces before it, hexadecimal digits, infinity and NaN are not
/// taken. A mantissa and a power of ten that are both exact take one operation, which rounds once
/// (Clinger 1990, "How to read floating point numbers accurately"); the rest is left to the
/// browser.
double __wrap_strtod(const char* text, char** end) {
  const char* at = text;
  const bool negative = *at == '-';
  if (negative || *at == '+') ++at;
  std::uint64_t mantissa = 0;
  int power = 0;
  int digits = 0;
  bool exact = true;
  const auto take_digits = [&](int step) {
    for (; is_digit(*at); ++at) {
      ++digits;
      exact = exact && mantissa < largest_exact_integer / 10;
      if (!exact) continue;
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
      power -= step;
    }
  };
  take_digits(0);
  if (*at == '.') {
    ++at;
    take_digits(1);
  }
  if (digits == 0) at = text;
  const char* exponent = at;
  if (digits > 0 && (*exponent == 'e' || *exponent == 'E')) {
    ++exponent;
    const bool below = *exponent == '-';
    if (below || *exponent == '+') ++exponent;
    int written = 0;
    for (; is_digit(*exponent); at = ++exponent) {
      constexpr int beyond_any_double = 1000;
      if (written < beyond_any_double) written = written * 10 + (*exponent - '0');
    }
    power += below ? -written : written;
  }
  if (end != nullptr) *end = const_cast<char*>(at);
  if (!exact || power < -largest_exact_power || power > largest_exact_power) {
    return crossover_number(text);
  }
  const double whole = static_cast<double>(mantissa);
  const double value = power < 0 ? whole / exact_powers[static_cast<std::size_t>(-power)]
                                 : whole * exact_powers[static_cast<std::size_t>(power)];
  return negative ? -value : value;
}

/// The formats that the JSON library prints: text around "%04x" and "%.4X", for a character's code.
/// Traps at any other.
int __wrap_snprintf(char* buffer, std::size_t size, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  char* at = buffer;
  char* const last = buffer + size - 1;
  for (std::string_view left = format; !left.empty();) {
    if (left.front() != '%') {
      if (at >= last) __builtin_trap();
      *at++ = left.front();
      left.remove_prefix(1);
      continue;
    }
    const bool upper = left.starts_with("%.4X");
    if ((!upper && !left.starts_with("%04x")) || last - at < 4) __builtin_trap();
    at = put_hexadecimal(at, va_arg(arguments, unsigned),
                         upper ? "0123456789ABCDEF" : "0123456789abcdef");
    left.remove_prefix(4);
  }
  va_end(arguments);
  *at = '\0';
  return static_cast<int>(at - buffer);
}

}  // extern "C"
