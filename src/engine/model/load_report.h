#pragma once

#include <string>
#include <vector>

namespace turngreen::model {

/// What was not as the model wanted it when it was loaded: never silent.
struct LoadReport {
  std::vector<std::string> fresh;       ///< not in the checkpoint, initialised anew (a new head)
  std::vector<std::string> unused;      ///< in the checkpoint, of no use here (a masked-LM head);
                                        ///< not of layers that were to be dropped
  std::vector<std::string> mismatched;  ///< of another shape, so initialised anew:
                                        ///< "classifier.weight [2, 384], not [10, 384]"
};

}  // namespace turngreen::model
