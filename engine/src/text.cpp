#include "crossover/text.h"

#include <utility>

namespace crossover {

std::string operator+(std::string&& left, const char* right) {
  return std::move(left.append(right));
}
std::string operator+(std::string&& left, const std::string& right) {
  return std::move(left.append(right));
}
std::string operator+(std::string&& left, std::string&& right) {
  return std::move(left.append(right));
}
std::string operator+(const char* left, std::string&& right) {
  return std::move(right.insert(0, left));
}
std::string operator+(const char* left, const std::string& right) {
  return std::string(left).append(right);
}
std::string operator+(const std::string& left, const char* right) {
  return std::string(left).append(right);
}
std::string operator+(const std::string& left, const std::string& right) {
  return std::string(left).append(right);
}
std::string operator+(const std::string& left, std::string&& right) {
  return std::string(left).append(right);
}

}  // namespace crossover
