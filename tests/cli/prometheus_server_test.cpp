#include "cli/prometheus_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>

namespace turngreen::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    std::memcpy(&generic, &address, sizeof address);
    connected_ = ::connect(socket_, &generic, sizeof generic) == 0;
  }
  ~Client() { ::close(socket_); }

  bool connected() const { return connected_; }
  void send(const std::string& text) {
    (void)::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  std::string receive() {
    std::string all;
    std::array<char, 4096> block{};
    for (ssize_t got; (got = ::recv(socket_, block.data(), block.size(), 0)) > 0;) {
      all.append(block.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::string reply_to(const PrometheusServer& server, const std::string& request) {
  Client client(server.port());
  client.send(request);
  return client.receive();
}

class PrometheusServerTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(server) << server.error().message;
    server->publish("turngreen_run_seconds_total 1\n");
  }
  Result<PrometheusServer> server = PrometheusServer::open(0);
};

TEST_F(PrometheusServerTest, it_answers_with_what_was_published_last) {
  server->publish("turngreen_run_seconds_total 2\n");
  const std::string reply = reply_to(*server, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(reply, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  EXPECT_THAT(reply, HasSubstr("\r\n\r\nturngreen_run_seconds_total 2\n"));
}

TEST_F(PrometheusServerTest, other_paths_methods_and_protocols_are_refused) {
  EXPECT_THAT(reply_to(*server, "GET / HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(reply_to(*server, "POST /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(reply_to(*server, "nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(reply_to(*server, "\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(PrometheusServerTest, a_request_without_end_is_dropped_and_the_next_one_served) {
  EXPECT_EQ(reply_to(*server, "GET /" + std::string(50'000, 'x')), "");
  EXPECT_THAT(reply_to(*server, "GET /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(PrometheusServerTest, a_silent_client_does_not_hold_up_the_end) {
  Client silent(server->port());
  ASSERT_TRUE(silent.connected());
  const auto start = std::chrono::steady_clock::now();
  server = fail(Error::Kind::io, "closed");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

TEST_F(PrometheusServerTest, a_port_that_is_taken_is_named) {
  const auto second = PrometheusServer::open(server->port());
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(server->port())));
  EXPECT_THAT(second.error().message, HasSubstr("name another port"));
}

}  // namespace
}  // namespace turngreen::cli
