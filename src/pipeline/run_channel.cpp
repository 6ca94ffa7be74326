#include "run_channel.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

namespace turngreen::pipeline {
namespace {

constexpr RunChannel::Connection kPipe = 0;
constexpr RunChannel::Connection kListener = std::numeric_limits<RunChannel::Connection>::max();
constexpr std::size_t kMostConnections = 256;
constexpr std::size_t kReadBytes = 65536;
constexpr int kPipeBytes =
    1 << 20;  // a burst of some ten thousand marks does not make the command wait
// More than a pipe or a socket's buffer can hold: what comes beyond that in a drain was written
// during it.
constexpr std::size_t kMostDrained = 2 * static_cast<std::size_t>(kPipeBytes);
constexpr int kBacklog = 128;
constexpr int kHighestDigit = 9;

tl::unexpected<Error> system_error(std::string_view what) {
  return fail(Error::Kind::io,
              fmt::format("the run protocol's {} failed: {}", what, std::strerror(errno)));
}

// A number from 9 down to 3 where one is free: POSIX shells redirect to one-digit descriptors only.
Descriptor with_one_digit(Descriptor descriptor) {
  constexpr int kLowest = 3;
  for (int wanted = kHighestDigit; wanted >= kLowest; --wanted) {
    Descriptor copy(::fcntl(descriptor.number(), F_DUPFD_CLOEXEC, wanted));
    if (copy.number() == wanted) return copy;
  }
  return descriptor;
}

}  // namespace

Result<RunChannel> RunChannel::open() {
  RunChannel channel;
  channel.buffer_.resize(kReadBytes);
  channel.events_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  if (!channel.events_.is_open()) return system_error("epoll instance");
  if (const auto opened = channel.open_pipe(); !opened) return tl::unexpected(opened.error());
  if (const auto opened = channel.open_socket(); !opened) {
    channel.socket_trouble_ = opened.error().message;
    channel.socket_path_.clear();
    channel.listener_.close();
  }
  return channel;
}

Result<void> RunChannel::open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return system_error("pipe");
  Stream& stream = streams_[kPipe];
  stream.descriptor = Descriptor(ends[0]);
  pipe_writer_ = with_one_digit(Descriptor(ends[1]));
  // The two ends are separate descriptions: ours does not block, and the command's does, which is
  // its backpressure.
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  ::fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);
  struct stat status {};
  if (::fstat(ends[0], &status) != 0) return system_error("pipe");
  pipe_inode_ = status.st_ino;
  return watch(ends[0], kPipe);
}

Result<void> RunChannel::open_socket() {
  constexpr std::string_view kName = "/run";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  auto directory = PrivateDirectory::make(sizeof address.sun_path - kName.size() - 1);
  if (!directory) return tl::unexpected(directory.error());
  directory_.emplace(std::move(*directory));
  socket_path_ = directory_->path().string().append(kName);
  socket_path_.copy(address.sun_path, sizeof address.sun_path - 1);

  listener_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener_.is_open() ||
      ::bind(listener_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
          0 ||
      ::listen(listener_.number(), kBacklog) != 0) {
    return system_error("socket " + socket_path_);
  }
  accepting_ = true;
  return watch(listener_.number(), kListener);
}

Result<void> RunChannel::watch(int descriptor, Connection connection) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = connection;
  if (::epoll_ctl(events_.number(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
    return system_error("epoll instance");
  }
  return {};
}

int RunChannel::number_in_child() const { return std::min(child_end(), kHighestDigit); }

std::vector<std::string> RunChannel::environment() const {
  std::vector<std::string> variables{fmt::format("{}={}", kRunFdVariable, number_in_child()),
                                     fmt::format("{}={}", kRunInodeVariable, pipe_inode_)};
  if (!socket_path_.empty()) {
    variables.push_back(fmt::format("{}={}", kRunSocketVariable, socket_path_));
  }
  return variables;
}

bool RunChannel::receive(const Receiver& receiver) {
  std::array<epoll_event, 64> events;
  const int count =
      ::epoll_wait(events_.number(), events.data(), static_cast<int>(events.size()), 0);
  bool more = false;
  for (int i = 0; i < count; ++i) {
    const Connection connection = events[static_cast<std::size_t>(i)].data.u64;
    if (connection == kListener) {
      accept_some(receiver);
      more = true;
      continue;
    }
    switch (read_some(connection, streams_.at(connection), receiver)) {
      case Got::full:
        more = true;
        break;
      case Got::some:
      case Got::nothing:
        break;
      case Got::end:
        end_stream(connection, receiver);
        break;
    }
  }
  return more;
}

void RunChannel::drain(const Receiver& receiver) {
  if (accepting_) accept_some(receiver);
  std::vector<Connection> open;
  for (const auto& [connection, stream] : streams_) open.push_back(connection);
  for (const Connection connection : open) {
    Stream& stream = streams_.at(connection);
    for (std::size_t bytes = 0; bytes < kMostDrained; bytes += kReadBytes) {
      const Got got = read_some(connection, stream, receiver);
      if (got == Got::nothing || got == Got::end) break;
    }
    end_stream(connection, receiver);
  }
}

void RunChannel::accept_some(const Receiver& receiver) {
  while (true) {
    Descriptor client(
        ::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!client.is_open()) {
      if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
        receiver.trouble(fmt::format("a connection had to wait: {}", std::strerror(errno)));
        pause_accepting();
      }
      return;
    }
    // The pipe is one of the streams. A refused client finds its connection closed, and goes on
    // without.
    if (streams_.size() > kMostConnections) {
      receiver.trouble(
          fmt::format("more than {} connections at once; one was refused", kMostConnections));
      continue;
    }
    const Connection connection = next_connection_++;
    if (!watch(client.number(), connection)) {
      receiver.trouble("a connection could not be watched");
      continue;
    }
    streams_[connection].descriptor = std::move(client);
  }
}

// Until a connection ends: the listener stays readable, and would keep us turning.
void RunChannel::pause_accepting() {
  if (!accepting_) return;
  ::epoll_ctl(events_.number(), EPOLL_CTL_DEL, listener_.number(), nullptr);
  accepting_ = false;
}

RunChannel::Got RunChannel::read_some(Connection connection, Stream& stream,
                                      const Receiver& receiver) {
  const ssize_t size = ::read(stream.descriptor.number(), buffer_.data(), buffer_.size());
  if (size < 0) return errno == EAGAIN || errno == EINTR ? Got::nothing : Got::end;
  if (size == 0) return Got::end;
  stream.splitter.feed(
      {buffer_.data(), static_cast<std::size_t>(size)},
      [&](std::string_view line) { receiver.line(connection, line); },
      [&] { receiver.trouble(fmt::format("a line longer than {} bytes", kMaxLineBytes)); });
  return static_cast<std::size_t>(size) == buffer_.size() ? Got::full : Got::some;
}

void RunChannel::end_stream(Connection connection, const Receiver& receiver) {
  const auto stream = streams_.find(connection);
  if (const auto rest = stream->second.splitter.rest()) receiver.line(connection, *rest);
  streams_.erase(stream);  // closing takes it out of the epoll instance
  if (!accepting_ && listener_.is_open())
    accepting_ = watch(listener_.number(), kListener).has_value();
}

}  // namespace turngreen::pipeline
