// Units on the way in, units on the way out, and the dimensions in between.
#include "crossover/quantity.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "crossover/format.h"

using namespace crossover;
using doctest::Approx;

TEST_CASE("a quantity is made in one unit and read in another") {
  CHECK(milliseconds(5.19).in(microseconds) == Approx(5190).epsilon(1e-12));
  CHECK(hours(1).in(seconds) == 3600);
  CHECK(gigabytes(16.06).in(bytes) == Approx(16.06e9).epsilon(1e-12));
  CHECK(teraflop_per_second(989).in(flop_per_second) == Approx(989e12).epsilon(1e-12));
  CHECK(dollars_per_hour(3.6).in(dollars_per_hour) == Approx(3.6).epsilon(1e-12));
}

TEST_CASE("a gigabyte is 1e9 bytes and a gibibyte 2^30") {
  CHECK(gigabytes(1).in(bytes) == 1e9);
  CHECK(gibibytes(1).in(bytes) == 1073741824);
  CHECK(gibibytes(80).in(gigabytes) == Approx(85.89934592).epsilon(1e-12));
}

TEST_CASE(
    "bytes over bandwidth is a time, FLOP over bytes an intensity, watts times seconds joules") {
  CHECK((gigabytes(3350) / gigabytes_per_second(3350)).in(seconds) == 1);
  CHECK((gigaflop(300) / gigabytes(2)).in(flop_per_byte) == 150);
  CHECK((teraflop_per_second(312) / gigabytes_per_second(2000)).in(flop_per_byte) == 156);
  CHECK((watts(700) * seconds(2)).in(joules) == 1400);
  CHECK((dollars_per_hour(2) * hours(3)).in(dollars) == Approx(6).epsilon(1e-12));
}

TEST_CASE("a quotient of like quantities is a plain number") {
  static_assert(std::is_same_v<decltype(seconds(1) / seconds(1)), double>);
  static_assert(std::is_same_v<decltype(bytes(1) / bytes(1)), double>);
  CHECK(milliseconds(5.19) / milliseconds(1.73) == Approx(3).epsilon(1e-12));
}

TEST_CASE("quantities add, subtract, scale and compare") {
  CHECK((seconds(1) + milliseconds(500)).in(seconds) == 1.5);
  CHECK((seconds(1) - milliseconds(500)).in(seconds) == 0.5);
  CHECK((seconds(2) * 3).in(seconds) == 6);
  CHECK((3 * seconds(2)).in(seconds) == 6);
  CHECK((seconds(6) / 3).in(seconds) == 2);
  CHECK(gibibytes(1) > gigabytes(1));
  CHECK(seconds(1) == milliseconds(1000));
  Time sum = seconds(1);
  sum += seconds(2);
  sum -= seconds(0.5);
  CHECK(sum.in(seconds) == 2.5);
}

TEST_CASE("a quantity that nobody has set is zero") {
  CHECK(Time{}.in(seconds) == 0);
  CHECK(Bytes{} == bytes(0));
}

TEST_CASE("elements of n bits take n/8 bytes: 8.03e9 at 4 bits are 4.015 GB") {
  CHECK(bytes_of(8.03e9, 4).in(bytes) == 4015000000);
  CHECK(bytes_of(1, 16).in(bytes) == 2);
  CHECK(bytes_of(8, 1).in(bytes) == 1);
}

TEST_CASE("quantities are computed at compile time") {
  constexpr Time two = bytes(4) / bytes_per_second(2);
  static_assert(two.in(seconds) == 2);
  CHECK(two == seconds(2));
}

TEST_CASE("every format is found by its name, and TF32 is stored as FP32") {
  for (const FormatInfo& info : format_table) {
    CHECK(format_named(info.name) == info.format);
    CHECK(name_of(info.format) == info.name);
    CHECK(bits_of(info.format) == info.bits);
  }
  CHECK(bits_of(Format::tf32) == 32);
  CHECK(bits_of(Format::int4) == 4);
  CHECK_FALSE(format_named("int3"));
  CHECK_FALSE(format_named(""));
}
