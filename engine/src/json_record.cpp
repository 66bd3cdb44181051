#include "crossover/json_record.h"

namespace crossover {
namespace {

Json value_of(const Field& field) {
  switch (field.kind) {
    case Field::Kind::null:
      return nullptr;
    case Field::Kind::number:
      return field.number;
    case Field::Kind::text:
      return std::string(field.text);
    case Field::Kind::flag:
      return field.number != 0;
    case Field::Kind::json:
      return *field.json;
    case Field::Kind::moved:
      return std::move(*field.moved);
  }
  return nullptr;
}

}  // namespace

void set(Json& object, std::initializer_list<Field> fields) {
  auto& members = object.get_ref<Json::object_t&>();
  for (const Field& field : fields) {
    // Without a search where the fields come in the order of their keys.
    members.insert_or_assign(members.end(), std::string(field.key), value_of(field));
  }
}

Json record(std::initializer_list<Field> fields) {
  Json object = Json::object();
  set(object, fields);
  return object;
}

void append(Json& list, std::initializer_list<Field> fields) { list.push_back(record(fields)); }

}  // namespace crossover
