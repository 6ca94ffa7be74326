#include "pipeline/run_channel.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class RunChannelTest : public testing::Test {
 protected:
  RunChannel channel_ = RunChannel::open().value();
  std::vector<std::pair<RunChannel::Connection, std::string>> lines_;
  std::vector<std::string> troubles_;
  RunChannel::Receiver receiver_{
      [this](RunChannel::Connection connection, std::string_view line) {
        lines_.emplace_back(connection, line);
      },
      [this](std::string trouble) { troubles_.push_back(std::move(trouble)); }};

  std::string variable(std::string_view name) const {
    for (const std::string& entry : channel_.environment()) {
      if (entry.starts_with(std::string(name) + "=")) return entry.substr(name.size() + 1);
    }
    return "";
  }
  Descriptor connect() const {
    Descriptor client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    variable(kRunSocketVariable).copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(client.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0)
        << std::strerror(errno);
    return client;
  }
  static void write(int descriptor, std::string_view text) {
    ASSERT_EQ(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  bool readable() const {
    pollfd watched{channel_.descriptor(), POLLIN, 0};
    return ::poll(&watched, 1, 0) == 1;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const auto& line : lines_) texts.push_back(line.second);
    return texts;
  }
};

TEST_F(RunChannelTest, lines_of_the_pipe_come_through_one_descriptor) {
  EXPECT_FALSE(readable());
  write(channel_.child_end(), "one\ntwo\n");
  EXPECT_TRUE(readable());
  channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("one", "two"));
  EXPECT_FALSE(readable());
}

TEST_F(RunChannelTest, each_connection_of_the_socket_is_told_apart) {
  const Descriptor a = connect();
  const Descriptor b = connect();
  write(a.number(), "a\n");
  write(b.number(), "b\n");
  while (readable()) channel_.receive(receiver_);
  ASSERT_THAT(lines_, SizeIs(2));
  EXPECT_NE(lines_[0].first, lines_[1].first);
  EXPECT_NE(lines_[0].first, 0U) << "the pipe's number";
}

TEST_F(RunChannelTest, the_childs_end_has_one_digit_and_its_inode_is_told) {
  EXPECT_LE(channel_.child_end(), 9);
  EXPECT_EQ(variable(kRunFdVariable), std::to_string(channel_.child_end()));
  struct stat status {};
  ASSERT_EQ(::fstat(channel_.child_end(), &status), 0);
  EXPECT_EQ(variable(kRunInodeVariable), std::to_string(status.st_ino));
}

TEST_F(RunChannelTest, descriptors_in_use_are_left_alone) {
  const int before = channel_.child_end();
  const auto second = RunChannel::open();
  ASSERT_TRUE(second);
  EXPECT_NE(second->child_end(), before);
}

TEST_F(RunChannelTest, nobody_else_can_reach_the_socket_and_it_is_gone_afterwards) {
  std::filesystem::path socket;
  {
    const auto channel = RunChannel::open();
    ASSERT_TRUE(channel);
    for (const std::string& entry : channel->environment()) {
      if (entry.starts_with(kRunSocketVariable)) socket = entry.substr(entry.find('=') + 1);
    }
    struct stat status {};
    ASSERT_EQ(::stat(socket.parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    EXPECT_TRUE(std::filesystem::exists(socket));
  }
  EXPECT_FALSE(std::filesystem::exists(socket.parent_path()));
}

TEST_F(RunChannelTest, a_line_without_a_newline_counts_when_its_stream_ends) {
  {
    const Descriptor client = connect();
    write(client.number(), "last words");
  }
  while (readable()) channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("last words"));
}

TEST_F(RunChannelTest, a_drain_takes_what_was_sent_although_a_writer_stays) {
  const Descriptor client = connect();
  write(client.number(), "from the socket\n");
  write(channel_.child_end(), "from the pipe\nunfinished");
  channel_.drain(receiver_);
  EXPECT_THAT(texts(),
              testing::UnorderedElementsAre("from the socket", "from the pipe", "unfinished"));
}

TEST_F(RunChannelTest, the_pipes_end_is_no_reason_to_turn_in_circles) {
  channel_.close_child_end();
  while (readable()) channel_.receive(receiver_);
  EXPECT_FALSE(readable());
  const Descriptor client = connect();
  write(client.number(), "still here\n");
  while (readable()) channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("still here"));
}

TEST_F(RunChannelTest, a_line_too_long_is_trouble_and_the_next_one_is_heard) {
  const Descriptor client = connect();
  const std::string piece(50'000, 'x');
  for (int i = 0; i < 10; ++i) {
    write(client.number(), piece);
    while (readable()) channel_.receive(receiver_);
  }
  write(client.number(), "\nnext\n");
  while (readable()) channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("next"));
  EXPECT_THAT(troubles_, ElementsAre("a line longer than 65536 bytes"));
}

TEST_F(RunChannelTest, connections_beyond_the_limit_are_refused_and_said) {
  std::vector<Descriptor> clients;
  for (int i = 0; i < 300; ++i) {
    clients.push_back(connect());
    while (readable()) channel_.receive(receiver_);
  }
  EXPECT_THAT(troubles_, SizeIs(44));
  EXPECT_THAT(troubles_.front(), HasSubstr("more than 256 connections"));
  char byte = 0;
  EXPECT_EQ(::read(clients.back().number(), &byte, 1), 0) << "a refused client sees its end";
  write(clients.front().number(), "one of the first\n");
  while (readable()) channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("one of the first"));
}

TEST_F(RunChannelTest, without_free_descriptors_a_client_waits_and_nothing_turns_in_circles) {
  const Descriptor first = connect();
  while (readable()) channel_.receive(receiver_);
  const Descriptor second = connect();
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit none = before;
  none.rlim_cur = 0;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  channel_.receive(receiver_);
  const bool turning = readable();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_FALSE(turning);
  EXPECT_THAT(troubles_, ElementsAre(HasSubstr("had to wait")));

  write(second.number(), "waited\n");
  ASSERT_EQ(::shutdown(first.number(), SHUT_RDWR), 0);
  while (readable()) channel_.receive(receiver_);
  EXPECT_THAT(texts(), ElementsAre("waited"));
}

}  // namespace
}  // namespace turngreen::pipeline
