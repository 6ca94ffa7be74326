#include "kernels/panel_product.h"

#include <gtest/gtest.h>

#include "kernels/kernel_set.h"
#include "stored_matrix.h"

namespace turngreen::kernels {
namespace {

struct Shape {
  std::int64_t rows;
  std::int64_t features;
  std::int64_t outputs;
  std::int64_t begin = 0;
  std::int64_t end = 0;  ///< 0: all
};

constexpr Shape kShapes[] = {
    {1, 16, 16}, {6, 32, 64}, {13, 384, 208}, {17, 64, 192, 48, 160}, {96, 48, 80}};

std::size_t index(std::int64_t row, std::int64_t width, std::int64_t column) {
  return static_cast<std::size_t>(row * width + column);
}

/// In double precision: the oracle.
Matrix product_of(const Matrix& x, const Matrix& weight, const Shape& shape) {
  Matrix y;
  for (std::int64_t row = 0; row < shape.rows; ++row) {
    for (std::int64_t output = shape.begin; output < shape.end; ++output) {
      double sum = 0;
      for (std::int64_t k = 0; k < shape.features; ++k)
        sum += x[index(row, shape.features, k)] * weight[index(output, shape.features, k)];
      y.push_back(sum);
    }
  }
  return y;
}

/// A weight as the kernels take it.
struct Packed {
  Packed(const Matrix& values, const Shape& shape, Format format)
      : floats(as_floats(values)),
        matrix{floats.data(), shape.outputs, shape.features},
        words(static_cast<std::size_t>(packed_words(matrix, format))),
        scales(static_cast<std::size_t>(shape.outputs)) {
    pack_weight(matrix, format, words.data(), scales.data());
  }
  std::vector<float> floats;
  WeightMatrix matrix;
  std::vector<std::uint32_t> words;
  std::vector<float> scales;
};

/// Rows of int8 with what they mean.
struct Quantised {
  Quantised(const KernelSet& kernels, Storage storage, const Matrix& x, const Shape& shape)
      : bytes(x.size()),
        scales(static_cast<std::size_t>(shape.rows)),
        sums(static_cast<std::size_t>(shape.rows)) {
    StoredMatrix in(storage, x);
    kernels.quantise_rows({.storage = storage,
                           .rows = shape.rows,
                           .features = shape.features,
                           .in = in.data(),
                           .out = bytes.data(),
                           .scales = scales.data(),
                           .sums = sums.data()});
  }
  std::vector<std::int8_t> bytes;
  std::vector<float> scales;
  std::vector<std::int32_t> sums;
};

PanelProduct call_of(const Shape& shape, Format format, const Packed& packed) {
  PanelProduct call;
  call.format = format;
  call.rows = shape.rows;
  call.features = shape.features;
  call.outputs = shape.outputs;
  call.begin = shape.begin;
  call.end = shape.end;
  call.weight = packed.words.data();
  call.weight_scales = packed.scales.data();
  return call;
}

template <typename Check>
void on_each(const Check& check) {
  for (const KernelSet* kernels : kernel_sets()) {
    if (!kernels->supported()) continue;
    for (Shape shape : kShapes) {
      SCOPED_TRACE(testing::Message() << kernels->name << ", " << shape.rows << " rows of "
                                      << shape.features << " to " << shape.outputs);
      if (shape.end == 0) shape.end = shape.outputs;
      std::mt19937 random(3);
      const Matrix x = drawn(random, shape.rows * shape.features, 1);
      const Matrix weight = drawn(random, shape.outputs * shape.features, 0.1);
      check(*kernels, shape, x, weight);
    }
  }
}

TEST(PanelProduct, of_fp32_and_bf16_equals_the_plain_definition) {
  on_each([](const KernelSet& kernels, const Shape& shape, const Matrix& x, const Matrix& weight) {
    for (const Format format : {Format::f32, Format::bf16}) {
      const Storage storage = format == Format::f32 ? Storage::f32 : Storage::bf16;
      StoredMatrix in(storage, x);
      StoredMatrix out(storage, shape.rows * (shape.end - shape.begin));
      const Packed packed(weight, shape, format);
      PanelProduct call = call_of(shape, format, packed);
      call.x = in.data();
      call.y_storage = storage;
      call.y = out.data();
      kernels.panel_product(call);
      EXPECT_LT(difference(out.values(), product_of(x, weight, shape)),
                format == Format::f32 ? 1e-6 : 1e-2);
    }
  });
}

TEST(PanelProduct, of_int8_is_exactly_that_of_the_bytes_and_their_scales) {
  on_each([](const KernelSet& kernels, const Shape& shape, const Matrix& x, const Matrix& weight) {
    const Packed packed(weight, shape, Format::int8);
    const Quantised rows(kernels, Storage::f32, x, shape);
    Matrix meant(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto row = i / static_cast<std::size_t>(shape.features);
      meant[i] = static_cast<double>(rows.bytes[i]) * static_cast<double>(rows.scales[row]);
    }
    Matrix rounded(weight.size());
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const float scale = packed.scales[i / static_cast<std::size_t>(shape.features)];
      rounded[i] = static_cast<double>(std::nearbyint(packed.floats[i] / scale)) *
                   static_cast<double>(scale);
    }
    const Matrix expected = product_of(meant, rounded, shape);
    for (const Storage storage : {Storage::f32, Storage::bf16}) {
      StoredMatrix out(storage, shape.rows * (shape.end - shape.begin));
      PanelProduct call = call_of(shape, Format::int8, packed);
      call.x = rows.bytes.data();
      call.row_scales = rows.scales.data();
      call.row_sums = rows.sums.data();
      call.y_storage = storage;
      call.y = out.data();
      kernels.panel_product(call);
      EXPECT_LT(difference(out.values(), expected), storage == Storage::f32 ? 1e-5 : 1e-2);
    }
  });
}

TEST(RowQuantisation, gives_the_nearest_bytes_of_each_rows_own_scale_and_their_sum) {
  on_each([](const KernelSet& kernels, const Shape& shape, const Matrix& x, const Matrix&) {
    for (const Storage storage : {Storage::f32, Storage::bf16}) {
      const Quantised rows(kernels, storage, x, shape);
      for (std::int64_t row = 0; row < shape.rows; ++row) {
        const auto scale = static_cast<double>(rows.scales[static_cast<std::size_t>(row)]);
        std::int32_t sum = 0;
        double furthest = 0;
        for (std::int64_t k = 0; k < shape.features; ++k) {
          const std::size_t at = index(row, shape.features, k);
          furthest = std::max(furthest, std::abs(rows.bytes[at] * scale - x[at]) / scale);
          sum += rows.bytes[at];
        }
        EXPECT_LT(furthest, 0.5001);
        EXPECT_EQ(rows.sums[static_cast<std::size_t>(row)], sum);
      }
    }
  });
}

TEST(RowQuantisation, of_a_row_of_zeros_is_zeros) {
  const Shape shape{1, 16, 16};
  const Quantised rows(best_kernels(), Storage::f32, Matrix(16, 0), shape);
  EXPECT_EQ(rows.bytes, std::vector<std::int8_t>(16, 0));
  EXPECT_EQ(rows.scales.front(), 0);
}

}  // namespace
}  // namespace turngreen::kernels
