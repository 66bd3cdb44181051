// Reads specs from JSON. Each reader refuses unknown keys, wrong types and numbers outside the
// physical range, naming the path. Documentation fields (notes, source, value_sources) are checked
// for type only.
#pragma once

#include "crossover/hardware.h"
#include "crossover/json_reader.h"
#include "crossover/kernel.h"
#include "crossover/model.h"
#include "crossover/runtime.h"
#include "crossover/scheme.h"
#include "crossover/tutorial.h"

namespace crossover {

Result<Hardware> read_hardware(const Json& json, std::string path);
Result<Model> read_model(const Json& json, std::string path);
Result<Scheme> read_scheme(const Json& json, std::string path);
Result<Kernel> read_kernel(const Json& json, std::string path);
Result<Runtime> read_runtime(const Json& json, std::string path);
Result<Calibration> read_calibration(const Json& json, std::string path);

}  // namespace crossover
