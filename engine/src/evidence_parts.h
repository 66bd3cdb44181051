// Shared by the evidence_*.cpp files: measured rows, their scenarios, their predictions.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crossover/catalog.h"
#include "crossover/cost.h"
#include "crossover/lower.h"

namespace crossover {

/// One row as published, its free text not yet understood.
struct MeasuredRow {
  std::string id, series, source, project, hardware, model, scheme, kernel, phase, unit, metric;
  std::string baseline, flag;
  std::optional<double> devices, weight_bits, act_bits, kv_bits, group_size;
  std::optional<double> batch, context, generated, m, n, k;
  std::optional<double> value, baseline_value, speedup;
};

/// Rows of a measurement file. Fields of the wrong type read as absent: the row is then left out
/// for what it lacks.
Result<std::vector<MeasuredRow>> read_measured_rows(const Json& measurements);

using Words = std::vector<std::string>;

/// Lower-case words of letters, digits and inner dots.
Words words_of(std::string_view text);
bool has_word(const Words& words, std::string_view word);
/// The words, and their parts where a name is glued to a number: "vllm0.6" is "vllm" too.
Words with_parts(Words words);

/// How names of devices and models are compared.
struct Spelling {
  Words brands;    ///< say nothing of which device it is
  Words variants;  ///< make another device of it: "3090 ti" is no "3090"

  /// The words of a name, those that are glued together apart.
  Words words(std::string_view text) const;
  /// Words of the spelling where the name has all of them and no variant besides; else 0.
  std::size_t matched(const Words& name, std::string_view spelling) const;
  /// Id of the record whose id or alias has the most words in the name; empty where there is none.
  std::string record(const Catalog& catalog, SpecKind kind, const Words& name) const;
};

/// A part of the work that a row measured: `repeats` steps of `batch` sequences.
struct WorkPart {
  Plan plan;
  double batch = 1;
  double repeats = 1;
};

/// What one row measured, as steps of the engine.
struct Work {
  std::vector<WorkPart> parts;
  /// Time under the runtime that the plans were lowered with.
  Time time() const;
  /// The bound with the largest share of the time.
  Bound regime() const;
  /// The same under another runtime (its KV copy factor excepted, which lowering fixes).
  Time time(const Runtime& runtime);
};

/// The class that an error is reported under.
enum class EvidenceClass {
  gemm_tensor_core,
  gemm_tensor_core_hopper,
  gemm_vector,
  gemm_other,
  decode,
  prefill,
  train,
  dense
};
inline constexpr std::array<std::string_view, 8> evidence_class_names{"gemm_tensor_core",
                                                                      "gemm_tensor_core_hopper",
                                                                      "gemm_vector",
                                                                      "gemm_other",
                                                                      "decode",
                                                                      "prefill",
                                                                      "train",
                                                                      "dense"};

/// What the split says of a row's kernel on its project and device: constants were fitted there;
/// and no other project measured the kernel, so that nothing judges it.
enum class EvidenceRole { judged, fit, in_sample };
inline constexpr std::array<std::string_view, 3> evidence_role_names{"judged", "fit", "in_sample"};

/// A row that became a scenario.
struct MappedRow {
  const MeasuredRow* row = nullptr;
  std::string hardware, model, kernel, runtime;  ///< ids
  std::string scheme;                            ///< in words: "w4a16-g128"
  EvidenceClass kind = EvidenceClass::dense;
  double position = 0;  ///< along the series: batch, or m of a GEMM
  EvidenceRole role = EvidenceRole::judged;
  double scheme_peak_factor = 1;  ///< GeForce: FP16 accumulation runs at twice the listed rate
  std::optional<double> measured_s, measured_baseline_s, measured_speedup;
  Work work, work_baseline;               ///< the kernel's and the runtime's specs
  Work ideal, ideal_baseline;             ///< datasheet only
  Runtime spec;                           ///< the runtime as its spec has it
  Bound bound = Bound::compute;           ///< what limits the scheme on its kernel
  Bound baseline_bound = Bound::compute;  ///< and its baseline

  // Filled in by the predictions.
  std::optional<double> datasheet_speedup, datasheet_s;
  std::optional<double> kernel_speedup, kernel_s, kernel_baseline_s;
  std::optional<double> calibrated_speedup, calibrated_s, calibrated_low, calibrated_high;
};

/// The kernel of a row and the dense one that it is compared with.
struct KernelPair {
  const Kernel* own;
  const Kernel* dense;
  double peak_factor = 1;  ///< of the own one
};

/// The device of a row, and how many of it where its name counts them.
struct NamedDevice {
  const Hardware* hardware = nullptr;
  std::optional<double> count;
};

/// Rules for names, read from specs/measurements/aliases.json, and who was fitted on what.
class EvidenceNames {
 public:
  static Result<EvidenceNames> read(const Json& options);
  /// The scenario of a row, or why there is none.
  tl::expected<MappedRow, std::string> map(Catalog& catalog, const MeasuredRow& row);
  /// The phase of a row, in the words of its file or in ours.
  std::string phase(const MeasuredRow& row) const;

 private:
  using Reason = std::string;
  tl::expected<NamedDevice, Reason> device(Catalog& catalog, const MeasuredRow& row);
  std::string inline_device(const Words& name) const;
  tl::expected<const Model*, Reason> model(Catalog& catalog, const MeasuredRow& row);
  tl::expected<KernelPair, Reason> kernel(Catalog& catalog, const MeasuredRow& row,
                                          const Hardware& hardware, const Scheme& scheme);
  tl::expected<const Runtime*, Reason> runtime(Catalog& catalog, const MeasuredRow& row);
  EvidenceRole role(const MappedRow& mapped) const;
  Result<const Kernel*> kernel_named(Catalog& catalog, const std::string& id) const;
  /// spelling_.record(), once for each name: hundreds of rows share one.
  const std::string& library_record(const Catalog& catalog, SpecKind kind, const Words& name);

  Json aliases_, fitted_;
  Spelling spelling_;
  std::map<std::string, Kernel> kernels_;    ///< tried instead of the library's of that id
  std::map<std::string, Runtime> runtimes_;  ///< likewise
  std::deque<Hardware> variants_;            ///< devices under another clock, or half of one
  std::map<std::string, Model> models_;      ///< of the aliases, not of the library
  std::map<std::string, Hardware> devices_;  ///< likewise
  std::map<std::pair<SpecKind, Words>, std::string> records_;  ///< of names met before
};

/// The scheme that a row's bits and words describe.
tl::expected<Scheme, std::string> scheme_of(const MeasuredRow& row);

/// The row's figure is a speed-up.
bool states_speedup(const MeasuredRow& row);
/// Seconds that `value` in the row's unit stands for; rates become the time of the work.
std::optional<double> seconds_of(const MeasuredRow& row, std::optional<double> value);

/// The row's work under each protocol. Rows without a baseline of their own get the FP16 one.
tl::expected<void, std::string> build_work(MappedRow& mapped, const RooflineScenario& scenario);

/// Fits the runtime of each project and device to its 16-bit rows and predicts the quantized ones.
/// Returns one record a fit: constants, residuals, ranges.
Json calibrate_groups(std::vector<MappedRow>& rows);

/// All figures of the report over predicted rows. `coverage` has {class or source, share}.
Json report_overall(const std::vector<MappedRow>& rows);
Json report_classes(const std::vector<MappedRow>& rows, const Json& coverage);
Json report_kernels(const std::vector<MappedRow>& rows);
Json report_sources(const std::vector<MappedRow>& rows, const Json& coverage);
/// Upper ends of the bands of error that histograms count.
Json report_bands();
Json report_series(const std::vector<MappedRow>& rows, bool flagged);
Json report_crossovers(const std::vector<MappedRow>& rows);
Json report_order(const std::vector<MappedRow>& rows);
Json report_rows(const std::vector<MappedRow>& rows);
/// Each target of specs/measurements/targets.json with what was found, and whether it is met.
Json report_targets(const std::vector<MappedRow>& rows, const Json& report, const Json& wanted);

/// Of a row's class, role, and what its class's coverage is counted by.
std::string name_of(EvidenceClass kind);
std::string name_of(EvidenceRole role);
std::string phase_class(const std::string& phase);

/// max(predicted / measured, measured / predicted) - 1.
double ratio_error(double predicted, double measured);
/// Value below which `share` of the sorted values lie, interpolated. Empty: 0.
double quantile(std::vector<double> values, double share);
/// Rows of one measured curve share this key.
std::string series_key(const MappedRow& row);

}  // namespace crossover
