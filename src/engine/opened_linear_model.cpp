#include "opened_linear_model.h"

#include "turngreen_run.hpp"

namespace turngreen::engine {

Result<OpenedLinearModel> OpenedLinearModel::open(const std::string& folder) {
  const run::Stage stage("load_model");
  auto model = linear::LinearModel::load(folder);
  if (!model) return tl::unexpected<Error>(model.error());
  auto settings = read_model_settings(folder);
  if (!settings) return tl::unexpected<Error>(settings.error());
  return OpenedLinearModel{*std::move(model), *std::move(settings)};
}

void tell_linear(const OpenedLinearModel& opened, const LinearOptions& options) {
  run::effective("model_family", std::string("hashed_linear"));
  run::effective("ngrams", std::string(name_of(opened.model.ngrams())));
  run::effective("threads", options.threads);
}

}  // namespace turngreen::engine
