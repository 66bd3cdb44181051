// Physical quantities of the simulator: time, bytes, FLOP, energy and money, with their dimension
// in the type.
//
// A quantity is made by naming a unit and read by naming one:
//   Time itl = milliseconds(5.19);    double ms = itl.in(milliseconds);
// Adding bytes to seconds does not compile (tests/compile_fail/ proves it). GB (1e9) and GiB (2^30)
// are two units.
#pragma once

#include <compare>

namespace crossover {

/// A quantity of dimension s^T · B^D · FLOP^F · J^E · USD^M, held in SI units. Zero by default.
template <int T, int D, int F, int E = 0, int M = 0>
class Quantity {
 public:
  constexpr Quantity() = default;

  /// The number of these quantities in one of `unit`: `time.in(milliseconds)`.
  template <class Unit>
  constexpr double in(Unit unit) const {
    return unit.read(*this);
  }

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity operator+(Quantity other) const { return Quantity(value_ + other.value_); }
  constexpr Quantity operator-(Quantity other) const { return Quantity(value_ - other.value_); }
  constexpr Quantity operator*(double factor) const { return Quantity(value_ * factor); }
  constexpr Quantity operator/(double divisor) const { return Quantity(value_ / divisor); }
  constexpr Quantity& operator+=(Quantity other) { return value_ += other.value_, *this; }
  constexpr Quantity& operator-=(Quantity other) { return value_ -= other.value_, *this; }
  friend constexpr Quantity operator*(double factor, Quantity q) { return q * factor; }

  template <int T2, int D2, int F2, int E2, int M2>
  constexpr auto operator*(Quantity<T2, D2, F2, E2, M2> other) const {
    return Quantity<T + T2, D + D2, F + F2, E + E2, M + M2>::raw(value_ * other.value_);
  }
  /// A quotient; the plain number when the dimensions cancel.
  template <int T2, int D2, int F2, int E2, int M2>
  constexpr auto operator/(Quantity<T2, D2, F2, E2, M2> other) const {
    if constexpr (T == T2 && D == D2 && F == F2 && E == E2 && M == M2) {
      return value_ / other.value_;
    } else {
      return Quantity<T - T2, D - D2, F - F2, E - E2, M - M2>::raw(value_ / other.value_);
    }
  }

 private:
  template <int, int, int, int, int>
  friend class Quantity;
  template <class>
  friend struct Unit;
  constexpr explicit Quantity(double value) : value_(value) {}
  static constexpr Quantity raw(double value) { return Quantity(value); }
  double value_ = 0;
};

/// A unit of Q: call it to make a quantity, pass it to `in` to read one. `scale` SI units make one.
template <class Q>
struct Unit {
  double scale;
  constexpr Q operator()(double count) const { return Q(count * scale); }
  constexpr double read(Q quantity) const { return quantity.value_ / scale; }
};

using Time = Quantity<1, 0, 0>;
using Bytes = Quantity<0, 1, 0>;
using Flop = Quantity<0, 0, 1>;
using Energy = Quantity<0, 0, 0, 1>;
using Money = Quantity<0, 0, 0, 0, 1>;
using Bandwidth = Quantity<-1, 1, 0>;
using FlopRate = Quantity<-1, 0, 1>;
using Frequency =
    Quantity<-1, 0, 0>;  ///< also a throughput in anything counted: tokens, images, sequences
using Power = Quantity<-1, 0, 0, 1>;
using Intensity = Quantity<0, -1, 1>;
using MoneyRate = Quantity<-1, 0, 0, 0, 1>;

inline constexpr Unit<Time> seconds{1}, milliseconds{1e-3}, microseconds{1e-6}, hours{3600};
inline constexpr Unit<Bytes> bytes{1}, gigabytes{1e9}, gibibytes{1024.0 * 1024.0 * 1024.0};
inline constexpr Unit<Flop> flop{1}, gigaflop{1e9};
inline constexpr Unit<Energy> joules{1};
inline constexpr Unit<Money> dollars{1};
inline constexpr Unit<Bandwidth> bytes_per_second{1}, gigabytes_per_second{1e9};
inline constexpr Unit<FlopRate> flop_per_second{1}, teraflop_per_second{1e12};
inline constexpr Unit<Frequency> hertz{1}, per_second{1};
inline constexpr Unit<Power> watts{1};
inline constexpr Unit<Intensity> flop_per_byte{1};
inline constexpr Unit<MoneyRate> dollars_per_hour{1.0 / 3600.0};

/// Bytes that `count` elements of `bits` bits occupy.
constexpr Bytes bytes_of(double count, double bits) { return bytes(count * (bits / 8.0)); }

}  // namespace crossover
