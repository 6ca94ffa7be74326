#include <fmt/format.h>

#include "arrow_rows.h"
#include "turngreen/engine/data/arrow_version.h"

namespace turngreen::data {
namespace {

tl::unexpected<Error> not_built(const std::string& file, std::string_view kind) {
  return fail(
      Error::Kind::unsupported,
      fmt::format("{}: this build of turngreen-engine does not read {} files; build it where "
                  "pyarrow is installed (scripts/make-venv engine), or give JSON Lines or CSV",
                  file, kind));
}

}  // namespace

bool has_arrow() { return false; }

std::string arrow_version() { return {}; }

Result<std::unique_ptr<RowSource>> open_parquet(const std::string& file, const Columns&) {
  return not_built(file, "Parquet");
}

Result<std::unique_ptr<RowSource>> open_arrow(const std::string& file, const Columns&) {
  return not_built(file, "Arrow");
}

}  // namespace turngreen::data
