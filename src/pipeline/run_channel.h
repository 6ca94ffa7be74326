#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "descriptor.h"
#include "private_directory.h"
#include "turngreen/pipeline/run_protocol.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// The receiving end of the run protocol: a pipe that the command inherits and a Unix socket for
/// programs that do not, gathered behind one descriptor. Memory is bounded whatever is sent.
/// Move-only.
class RunChannel {
 public:
  /// Tells the pipe (0) and each connection of the socket apart.
  using Connection = std::uint64_t;
  /// What came, called from receive and drain.
  struct Receiver {
    std::function<void(Connection, std::string_view)> line;
    /// Something that is not a line of the protocol, in words.
    std::function<void(std::string)> trouble;
  };

  static Result<RunChannel> open();

  /// Readable when something has come.
  int descriptor() const { return events_.number(); }
  /// The pipe's writing end, for the child to inherit ...
  int child_end() const { return pipe_writer_.number(); }
  /// ... under this number: of one digit, since POSIX shells redirect to no others.
  int number_in_child() const;
  /// To be called when the child has it.
  void close_child_end() { pipe_writer_.close(); }
  /// "NAME=value": what the command needs to find us.
  std::vector<std::string> environment() const;
  /// Why there is no socket, only the pipe; empty: there is one.
  const std::string& socket_trouble() const { return socket_trouble_; }

  /// Takes some of what has come, in bounded time. True: there is probably more.
  bool receive(const Receiver& receiver);
  /// Takes everything that had been sent until now, and the unfinished lines; a writer that never
  /// stops cannot hold it.
  void drain(const Receiver& receiver);

 private:
  struct Stream {
    Descriptor descriptor;
    LineSplitter splitter;
  };
  /// Of one read: a whole buffer, less, nothing yet, or the end of the stream.
  enum class Got { full, some, nothing, end };

  RunChannel() = default;
  Result<void> open_pipe();
  Result<void> open_socket();
  Result<void> watch(int descriptor, Connection connection);
  void accept_some(const Receiver& receiver);
  void pause_accepting();
  Got read_some(Connection connection, Stream& stream, const Receiver& receiver);
  void end_stream(Connection connection, const Receiver& receiver);

  Descriptor events_;  // an epoll instance
  Descriptor pipe_writer_;
  std::uint64_t pipe_inode_ = 0;
  std::optional<PrivateDirectory> directory_;
  std::string socket_path_;
  std::string socket_trouble_;
  Descriptor listener_;
  bool accepting_ = false;
  std::map<Connection, Stream> streams_;
  Connection next_connection_ = 1;
  std::vector<char> buffer_;
};

}  // namespace turngreen::pipeline
