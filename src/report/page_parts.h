#pragma once

#include <string_view>

namespace turngreen::report {

/// The files of src/report/page and plotly.min.js, which travel within the program. They lie in its
/// read-only data as they are, so that nothing is loaded before a page is written.
struct PageParts {
  std::string_view html;    ///< the template: {{name}} stands for what report_page() puts there
  std::string_view style;   ///< the style sheets
  std::string_view script;  ///< the scripts
  std::string_view plotly;  ///< empty: the build found none
};

PageParts page_parts();

}  // namespace turngreen::report
