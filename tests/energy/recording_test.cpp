#include "turngreen/energy/recording.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "energy/recording_stream.h"
#include "energy/scripted_sensor.h"
#include "turngreen/energy/meter.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;
using units::seconds;

class Recording : public testing::Test {
 protected:
  Recording()
      : folder_(std::filesystem::temp_directory_path() /
                ("turngreen_recording_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Recording() override { std::filesystem::remove_all(folder_); }

  /// A run with nested, overlapping and unmatched marks, a wrap, a vanishing sensor and two
  /// sensors.
  Statement record(const std::filesystem::path& file, bool finish = true) {
    std::mt19937_64 random(42);
    std::uint64_t counter = 262'143'000'000;
    std::uint64_t watts = 50'000'000;
    bool gone = false;
    auto rapl = std::make_unique<ScriptedSensor>();
    Domain package = counter_domain("package-0");
    package.wraps_at = 262'143'328'850;
    rapl->add(package, [&] { return Reading::of(counter); });
    auto gpu = std::make_unique<ScriptedSensor>();
    Domain power = counter_domain("gpu-0");
    power.quantity = Quantity::power;
    power.kind = DomainKind::gpu;
    power.source = Source::nvml_power;
    power.max_power = units::watts(712.5);
    gpu->add(power, [&] {
      return gone ? Reading::missing()
                  : Reading{Reading::State::ok, watts, watts - 5'000'000, watts + 5'000'000};
    });
    auto writer = RecordingWriter::create(file).value();
    Meter meter(sensors(std::move(rapl), std::move(gpu)),
                {.sampling = Sampling::by_hand, .recording = writer.get()});
    std::vector<SpanId> open;
    for (int tick = 0; tick < 400; ++tick) {
      const auto now = milliseconds(tick * 100.0);
      meter.sample(at(now));
      if (tick == 1) meter.begin(at(now));
      for (int i = 0; i < 5; ++i) {
        const auto when = at(now + milliseconds(static_cast<double>(random() % 100)));
        if (!open.empty() && random() % 2 == 0) {
          meter.close_at(open.back(), when);
          open.pop_back();
        } else {
          const std::string name = "stage " + std::to_string(random() % 5);
          open.push_back(meter.open_at(meter.stage(name), TrackId{random() % 3}, SpanId{}, when));
        }
      }
      counter = (counter + 5'000'000 + random() % 1'000'000) % 262'143'328'850;
      watts = 50'000'000 + random() % 100'000'000;
      gone = tick > 300;
    }
    meter.note(
        {FaultKind::protocol, "line", 2, at(seconds(1)), at(seconds(2)), {}, "two bad lines"});
    const Statement statement = meter.finish(at(seconds(39)));
    if (finish) {
      EXPECT_TRUE(writer->finish("the note"));
    }
    return statement;
  }

  static std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::filesystem::path file() const { return folder_ / "run.tgrec"; }
  std::filesystem::path folder_;
};

void expect_same(const Statement& a, const Statement& b) {
  EXPECT_EQ(a.start, b.start);
  EXPECT_EQ(a.end, b.end);
  EXPECT_EQ(a.domains, b.domains);
  EXPECT_EQ(a.domain_totals, b.domain_totals);
  EXPECT_EQ(a.total, b.total);
  ASSERT_EQ(a.stages.size(), b.stages.size());
  for (std::size_t i = 0; i < a.stages.size(); ++i) {
    EXPECT_EQ(a.stages[i].name, b.stages[i].name);
    EXPECT_EQ(a.stages[i].parent, b.stages[i].parent);
    EXPECT_EQ(a.stages[i].count, b.stages[i].count);
    EXPECT_EQ(a.stages[i].time, b.stages[i].time);
    EXPECT_EQ(a.stages[i].domains, b.stages[i].domains);
    EXPECT_EQ(a.stages[i].own, b.stages[i].own);
    EXPECT_EQ(a.stages[i].total, b.stages[i].total);
  }
  ASSERT_EQ(a.faults.size(), b.faults.size());
  for (std::size_t i = 0; i < a.faults.size(); ++i) {
    EXPECT_EQ(a.faults[i].kind, b.faults[i].kind);
    EXPECT_EQ(a.faults[i].count, b.faults[i].count);
    EXPECT_EQ(a.faults[i].duration, b.faults[i].duration);
  }
}

TEST_F(Recording, replays_to_the_same_statement_bit_for_bit) {
  const Statement live = record(file());
  ASSERT_GT(live.stages.size(), 10U);
  const auto replayed = replay(file());
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_TRUE(replayed->complete);
  EXPECT_EQ(replayed->note, "the note");
  expect_same(live, replayed->statement);
}

TEST_F(Recording, appears_under_its_name_only_when_finished) {
  record(file(), false);
  EXPECT_FALSE(std::filesystem::exists(file()));
  const auto replayed = replay(file().string() + ".part");
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_FALSE(replayed->complete);
}

TEST_F(Recording, cut_anywhere_it_gives_what_came_before_or_a_clear_error) {
  record(file());
  const std::string whole = read(file());
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    const auto decoded = decode_recording(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(decoded && decoded->complete);
  }
}

TEST_F(Recording, a_changed_byte_is_noticed) {
  record(file());
  const std::string whole = read(file());
  std::mt19937_64 random(1);
  for (int i = 0; i < 200; ++i) {
    std::string changed = whole;
    changed[random() % changed.size()] ^= static_cast<char>(1 + random() % 255);
    const auto decoded = decode_recording(changed);
    EXPECT_FALSE(decoded && decoded->complete);
  }
}

TEST_F(Recording, a_file_that_is_no_recording_is_refused_by_name) {
  std::ofstream(file()) << "hello";
  const auto replayed = replay(file());
  ASSERT_FALSE(replayed);
  EXPECT_NE(replayed.error().message.find("run.tgrec"), std::string::npos);
  EXPECT_NE(replayed.error().message.find("not a Turngreen recording"), std::string::npos);
}

TEST_F(Recording, a_missing_file_and_a_directory_are_refused) {
  EXPECT_EQ(replay(folder_ / "absent").error().kind, Error::Kind::not_found);
  EXPECT_FALSE(replay(folder_));
}

TEST_F(Recording, a_full_disk_is_told_at_the_end_and_not_before) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  std::filesystem::create_symlink("/dev/full", file().string() + ".part");
  auto writer = RecordingWriter::create(file()).value();
  auto sensor = std::make_unique<ScriptedSensor>();
  sensor->add(counter_domain("package-0"), [n = 0U]() mutable { return Reading::of(n += 1000); });
  Meter meter(sensors(std::move(sensor)),
              {.sampling = Sampling::by_hand, .recording = writer.get()});
  for (int i = 0; i < 10; ++i) meter.sample(at(seconds(i)));
  EXPECT_TRUE(meter.finish(at(seconds(9))).total.energy);
  const auto finished = writer->finish("");
  ASSERT_FALSE(finished);
  EXPECT_NE(finished.error().message.find("No space left"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(Recording, is_compact) {
  record(file());
  // 400 samples of two domains and 2,000 marks.
  EXPECT_LT(std::filesystem::file_size(file()), 40'000U);
}

}  // namespace
}  // namespace turngreen::energy
