#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/linear/ngrams.h"

namespace turngreen::linear {

/// Adds the n-grams of each text to `examples`: ids are buckets, each once. What comes out does not
/// depend on the number of threads.
void append_ngrams(data::Examples& examples, Ngrams kind, std::span<const std::string_view> texts,
                   int threads);

/// The feature of each n-gram that a text of so many has: 1 / sqrt(count), so that every text is a
/// vector of length 1; 0 for a text without any.
float feature_of(std::size_t count);

}  // namespace turngreen::linear
