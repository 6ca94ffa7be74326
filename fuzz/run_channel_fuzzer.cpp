#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "energy/scripted_sensor.h"
#include "input_bytes.h"
#include "pipeline/descriptor.h"
#include "pipeline/run_channel.h"
#include "pipeline/run_transcript.h"
#include "require.h"
#include "turngreen/energy/meter.h"
#include "turngreen/pipeline/measurement.h"

namespace turngreen::pipeline {
namespace {

using fuzz::InputBytes;
using fuzz::require;
using Connection = RunChannel::Connection;

constexpr Connection kPipe = 0;
constexpr std::size_t kMostSockets = 6;
// Below what a pipe or a socket holds, so that no write waits for us. Each write to a socket takes
// room beyond its bytes.
constexpr std::size_t kMostUnread = 60'000;
constexpr std::size_t kRoomOfAWrite = 2'000;

/// Texts that mean something to the receiver; bytes of the input's own come between them.
constexpr std::string_view kPieces[] = {
    "\n",
    R"({"event":"begin","stage":"train"})",
    R"({"event":"begin","stage":"train","span":"a","track":"1.1","time_ns":1000000000100})",
    R"({"event":"begin","stage":"epoch","span":"b","parent":"a","track":"1.2"})",
    R"({"event":"end","stage":"train"})",
    R"({"event":"end","span":"a"})",
    R"({"event":"end","stage":"epoch","span":"b","track":"1.2"})",
    R"({"event":"progress","samples":32,"tokens":18446744073709551615})",
    R"({"event":"metric","name":"f1","value":0.5})",
    R"({"event":"effective","knob":"precision","value":"bf16"})",
    R"({"event":"predictions","file":"predictions.csv"})",
    R"({"event":)",
};

/// One writer: what it has sent, and the lines that must come out of it.
class Writer {
 public:
  explicit Writer(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  bool is_open() const { return descriptor_.is_open(); }
  void close() { descriptor_.close(); }
  void send(int descriptor, std::string_view bytes) {
    require(::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "there is room to write");
    sent_ += bytes;
  }
  void send(std::string_view bytes) { send(descriptor_.number(), bytes); }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    std::string_view rest = sent_;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      if (end <= kMaxLineBytes) lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
    if (!rest.empty() && rest.size() <= kMaxLineBytes) lines.emplace_back(rest);
    return lines;
  }

 private:
  Descriptor descriptor_;
  std::string sent_;
};

Descriptor connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  require(
      ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
      "the socket takes connections");
  return socket;
}

std::string socket_path(const RunChannel& channel) {
  const std::string prefix = fmt::format("{}=", kRunSocketVariable);
  for (const std::string& variable : channel.environment()) {
    if (variable.starts_with(prefix)) return variable.substr(prefix.size());
  }
  return {};
}

/// A run that goes on while the input writes to its channel.
class Run {
 public:
  explicit Run(InputBytes input) : input_(input), channel_(std::move(*RunChannel::open())) {
    writers_.emplace_back(Descriptor());
    meter_.begin(energy::at({}));
    meter_.sample(energy::at({}));
  }

  void go() {
    while (!input_.used_up()) step();
    channel_.drain(receiver());
    for (std::size_t i = 0; i < writers_.size(); ++i) {
      require(got_[i] == writers_[i].lines(), "each writer's lines arrive, whole and in order");
    }
    require(got_.size() <= writers_.size(), "nobody else has written");
    Measurement measurement;
    transcript_.finish(measurement);
    pass_time();
    meter_.finish(now_);
  }

 private:
  void step() {
    const std::uint8_t choice = input_.byte();
    // Half of all choices go on with the same writer.
    if ((choice & 0x80U) != 0) writer_ = choice % writers_.size();
    switch (choice % 8) {
      case 0:
        return connect();
      case 1:
        return writers_[writer_].close();  // of the pipe we hold no end here
      case 2:
        return receive();
      case 3:
        return pass_time();
      case 4:
        return send(input_.text());
      case 5:
        return send(std::string(input_.below(kMostUnread), ' '));
      case 6:
        return send("\n");
      default:
        return send(input_.one_of(kPieces));
    }
  }

  void connect() {
    const std::string path = socket_path(channel_);
    if (path.empty() || writers_.size() > kMostSockets) return;
    writers_.emplace_back(connect_to(path));
    writer_ = writers_.size() - 1;
  }

  void send(std::string_view bytes) {
    if (unread_ + bytes.size() > kMostUnread) receive();
    unread_ += bytes.size() + kRoomOfAWrite;
    if (writer_ == kPipe) {
      writers_[kPipe].send(channel_.child_end(), bytes);
    } else if (writers_[writer_].is_open()) {
      writers_[writer_].send(bytes);
    }
  }

  void receive() {
    // Twice: a connection is accepted first, and its bytes are taken the next time.
    channel_.receive(receiver());
    channel_.receive(receiver());
    unread_ = 0;
  }

  RunChannel::Receiver receiver() {
    return {[this](Connection connection, std::string_view line) {
              got_[connection].emplace_back(line);
              transcript_.add_line(connection, line, now_);
            },
            [this](const std::string& what) { transcript_.add_trouble(what, now_); }};
  }

  void pass_time() {
    now_ = now_ + units::milliseconds(30);
    counter_ += 1'000'000;
    meter_.sample(now_);
  }

  std::vector<std::unique_ptr<energy::Sensor>> sensors() {
    auto sensor = std::make_unique<energy::ScriptedSensor>();
    sensor->add(energy::counter_domain("package-0"),
                [this] { return energy::Reading::of(counter_); });
    return energy::sensors(std::move(sensor));
  }

  InputBytes input_;
  RunChannel channel_;
  std::uint64_t counter_ = 0;
  energy::Instant now_ = energy::at({});
  energy::Meter meter_{sensors(), {.sampling = energy::Sampling::by_hand}};
  RunTranscript transcript_{meter_, now_};
  std::vector<Writer> writers_;  // the pipe, then the sockets in the order of connecting
  std::size_t writer_ = kPipe;
  std::size_t unread_ = 0;  // by all writers together
  std::map<Connection, std::vector<std::string>> got_;
};

}  // namespace
}  // namespace turngreen::pipeline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::pipeline::Run({data, size}).go();
  return 0;
}
