// Memory for small things, which JSON is made of: a third of an evaluate went into malloc. A freed
// block is the next of its size to be given; regions of blocks stay with their size, at most one
// that is not full for each.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t step = 16;  // bytes between sizes, and what every type is aligned to
constexpr std::size_t largest_small = 256;
constexpr std::size_t region_bytes = 65536;
constexpr std::size_t address_space = std::size_t{1} << 16;  // regions in 32 bits of address

struct FreeBlock {
  FreeBlock* next;
};
/// By size in steps.
std::array<FreeBlock*, largest_small / step + 1> free_blocks;
/// By region, the size of its blocks in steps; 0: malloc's.
std::array<std::uint8_t, address_space> size_of_region;

void* from_system(std::size_t alignment, std::size_t bytes) {
  void* memory = alignment > step ? std::aligned_alloc(alignment, bytes) : std::malloc(bytes);
  // The module has no exceptions: out of memory is a trap, which the facade reports.
  if (memory == nullptr) __builtin_trap();
  return memory;
}

/// Cuts a new region into blocks of that size; all but the first, which is returned, become free.
void* first_of_new_region(std::size_t steps) {
  char* const region = static_cast<char*>(from_system(region_bytes, region_bytes));
  size_of_region[reinterpret_cast<std::uintptr_t>(region) / region_bytes] =
      static_cast<std::uint8_t>(steps);
  const std::size_t block = steps * step;
  FreeBlock* free = nullptr;
  for (std::size_t i = region_bytes / block; i-- > 1;) {
    free = new (region + i * block) FreeBlock{free};
  }
  free_blocks[steps] = free;
  return region;
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (bytes > largest_small) return from_system(step, bytes);
  const std::size_t steps = bytes == 0 ? 1 : (bytes + step - 1) / step;
  FreeBlock* const block = free_blocks[steps];
  if (block == nullptr) return first_of_new_region(steps);
  free_blocks[steps] = block->next;
  return block;
}

void operator delete(void* memory) noexcept {
  const std::size_t steps = size_of_region[reinterpret_cast<std::uintptr_t>(memory) / region_bytes];
  if (steps == 0) return std::free(memory);
  free_blocks[steps] = new (memory) FreeBlock{free_blocks[steps]};
}
