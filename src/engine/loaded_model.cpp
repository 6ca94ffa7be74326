#include "loaded_model.h"

#include <fmt/format.h>

#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

Result<std::int64_t> max_length_of(const checkpoint::ModelFolder& folder,
                                   const ModelSettings& settings, const ComputeOptions& options) {
  const std::int64_t positions = folder.config().architecture.max_positions;
  const std::int64_t wanted =
      options.max_length.value_or(settings.max_length.value_or(folder.max_length()));
  if (wanted <= positions) return wanted;
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: --max-length {} is more than the {} positions of this model",
                          folder.path().string(), wanted, positions));
}

Result<tokenizer::Tokenizer> load_tokenizer(const checkpoint::ModelFolder& folder,
                                            std::int64_t max_length) {
  if (!folder.tokenizer()) {
    return fail(Error::Kind::not_found,
                fmt::format("{}: there is no tokenizer.json; put that of the model there "
                            "(AutoTokenizer.from_pretrained(...).save_pretrained(folder) writes "
                            "it)",
                            folder.path().string()));
  }
  auto tokenizer = tokenizer::Tokenizer::load(*folder.tokenizer());
  if (!tokenizer) return tokenizer;
  auto truncation = tokenizer->truncation().value_or(tokenizer::Truncation());
  truncation.max_length = static_cast<std::size_t>(max_length);
  if (const auto set = tokenizer->set_truncation(truncation); !set) {
    return fail(set.error().kind,
                fmt::format("{}: {}", folder.tokenizer()->string(), set.error().message));
  }
  return tokenizer;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Result<std::string> OpenedModel::text_column(const std::optional<std::string>& asked) const {
  return column_of("--text COLUMN", asked, settings.text_column);
}

Result<std::string> OpenedModel::label_column(const std::optional<std::string>& asked) const {
  return column_of("--label COLUMN", asked, settings.label_column);
}

Result<AnswerThreshold> OpenedModel::threshold(std::optional<double> asked) const {
  return answer_threshold(asked, folder.config().labels, settings, folder.path().string());
}

Result<OpenedModel> open_model(const std::string& path, ComputeOptions& options) {
  const run::Stage stage("load_model");
  auto folder = checkpoint::ModelFolder::open(path);
  if (!folder) return tl::unexpected<Error>(folder.error());
  const auto device = prepare_device(options);
  if (!device) return tl::unexpected<Error>(device.error());
  auto settings = read_model_settings(path);
  if (!settings) return tl::unexpected<Error>(settings.error());
  const auto max_length = max_length_of(*folder, *settings, options);
  if (!max_length) return tl::unexpected<Error>(max_length.error());
  auto tokenizer = load_tokenizer(*folder, *max_length);
  if (!tokenizer) return tl::unexpected<Error>(tokenizer.error());
  run::effective("max_length", static_cast<double>(*max_length));
  return OpenedModel{*std::move(folder), *std::move(settings), *std::move(tokenizer), *max_length,
                     *device};
}

Result<void> check_head(const OpenedModel& opened) {
  if (opened.folder.config().labels) return {};
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: this model has no classification head; `turngreen train` gives it "
                          "one",
                          opened.folder.path().string()));
}

Result<model::Model> load_weights(const OpenedModel& opened, Head head) {
  const run::Stage stage("load_model");
  model::LoadOptions loading;
  loading.device = opened.device;
  auto model = model::Model::load(opened.folder, loading);
  if (!model || head == Head::not_used) return model;
  const auto& report = model->load_report();
  if (!model->labels()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: config.json tells of a classification head, and there are no "
                            "weights of it (classifier.weight); `turngreen train` learns them",
                            opened.folder.path().string()));
  }
  if (!report.fresh.empty() || !report.mismatched.empty()) {
    auto missing = report.fresh;
    missing.insert(missing.end(), report.mismatched.begin(), report.mismatched.end());
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: the weights of the classification head are not there or do not "
                            "fit its config.json: {}; `turngreen train` learns them",
                            opened.folder.path().string(), listed(missing)));
  }
  return model;
}

}  // namespace turngreen::engine
