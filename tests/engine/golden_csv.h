// Reads the golden tables: plain commas, no quotes, lines end in CR LF. A row is its cells by
// column name.
#pragma once

#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace golden {

using Row = std::map<std::string, std::string>;

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

/// The next line without its end; nothing after the last.
inline std::optional<std::string> next_line(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

inline std::vector<Row> read(const std::string& file) {
  const std::string path = std::string(CROSSOVER_GOLDEN_DIR) + "/" + file;
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  const std::vector<std::string> header = split(next_line(in).value(), ',');
  std::vector<Row> rows;
  while (const std::optional<std::string> line = next_line(in)) {
    std::vector<std::string> cells = split(*line, ',');
    cells.resize(header.size());
    Row row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

}  // namespace golden
