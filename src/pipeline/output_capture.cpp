#include "output_capture.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

namespace turngreen::pipeline {
namespace {

constexpr int kPipeBytes = 1 << 20;
constexpr std::size_t kReadBytes = 256U << 10U;
// More than the pipe can hold: what comes beyond that in finish was printed during it.
constexpr std::size_t kMostDrained = 2 * static_cast<std::size_t>(kPipeBytes);

std::string as_utf8(const std::string& bytes) {
  using Json = nlohmann::json;
  // Written out and read back: the library replaces what is no UTF-8.
  return Json::parse(Json(bytes).dump(-1, ' ', false, Json::error_handler_t::replace))
      .get<std::string>();
}

}  // namespace

Result<OutputCapture> OutputCapture::open(const std::filesystem::path& log, LineReader line) {
  OutputCapture capture;
  capture.log_ = Descriptor(::open(
      log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
  if (!capture.log_.is_open()) {
    return fail(Error::Kind::io,
                fmt::format("cannot write {}: {}", log.string(), std::strerror(errno)));
  }
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(Error::Kind::io,
                fmt::format("no pipe for the command's output: {}", std::strerror(errno)));
  }
  capture.reader_ = Descriptor(ends[0]);
  capture.writer_ = Descriptor(ends[1]);
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  ::fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);
  capture.line_ = std::move(line);
  capture.buffer_.resize(kReadBytes);
  return capture;
}

void OutputCapture::receive() { read_some(); }

void OutputCapture::finish() {
  for (std::size_t drained = 0; drained < kMostDrained && read_some(); drained += kReadBytes) {
  }
  reader_.close();
  if (line_ && !open_line_.empty()) line_(open_line_);
  open_line_.clear();
  if (bytes_ > kMostLogged) {
    const std::string note = fmt::format(
        "\n[turngreen: {} more bytes were printed and not kept here]\n", bytes_ - kMostLogged);
    [[maybe_unused]] const ssize_t size = ::write(log_.number(), note.data(), note.size());
  }
  log_.close();
}

bool OutputCapture::read_some() {
  if (!reader_.is_open()) return false;
  const ssize_t size = ::read(reader_.number(), buffer_.data(), buffer_.size());
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (size <= 0) {
    reader_.close();
    return false;
  }
  keep({buffer_.data(), static_cast<std::size_t>(size)});
  return true;
}

void OutputCapture::keep(std::string_view printed) {
  if (bytes_ < kMostLogged) log(printed.substr(0, kMostLogged - bytes_));
  bytes_ += printed.size();
  if (line_) cut_lines(printed);
  if (printed.size() >= kMostTail) {
    tail_ = printed.substr(printed.size() - kMostTail);
    return;
  }
  tail_ += printed;
  // Cut only now and then, so that many short prints do not move the tail each time.
  if (tail_.size() > 2 * kMostTail) tail_.erase(0, tail_.size() - kMostTail);
}

// A full disk or a directory that is gone costs the log, not the run.
void OutputCapture::log(std::string_view printed) {
  while (!printed.empty()) {
    const ssize_t size = ::write(log_.number(), printed.data(), printed.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return;
    printed.remove_prefix(static_cast<std::size_t>(size));
  }
}

void OutputCapture::cut_lines(std::string_view printed) {
  while (!printed.empty()) {
    const std::size_t end = std::min(printed.find('\n'), printed.size());
    const std::string_view part = printed.substr(0, end);
    const bool whole = end < printed.size();
    if (whole && open_line_.empty()) {
      line_(part.substr(0, kLongestSearchedLine));
    } else {
      open_line_ += part.substr(0, kLongestSearchedLine - open_line_.size());
      if (whole) {
        line_(open_line_);
        open_line_.clear();
      }
    }
    printed.remove_prefix(std::min(end + 1, printed.size()));
  }
}

std::string OutputCapture::tail(std::size_t most) const {
  std::string_view tail = tail_;
  most = std::min(most, kMostTail);
  const bool cut = tail.size() > most || bytes_ > tail.size();
  if (tail.size() > most) tail.remove_prefix(tail.size() - most);
  // The first line is only a part of one, but where it is the only one it is all there is.
  if (const std::size_t line = tail.find('\n'); cut && line + 1 < tail.size()) {
    tail.remove_prefix(line + 1);
  }
  return as_utf8(std::string(tail));
}

}  // namespace turngreen::pipeline
