#include "prometheus_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

namespace turngreen::cli {
namespace {

constexpr std::size_t kMaxRequestBytes = 8192;
constexpr std::chrono::milliseconds kMaxScrapeTime{1000};

class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }

 private:
  int number_;
};

/// Keeps signals on the threads that expect them while a thread is started.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

std::string response(std::string_view status, std::string_view body, std::string_view extra = {}) {
  return fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
      "Content-Length: {}\r\nConnection: close\r\n{}\r\n{}",
      status, body.size(), extra, body);
}

/// The answer to a request's first line, "GET /metrics HTTP/1.1".
std::string answer(std::string_view request, const std::string& metrics) {
  const auto line = request.substr(0, request.find("\r\n"));
  const auto method = line.substr(0, line.find(' '));
  auto target = line.substr(std::min(line.size(), method.size() + 1));
  const auto version_at = target.find(' ');
  if (method.empty() || version_at == std::string_view::npos ||
      target.substr(version_at + 1).rfind("HTTP/1.", 0) != 0) {
    return response("400 Bad Request", "not an HTTP/1 request\n");
  }
  target = target.substr(0, version_at);
  if (method != "GET") {
    return response("405 Method Not Allowed", "GET only\n", "Allow: GET\r\n");
  }
  if (target.substr(0, target.find('?')) != "/metrics") {
    return response("404 Not Found", "the metrics are at /metrics\n");
  }
  return response("200 OK", metrics);
}

}  // namespace

struct PrometheusServer::State {
  Descriptor listener;
  Descriptor stop;
  std::uint16_t port = 0;
  std::mutex mutex;
  std::string text;
  std::thread thread;

  ~State() {
    const std::uint64_t one = 1;
    if (thread.joinable()) {
      (void)!::write(stop.get(), &one, sizeof one);
      thread.join();
    }
  }

  /// Waits for `events` on `descriptor`; false at the deadline, on error or when asked to stop.
  bool wait(int descriptor, short events, int timeout_ms) {
    std::array<pollfd, 2> watched{pollfd{descriptor, events, 0}, pollfd{stop.get(), POLLIN, 0}};
    const int ready = ::poll(watched.data(), watched.size(), timeout_ms);
    return ready > 0 && watched[1].revents == 0;
  }

  void serve_one(int connection) {
    const auto deadline = std::chrono::steady_clock::now() + kMaxScrapeTime;
    const auto left_ms = [&] {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      return static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
    };
    std::string request;
    std::array<char, 2048> block{};
    while (request.find("\r\n\r\n") == std::string::npos) {
      if (request.size() > kMaxRequestBytes || !wait(connection, POLLIN, left_ms())) return;
      const ssize_t got = ::recv(connection, block.data(), block.size(), 0);
      if (got <= 0) return;
      request.append(block.data(), static_cast<std::size_t>(got));
    }
    std::string metrics;
    {
      const std::lock_guard lock(mutex);
      metrics = text;
    }
    const std::string reply = answer(request, metrics);
    std::string_view rest = reply;
    while (!rest.empty() && wait(connection, POLLOUT, left_ms())) {
      const ssize_t sent = ::send(connection, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  bool stopping() {
    pollfd asked{stop.get(), POLLIN, 0};
    return ::poll(&asked, 1, 0) != 0;
  }

  void serve() {
    while (!stopping()) {
      if (!wait(listener.get(), POLLIN, -1)) continue;
      const Descriptor connection(
          ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      if (connection.get() >= 0) serve_one(connection.get());
    }
  }
};

Result<PrometheusServer> PrometheusServer::open(std::uint16_t port) {
  auto state = std::make_unique<State>();
  state->listener = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  state->stop = Descriptor(::eventfd(0, EFD_CLOEXEC));
  const int on = 1;
  ::setsockopt(state->listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr generic{};
  static_assert(sizeof generic == sizeof address);
  std::memcpy(&generic, &address, sizeof address);
  socklen_t length = sizeof generic;
  if (state->listener.get() < 0 || state->stop.get() < 0 ||
      ::bind(state->listener.get(), &generic, length) != 0 ||
      ::listen(state->listener.get(), 16) != 0 ||
      ::getsockname(state->listener.get(), &generic, &length) != 0) {
    return fail(Error::Kind::io, fmt::format("cannot serve on 127.0.0.1:{}: {}; name another port",
                                             port, std::strerror(errno)));
  }
  std::memcpy(&address, &generic, sizeof address);
  state->port = ntohs(address.sin_port);
  const AllSignalsBlocked blocked;
  state->thread = std::thread([server = state.get()] { server->serve(); });
  return PrometheusServer(std::move(state));
}

PrometheusServer::PrometheusServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
PrometheusServer::PrometheusServer(PrometheusServer&&) noexcept = default;
PrometheusServer& PrometheusServer::operator=(PrometheusServer&&) noexcept = default;
PrometheusServer::~PrometheusServer() = default;

std::uint16_t PrometheusServer::port() const { return state_->port; }

void PrometheusServer::publish(std::string text) {
  const std::lock_guard lock(state_->mutex);
  state_->text = std::move(text);
}

}  // namespace turngreen::cli
