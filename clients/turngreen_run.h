/* Tells the energy meter what this program is doing, in two lines:
 *
 *     turngreen_begin("train");
 *     ... the work ...
 *     turngreen_end("train");
 *
 * and, where it helps, turngreen_total, turngreen_progress, turngreen_metric,
 * turngreen_effective_* and turngreen_predictions. Run it under `turngreen measure -- ./program`;
 * without that every call does nothing.
 *
 * One header, C99 or C++11 on a POSIX system, no dependencies. Compile with -std=gnu99 or later, or
 * include this first. Every function may be called from any thread, and in a forked child, but not
 * in a signal handler. Nothing here harms the program: no signal, no exit, no output, errno is
 * kept. Functions return 1 when the meter was told, else 0. With more than one thread stages of
 * each thread nest by themselves.
 *
 * The protocol is described in docs/run-protocol.md of Turngreen. Apache-2.0.
 */
#ifndef TURNGREEN_RUN_H
#define TURNGREEN_RUN_H

#if defined(__STRICT_ANSI__) && !defined(__cplusplus) && !defined(_POSIX_C_SOURCE)
#define _POSIX_C_SOURCE 200809L
#endif

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Begins and ends a stage on the calling thread. A stage begun within another one belongs to it. */
static inline int turngreen_begin(const char* stage);
static inline int turngreen_end(const char* stage);
/* The same by a handle, for stages that end on another thread than they began, or of one name many
 * times at once. 0 is no handle; ending it does nothing. */
static inline uint64_t turngreen_open(const char* stage);
static inline int turngreen_close(uint64_t span);
/* Work done since the last call, counted towards the stage that is open on the calling thread. */
static inline int turngreen_progress(uint64_t samples, uint64_t tokens);
/* How many samples that stage is going to do in all, in this run. */
static inline int turngreen_total(uint64_t samples);
/* A figure of merit; the last value of a name counts. */
static inline int turngreen_metric(const char* name, double value);
/* What a setting really was. */
static inline int turngreen_effective_number(const char* knob, double value);
static inline int turngreen_effective_text(const char* knob, const char* value);
static inline int turngreen_effective_bool(const char* knob, int value);
/* Where this program wrote its predictions. */
static inline int turngreen_predictions(const char* file);

/* ---- from here on: how ---- */

enum {
  turngreen_most_line_ = 4096, /* PIPE_BUF on Linux: written whole or not at all */
  turngreen_most_name_ = 256
};

/* Negative: the process of that number is looking for the way. */
enum { turngreen_unknown_ = 0, turngreen_pipe_, turngreen_socket_, turngreen_off_ };

/* One for the whole program (weak: every file that includes this shares it). */
struct turngreen_state_ {
  int way;
  int descriptor;
  dev_t device; /* what the descriptor was; a program may close it and reuse the number */
  ino_t inode;
  uint32_t spans;
};
__attribute__((weak, visibility("hidden"))) struct turngreen_state_ turngreen_state_ = {0, 0, 0, 0,
                                                                                        0};
/* Stages open on this thread; only the outermost ones belong to what the program was started in. */
__attribute__((weak, visibility("hidden"))) __thread int turngreen_depth_ = 0;

struct turngreen_line_ {
  size_t size;
  int fits;
  char text[turngreen_most_line_];
};

static inline void turngreen_put_(struct turngreen_line_* line, const char* text, size_t size) {
  if (size > sizeof line->text - line->size) {
    line->fits = 0;
    return;
  }
  memcpy(line->text + line->size, text, size);
  line->size += size;
}

static inline void turngreen_put_text_(struct turngreen_line_* line, const char* text) {
  turngreen_put_(line, text, strlen(text));
}

static inline void turngreen_put_count_(struct turngreen_line_* line, uint64_t count) {
  char digits[24];
  size_t begin = sizeof digits;
  do {
    digits[--begin] = (char)('0' + (int)(count % 10));
    count /= 10;
  } while (count != 0);
  turngreen_put_(line, digits + begin, sizeof digits - begin);
}

/* The length of the UTF-8 character at `text`, 0 where it is not one. */
static inline size_t turngreen_character_(const unsigned char* text) {
  size_t length = text[0] < 0x80   ? 1
                  : text[0] < 0xc2 ? 0
                  : text[0] < 0xe0 ? 2
                  : text[0] < 0xf0 ? 3
                  : text[0] < 0xf5 ? 4
                                   : 0;
  size_t i;
  for (i = 1; i < length; ++i) {
    if ((text[i] & 0xc0) != 0x80) return 0;
  }
  if (length == 3 && ((text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xed && text[1] > 0x9f)))
    return 0;
  if (length == 4 && ((text[0] == 0xf0 && text[1] < 0x90) || (text[0] == 0xf4 && text[1] > 0x8f)))
    return 0;
  return length;
}

/* A JSON string of at most `limit` bytes of `text`. What is not UTF-8, and control characters,
 * become '?'. */
static inline void turngreen_put_string_(struct turngreen_line_* line, const char* text,
                                         size_t limit) {
  const unsigned char* at = (const unsigned char*)(text == NULL ? "" : text);
  turngreen_put_(line, "\"", 1);
  while (*at != 0) {
    const size_t length = turngreen_character_(at);
    const size_t taken = length == 0 ? 1 : length;
    if (taken > limit) break;
    if (length == 0 || *at < 0x20 || *at == 0x7f || (*at == 0xc2 && at[1] < 0xa0)) {
      turngreen_put_(line, "?", 1);
    } else {
      if (*at == '"' || *at == '\\') turngreen_put_(line, "\\", 1);
      turngreen_put_(line, (const char*)at, taken);
    }
    at += taken;
    limit -= taken;
  }
  turngreen_put_(line, "\"", 1);
}

static inline void turngreen_put_name_(struct turngreen_line_* line, const char* text) {
  turngreen_put_string_(line, text, turngreen_most_name_);
}

/* Shortest of 15 to 17 digits that gives the same number again. */
static inline void turngreen_put_number_(struct turngreen_line_* line, double value) {
  char text[64];
  size_t i;
  int digits;
  if (value != value ||
      value - value != 0) { /* not finite: no JSON number; the meter will say so */
    turngreen_put_text_(line, value != value ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\"");
    return;
  }
  for (digits = 15; digits <= 17; ++digits) {
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (strtod(text, NULL) == value) break;
  }
  for (i = 0; text[i] != 0; ++i) { /* the locale's decimal point, which may have several bytes */
    const char c = text[i];
    if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == 'e') {
      turngreen_put_(line, &c, 1);
    } else if (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9') {
      turngreen_put_(line, ".", 1);
    }
  }
}

static inline void turngreen_put_where_(struct turngreen_line_* line) {
  turngreen_put_text_(line, ",\"track\":\"");
  turngreen_put_count_(line, (uint64_t)getpid());
  turngreen_put_(line, ".", 1);
  turngreen_put_count_(line, (uint64_t)(uintptr_t)pthread_self());
  turngreen_put_(line, "\"", 1);
}

static inline void turngreen_put_when_(struct turngreen_line_* line) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return;
  turngreen_put_text_(line, ",\"time_ns\":");
  turngreen_put_count_(line, (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
}

static inline int turngreen_is_ours_(const struct stat* status) {
  return status->st_dev == turngreen_state_.device && status->st_ino == turngreen_state_.inode;
}

static inline int turngreen_find_pipe_(struct stat* status) {
  const char* number = getenv("TURNGREEN_RUN_FD");
  const char* inode = getenv("TURNGREEN_RUN_INODE");
  char* end = NULL;
  long descriptor;
  if (number == NULL || *number == 0) return -1;
  descriptor = strtol(number, &end, 10);
  if (*end != 0 || descriptor < 0 || descriptor > 1 << 20) return -1;
  if (fstat((int)descriptor, status) != 0 || !S_ISFIFO(status->st_mode)) return -1;
  if (inode != NULL && strtoull(inode, NULL, 10) != (unsigned long long)status->st_ino) return -1;
  return (int)descriptor;
}

static inline int turngreen_find_socket_(struct stat* status) {
  const char* path = getenv("TURNGREEN_RUN_SOCKET");
  struct sockaddr_un address;
  int descriptor;
  memset(&address, 0, sizeof address);
  address.sun_family = AF_UNIX;
  if (path == NULL || *path == 0 || strlen(path) >= sizeof address.sun_path) return -1;
  memcpy(address.sun_path, path, strlen(path));
#ifdef SOCK_CLOEXEC
  descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
#else
  descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
#endif
  if (descriptor < 0) return -1;
  if (connect(descriptor, (const struct sockaddr*)&address, sizeof address) == 0 &&
      fstat(descriptor, status) == 0) {
    return descriptor;
  }
  close(descriptor);
  return -1;
}

static inline int turngreen_connect_(void) {
  struct turngreen_state_* state = &turngreen_state_;
  struct stat status;
  int way = turngreen_pipe_;
  memset(&status, 0, sizeof status);
  state->descriptor = turngreen_find_pipe_(&status);
  if (state->descriptor < 0) {
    way = turngreen_socket_;
    state->descriptor = turngreen_find_socket_(&status);
  }
  if (state->descriptor < 0) way = turngreen_off_;
  state->device = status.st_dev;
  state->inode = status.st_ino;
  __atomic_store_n(&state->way, way, __ATOMIC_RELEASE);
  return way;
}

/* Finds the way to the meter once; other threads wait for that. */
static inline int turngreen_way_(void) {
  const struct timespec moment = {0, 20000};
  int way = __atomic_load_n(&turngreen_state_.way, __ATOMIC_ACQUIRE);
  while (way <= turngreen_unknown_) {
    const int busy = -(int)getpid();
    if (way == busy) {
      nanosleep(&moment, NULL);
      way = __atomic_load_n(&turngreen_state_.way, __ATOMIC_ACQUIRE);
    } else if (__atomic_compare_exchange_n(&turngreen_state_.way, &way, busy, 0, __ATOMIC_ACQUIRE,
                                           __ATOMIC_ACQUIRE)) {
      /* Also where the process that we were forked from was just looking. */
      return turngreen_connect_();
    }
  }
  return way;
}

static inline ssize_t turngreen_write_pipe_(const char* text, size_t size) {
  /* Without a reader, write raises SIGPIPE: kept back on this thread, and taken away unless it was
   * there before. */
  sigset_t pipe_signal, before, pending;
  ssize_t written;
  int was_pending;
  int error;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  do {
    written = write(turngreen_state_.descriptor, text, size);
  } while (written < 0 && errno == EINTR);
  error = errno;
  if (written < 0 && error == EPIPE && !was_pending) {
    const struct timespec no_wait = {0, 0};
    while (sigtimedwait(&pipe_signal, NULL, &no_wait) < 0 && errno == EINTR) continue;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return written;
}

static inline int turngreen_write_(int way, const char* text, size_t size) {
  struct stat status;
  ssize_t written;
  if (fstat(turngreen_state_.descriptor, &status) != 0 || !turngreen_is_ours_(&status)) {
    written = -1;
    errno = EBADF;
  } else if (way == turngreen_pipe_) {
    written = turngreen_write_pipe_(text, size);
  } else {
    do {
      written = send(turngreen_state_.descriptor, text, size, MSG_NOSIGNAL);
    } while (written < 0 && errno == EINTR);
  }
  if (written == (ssize_t)size) return 1;
  /* A full pipe that does not block loses this line only. Anything else: the meter is gone, or a
   * line was cut. */
  if (written >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
    __atomic_store_n(&turngreen_state_.way, turngreen_off_, __ATOMIC_RELEASE);
  }
  return 0;
}

static inline void turngreen_start_(struct turngreen_line_* line, const char* event) {
  line->size = 0;
  line->fits = 1;
  turngreen_put_text_(line, "{\"event\":\"");
  turngreen_put_text_(line, event);
  turngreen_put_(line, "\"", 1);
}

static inline int turngreen_send_(struct turngreen_line_* line) {
  const int error = errno;
  const int way = turngreen_way_();
  int told = 0;
  turngreen_put_(line, "}\n", 2);
  if (line->fits && way != turngreen_off_) told = turngreen_write_(way, line->text, line->size);
  errno = error;
  return told;
}

static inline int turngreen_is_off_(void) {
  const int error = errno;
  const int off = turngreen_way_() == turngreen_off_;
  errno = error;
  return off;
}

static inline int turngreen_begin_(const char* stage, uint64_t span) {
  struct turngreen_line_ line;
  const char* parent = turngreen_depth_++ == 0 ? getenv("TURNGREEN_RUN_PARENT") : NULL;
  turngreen_start_(&line, "begin");
  turngreen_put_text_(&line, ",\"stage\":");
  turngreen_put_name_(&line, stage);
  turngreen_put_when_(&line);
  if (span != 0) {
    turngreen_put_text_(&line, ",\"span\":\"");
    turngreen_put_count_(&line, span);
    turngreen_put_(&line, "\"", 1);
  }
  if (parent != NULL && *parent != 0) {
    turngreen_put_text_(&line, ",\"parent\":");
    turngreen_put_name_(&line, parent);
  }
  turngreen_put_where_(&line);
  return turngreen_send_(&line);
}

static inline void turngreen_leave_(void) {
  if (turngreen_depth_ > 0) --turngreen_depth_;
}

static inline int turngreen_begin(const char* stage) {
  return turngreen_is_off_() ? 0 : turngreen_begin_(stage, 0);
}

static inline int turngreen_end(const char* stage) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_leave_();
  turngreen_start_(&line, "end");
  turngreen_put_text_(&line, ",\"stage\":");
  turngreen_put_name_(&line, stage);
  turngreen_put_when_(&line);
  turngreen_put_where_(&line);
  return turngreen_send_(&line);
}

static inline uint64_t turngreen_open(const char* stage) {
  uint64_t span;
  if (turngreen_is_off_()) return 0;
  /* Unique in the run: processes differ in the upper half. */
  span = ((uint64_t)getpid() << 32) +
         __atomic_add_fetch(&turngreen_state_.spans, 1u, __ATOMIC_RELAXED);
  return turngreen_begin_(stage, span) ? span : 0;
}

static inline int turngreen_close(uint64_t span) {
  struct turngreen_line_ line;
  if (span == 0 || turngreen_is_off_()) return 0;
  turngreen_leave_();
  turngreen_start_(&line, "end");
  turngreen_put_text_(&line, ",\"span\":\"");
  turngreen_put_count_(&line, span);
  turngreen_put_(&line, "\"", 1);
  turngreen_put_when_(&line);
  return turngreen_send_(&line);
}

static inline int turngreen_progress(uint64_t samples, uint64_t tokens) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_(&line, "progress");
  turngreen_put_text_(&line, ",\"samples\":");
  turngreen_put_count_(&line, samples);
  turngreen_put_text_(&line, ",\"tokens\":");
  turngreen_put_count_(&line, tokens);
  turngreen_put_where_(&line);
  return turngreen_send_(&line);
}

static inline int turngreen_total(uint64_t samples) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_(&line, "progress");
  turngreen_put_text_(&line, ",\"total\":");
  turngreen_put_count_(&line, samples);
  turngreen_put_where_(&line);
  return turngreen_send_(&line);
}

static inline void turngreen_start_value_(struct turngreen_line_* line, const char* event,
                                          const char* key, const char* name) {
  turngreen_start_(line, event);
  turngreen_put_text_(line, ",\"");
  turngreen_put_text_(line, key);
  turngreen_put_text_(line, "\":");
  turngreen_put_name_(line, name);
  turngreen_put_text_(line, ",\"value\":");
}

static inline int turngreen_metric(const char* name, double value) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_value_(&line, "metric", "name", name);
  turngreen_put_number_(&line, value);
  return turngreen_send_(&line);
}

static inline int turngreen_effective_number(const char* knob, double value) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_value_(&line, "effective", "knob", knob);
  turngreen_put_number_(&line, value);
  return turngreen_send_(&line);
}

static inline int turngreen_effective_text(const char* knob, const char* value) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_value_(&line, "effective", "knob", knob);
  turngreen_put_string_(&line, value, sizeof line.text);
  return turngreen_send_(&line);
}

static inline int turngreen_effective_bool(const char* knob, int value) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_value_(&line, "effective", "knob", knob);
  turngreen_put_text_(&line, value ? "true" : "false");
  return turngreen_send_(&line);
}

static inline int turngreen_predictions(const char* file) {
  struct turngreen_line_ line;
  if (turngreen_is_off_()) return 0;
  turngreen_start_(&line, "predictions");
  turngreen_put_text_(&line, ",\"file\":");
  turngreen_put_string_(&line, file, sizeof line.text);
  return turngreen_send_(&line);
}

#ifdef __cplusplus
}
#endif

#endif
