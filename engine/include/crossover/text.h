// The sums of texts that messages are made of, as functions: the standard library's own are
// templates, which newer compilers build into every place that adds two texts (2 % of the module).
// Before a template, these are chosen. With error.h they come to whoever writes a message.
#pragma once

#include <string>

namespace crossover {

std::string operator+(std::string&& left, const char* right);
std::string operator+(std::string&& left, const std::string& right);
std::string operator+(std::string&& left, std::string&& right);
std::string operator+(const char* left, std::string&& right);
std::string operator+(const char* left, const std::string& right);
std::string operator+(const std::string& left, const char* right);
std::string operator+(const std::string& left, const std::string& right);
std::string operator+(const std::string& left, std::string&& right);

}  // namespace crossover
