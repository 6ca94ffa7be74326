#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randint.h>
#include <c10/core/CPUAllocator.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "engine/model/fused/random_networks.h"
#include "engine/model/small_batch.h"
#include "model/fused/fused_encoder.h"
#include "model/precision.h"
#include "train/adamw.h"
#include "train/gradients.h"

namespace {

/// Of a tenth of what an activation of all tokens takes; what is smaller is of sequences, and taken
/// from memory that is there.
constexpr std::size_t kLarge = 3000;
std::atomic<int> large_allocations = 0;

void count(std::size_t bytes) {
  if (bytes >= kLarge) ++large_allocations;
}

}  // namespace

// Containers' memory.
void* operator new(std::size_t bytes) {
  count(bytes);
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace turngreen::train {
namespace {

/// Tensors' memory.
class CountingAllocator final : public c10::Allocator {
 public:
  CountingAllocator() : counted_(c10::GetDefaultCPUAllocator()) {
    c10::SetCPUAllocator(this, /*priority=*/1);
  }
  CountingAllocator(const CountingAllocator&) = delete;
  CountingAllocator& operator=(const CountingAllocator&) = delete;
  ~CountingAllocator() override { c10::SetCPUAllocator(counted_, 1); }

  c10::DataPtr allocate(std::size_t bytes) override {
    count(bytes);
    return counted_->allocate(bytes);
  }
  c10::DeleterFnPtr raw_deleter() const override { return counted_->raw_deleter(); }
  void copy_data(void* to, const void* from, std::size_t bytes) const override {
    counted_->copy_data(to, from, bytes);
  }

 private:
  c10::Allocator* counted_;
};

std::vector<model::Parameter> parameters_of(const model::RandomParameters& random) {
  std::vector<model::Parameter> parameters;
  for (const at::Tensor& tensor : random.all()) {
    model::Parameter parameter;
    parameter.names = {std::to_string(parameters.size())};
    parameter.tensor = tensor;
    parameter.is_table = parameters.size() < 2;  // words and positions
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

// Of fp32: oneDNN takes a scratchpad from the allocator for each product in bf16.
TEST(StepMemory, is_kept_from_one_step_of_fused_kernels_to_the_next) {
  at::manual_seed(3);
  model::RandomParameters random;
  const model::Bert bert = model::random_bert(random);
  const std::vector<model::Parameter> parameters = parameters_of(random);
  model::fused::FusedEncoder encoder(bert);
  checkpoint::Architecture architecture;
  for (const auto& layer : bert.layers) architecture.layers.push_back(layer.attention);
  AdamW adamw(parameters, {.weight_decay = 0.01});
  model::TokenBatch batch = model::batch_of_lengths({70, 1, 2, 33, 129}, model::Layout::packed);
  const CountingAllocator counting;
  const auto step = [&] {
    batch.ids.random_(1, model::RandomParameters::kVocabulary);
    const model::ForwardPass pass(batch, architecture,
                                  {.training = true, .dropout = 0.1, .row_gradients = true});
    adamw.catch_up(std::vector<model::TableRows>{{bert.words, batch.ids}});
    at::Tensor rows;
    {
      const model::AutocastScope autocast(model::Precision::fp32, at::kCPU);
      rows = encoder.rows(batch, pass, true);
    }
    rows.sum().backward();
    gather_gradients(parameters);
    const double norm = gradient_norm(parameters);
    adamw.step({.learning_rate = 1e-3, .gradient_scale = clipping_scale(norm, 1)},
               encoder.shadows());
    forget_gradients(parameters);
  };
  const int before = large_allocations;
  for (int k = 0; k < 3; ++k) step();
  EXPECT_GT(large_allocations, before) << "nothing is counted";
  const int warm = large_allocations;
  for (int k = 0; k < 5; ++k) step();
  EXPECT_EQ(large_allocations, warm);
}

}  // namespace
}  // namespace turngreen::train
