#include "multi_label_column.h"

#include <fmt/format.h>

#include <string>

#include "json_row.h"
#include "json_row_sax.h"
#include "turngreen/engine/data/load_examples.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

tl::unexpected<Error> unfit(std::string what) {
  return fail(Error::Kind::invalid_input, std::move(what));
}

/// `text` as a JSON list.
Result<Cell> parse_list(const std::string& text) {
  Row row;
  const std::string object = fmt::format(R"({{"text": "", "label": {}}})", text);
  const auto parsed = parse_json_row_sax(object, {"text", "label"}, row);
  if (!parsed) return unfit(fmt::format("the label {} is no list", units::in_quotes(text)));
  return std::move(row.label);
}

}  // namespace

Result<void> MultiLabelColumn::add(const Cell& cell) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&cell)) return add_names(*names);
  if (const auto* flags = std::get_if<std::vector<double>>(&cell)) return add_flags(*flags);
  if (std::holds_alternative<std::monostate>(cell)) {
    return unfit("the label is empty; no class at all is written as []");
  }
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr || !text->starts_with('[')) {
    return unfit("the label is no list: [\"name\", ...], or a 0 or 1 for each class");
  }
  const auto list = parse_list(*text);
  if (!list) return tl::unexpected<Error>(list.error());
  return add(*list);
}

Result<void> MultiLabelColumn::add_names(const std::vector<std::string>& names) {
  if (outputs_ > 0 && !names_.is_known()) {
    return unfit("the label is a list of names, where the rows before have lists of 0 and 1");
  }
  const std::size_t before = ids_.size();
  for (const std::string& name : names) {
    const auto id = names_.id_of(name);
    if (!id) {
      ids_.resize(before);
      return tl::unexpected<Error>(id.error());
    }
    ids_.push_back(*id);
  }
  ends_.push_back(ids_.size());
  return {};
}

Result<void> MultiLabelColumn::add_flags(const std::vector<double>& flags) {
  if (flags.empty()) return add_names({});  // no class at all
  if (!names_.is_known() && !names_.names().empty()) {
    return unfit("the label is a list of numbers, where the rows before have lists of names");
  }
  if (outputs_ == 0) outputs_ = names_.is_known() ? names_.names().size() : flags.size();
  if (flags.size() != outputs_ || outputs_ > kMostClasses) {
    return unfit(fmt::format("the label has {} numbers, where there are {} classes", flags.size(),
                             outputs_));
  }
  for (const double flag : flags) {
    if (flag != 0 && flag != 1) return unfit(fmt::format("the label holds {}, not 0 or 1", flag));
  }
  for (std::size_t n = 0; n < outputs_; ++n) {
    if (flags[n] == 1) ids_.push_back(static_cast<std::int64_t>(n));
  }
  ends_.push_back(ids_.size());
  return {};
}

checkpoint::Labels MultiLabelColumn::finish(Examples& examples) {
  std::vector<std::string> names = names_.names();
  if (!names_.is_known() && outputs_ > 0) {
    for (std::size_t n = 0; n < outputs_; ++n) names.push_back(fmt::format("LABEL_{}", n));
  } else if (!names_.is_known()) {
    auto order = names_.order();
    for (std::int64_t& id : ids_) id = order.class_of[static_cast<std::size_t>(id)];
    names = std::move(order.names);
  }
  examples.targets.assign(ends_.size() * names.size(), 0);
  std::size_t at = 0;
  for (std::size_t row = 0; row < ends_.size(); ++row) {
    for (; at < ends_[row]; ++at) {
      examples.targets[row * names.size() + static_cast<std::size_t>(ids_[at])] = 1;
    }
  }
  return {checkpoint::Problem::multi_label, std::move(names)};
}

}  // namespace turngreen::data
