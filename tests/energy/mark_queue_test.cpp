#include "energy/mark_queue.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace turngreen::energy {
namespace {

Mark numbered(std::uint64_t track, std::uint64_t span) {
  Mark mark;
  mark.track = TrackId{track};
  mark.span = SpanId{span};
  return mark;
}

TEST(MarkQueue, hands_marks_out_in_order_and_then_none) {
  MarkQueue queue;
  bool nearly_full = false;
  for (std::uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(queue.push(numbered(0, i), nearly_full));
  Mark mark;
  for (std::uint64_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(queue.pop(mark));
    EXPECT_EQ(mark.span, SpanId{i});
  }
  EXPECT_FALSE(queue.pop(mark));
}

TEST(MarkQueue, refuses_when_full_and_asks_for_the_reader_half_way) {
  MarkQueue queue;
  bool nearly_full = false;
  bool asked = false;
  for (std::size_t i = 0; i < MarkQueue::kCapacity; ++i) {
    ASSERT_TRUE(queue.push(numbered(0, i), nearly_full));
    asked = asked || nearly_full;
  }
  EXPECT_TRUE(asked);
  EXPECT_FALSE(queue.push(numbered(0, 0), nearly_full));
  Mark mark;
  ASSERT_TRUE(queue.pop(mark));
  EXPECT_TRUE(queue.push(numbered(0, 0), nearly_full));
}

TEST(MarkQueue, loses_and_doubles_nothing_between_threads) {
  constexpr std::uint64_t kThreads = 8;
  constexpr std::uint64_t kEach = 50'000;
  MarkQueue queue;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&queue, t] {
      for (std::uint64_t i = 0; i < kEach; ++i) {
        bool nearly_full = false;
        while (!queue.push(numbered(t, i), nearly_full)) std::this_thread::yield();
      }
    });
  }
  std::vector<std::uint64_t> next(kThreads);
  Mark mark;
  for (std::uint64_t taken = 0; taken < kThreads * kEach;) {
    if (!queue.pop(mark)) {
      std::this_thread::yield();
      continue;
    }
    ++taken;
    ASSERT_EQ(mark.span, SpanId{next[static_cast<std::size_t>(mark.track)]++});
  }
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace turngreen::energy
