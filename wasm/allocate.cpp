// Memory for small things, which JSON is made of: a third of an evaluate went into malloc. A freed
// block is the next of its size to be given; regions of blocks stay with their size, at most one
// that is not full for each.
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t step = 16;        // bytes between sizes, and what every type is aligned to
constexpr std::size_t last_step = 256;  // above it, sizes double
constexpr std::size_t largest = 4096;
constexpr std::size_t region_bytes = 65536;
constexpr std::size_t address_space = std::size_t{1} << 16;  // regions in 32 bits of address

struct FreeBlock {
  FreeBlock* next;
};
/// Sizes are numbered from 1: those by steps, then those that double.
constexpr std::size_t step_sizes = last_step / step;
constexpr std::size_t doublings = std::bit_width(largest) - std::bit_width(last_step);
std::array<FreeBlock*, step_sizes + doublings + 1> free_blocks;
/// By region, the number of its blocks' size; 0: malloc's.
std::array<std::uint8_t, address_space> size_of_region;

std::size_t size_number(std::size_t bytes) {
  if (bytes <= last_step) return bytes == 0 ? 1 : (bytes + step - 1) / step;
  return step_sizes + static_cast<std::size_t>(std::bit_width(bytes - 1)) + 1 -
         std::bit_width(last_step);
}
std::size_t bytes_of(std::size_t number) {
  return number <= step_sizes ? number * step : last_step << (number - step_sizes);
}

void* from_system(std::size_t alignment, std::size_t bytes) {
  void* memory = alignment > step ? std::aligned_alloc(alignment, bytes) : std::malloc(bytes);
  // The module has no exceptions: out of memory is a trap, which the facade reports.
  if (memory == nullptr) __builtin_trap();
  return memory;
}

/// Cuts a new region into blocks of that size; all but the first, which is returned, become free.
void* first_of_new_region(std::size_t number) {
  char* const region = static_cast<char*>(from_system(region_bytes, region_bytes));
  size_of_region[reinterpret_cast<std::uintptr_t>(region) / region_bytes] =
      static_cast<std::uint8_t>(number);
  const std::size_t block = bytes_of(number);
  FreeBlock* free = nullptr;
  for (std::size_t i = region_bytes / block; i-- > 1;) {
    free = new (region + i * block) FreeBlock{free};
  }
  free_blocks[number] = free;
  return region;
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (bytes > largest) return from_system(step, bytes);
  const std::size_t number = size_number(bytes);
  FreeBlock* const block = free_blocks[number];
  if (block == nullptr) return first_of_new_region(number);
  free_blocks[number] = block->next;
  return block;
}

void operator delete(void* memory) noexcept {
  const std::size_t number =
      size_of_region[reinterpret_cast<std::uintptr_t>(memory) / region_bytes];
  if (number == 0) return std::free(memory);
  free_blocks[number] = new (memory) FreeBlock{free_blocks[number]};
}
