#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fault_lines.h"
#include "turngreen/pipeline/command_pipeline.h"

namespace re2 {
class RE2;
}

namespace turngreen::pipeline {

/// The regular expressions of a pipeline, compiled. A value that is moved; searching takes time
/// linear in the text, whatever the expression.
class MetricExpressions {
 public:
  /// Expressions that are none, or have no group, become faults.
  MetricExpressions(std::span<const MetricPattern> patterns, FaultLines& faults);
  MetricExpressions(MetricExpressions&&) noexcept;
  ~MetricExpressions();

  bool empty() const { return rows_.empty(); }
  /// Keeps what the first group of each expression matches in the line, in place of what it matched
  /// before.
  void search(std::string_view line, std::map<std::string, std::string>& found) const;

 private:
  struct Row {
    std::string metric;
    std::unique_ptr<re2::RE2> expression;
  };
  std::vector<Row> rows_;
};

}  // namespace turngreen::pipeline
