#include "child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "program_paths.h"

namespace turngreen::pipeline {
namespace {

constexpr int kCannotStart = 127;

/// Why the child could not become the program, as it tells us before it ends.
struct StartFault {
  enum class Step { seclude, directory, execute };
  Step step = Step::execute;
  int error = 0;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  // execve's parameters are not const for historical reasons only.
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

std::string_view path_of(const std::vector<std::string>& environment) {
  constexpr std::string_view kName = "PATH=";
  for (const std::string_view entry : environment) {
    if (entry.starts_with(kName)) return entry.substr(kName.size());
  }
  return "/usr/local/bin:/usr/bin:/bin";
}

/// All that the child needs between fork and exec, made before: it may only call async-signal-safe
/// functions.
struct Preparation {
  explicit Preparation(const ChildStart& start)
      : how(start),
        paths(program_paths(start.command.front(), path_of(start.environment))),
        shell_command(start.command) {
    // A script without #! is the shell's, as with execvp: sh FILE arguments.
    shell_command.insert(shell_command.begin(), "/bin/sh");
    arguments = pointers(how.command);
    shell_arguments = pointers(shell_command);
    environment = pointers(how.environment);
  }

  const ChildStart& how;
  std::vector<std::string> paths;
  std::vector<std::string> shell_command;
  std::vector<char*> arguments, shell_arguments, environment;
  int error_pipe = -1;
};

void restore_signals(const ChildStart& how) {
  // Our handlers must not run in the child once its mask lets signals in; what was ignored stays
  // so.
  for (int signal = 1; signal < NSIG; ++signal) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
    action = {};
    action.sa_handler = signal == SIGCHLD && how.ignores_child_signal ? SIG_IGN : SIG_DFL;
    ::sigaction(signal, &action, nullptr);
  }
  ::sigprocmask(SIG_SETMASK, &how.signal_mask, nullptr);
}

// As execvp: the first file that can be executed, else the error of one that is there.
int execute(Preparation& preparation) {
  int error = ENOENT;
  for (std::string& path : preparation.paths) {
    ::execve(path.c_str(), preparation.arguments.data(), preparation.environment.data());
    if (errno == ENOEXEC) {
      preparation.shell_arguments[1] = path.data();
      ::execve("/bin/sh", preparation.shell_arguments.data(), preparation.environment.data());
    }
    if (errno == ENOENT || errno == ENOTDIR) continue;
    error = errno;
    if (errno != EACCES) break;
  }
  return error;
}

std::optional<StartFault> seclude(const Seclusion& how) {
  using Step = StartFault::Step;
  ::prctl(PR_SET_PDEATHSIG, static_cast<unsigned long>(SIGKILL));
  if (::setsid() < 0) return StartFault{Step::seclude, errno};
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(how.output, STDOUT_FILENO) < 0 ||
      ::dup2(how.output, STDERR_FILENO) < 0) {
    return StartFault{Step::seclude, errno};
  }
  if (!how.directory.empty() && ::chdir(how.directory.c_str()) != 0) {
    return StartFault{Step::directory, errno};
  }
  if (how.address_space_bytes) {
    const rlimit limit{*how.address_space_bytes, *how.address_space_bytes};
    if (::setrlimit(RLIMIT_AS, &limit) != 0) return StartFault{Step::seclude, errno};
  }
  return std::nullopt;
}

// What lay under their number is ours and not needed any more, but for the way to tell of errors.
void hand_down(const std::vector<Inherited>& inherited, int& error_pipe) {
  for (const auto& [ours, theirs] : inherited) {
    if (ours == theirs) {
      ::fcntl(ours, F_SETFD, 0);
      continue;
    }
    if (error_pipe == theirs) error_pipe = ::fcntl(error_pipe, F_DUPFD_CLOEXEC, theirs + 1);
    ::dup2(ours, theirs);
  }
}

[[noreturn]] void become_program(Preparation& preparation) {
  restore_signals(preparation.how);
  std::optional<StartFault> fault;
  if (preparation.how.seclusion) fault = seclude(*preparation.how.seclusion);
  hand_down(preparation.how.inherited, preparation.error_pipe);
  if (!fault) fault = StartFault{StartFault::Step::execute, execute(preparation)};
  [[maybe_unused]] const ssize_t written = ::write(preparation.error_pipe, &*fault, sizeof *fault);
  ::_exit(kCannotStart);
}

tl::unexpected<Error> explain(const StartFault& fault, const Preparation& preparation) {
  const ChildStart& how = preparation.how;
  const std::string& program = how.command.front();
  switch (fault.step) {
    case StartFault::Step::seclude:
      return fail(Error::Kind::io, fmt::format("cannot start {} in a session of its own: {}",
                                               program, std::strerror(fault.error)));
    case StartFault::Step::directory:
      return fail(Error::Kind::not_found,
                  fmt::format("cannot start {} in {}: {}", program,
                              how.seclusion->directory.string(), std::strerror(fault.error)));
    case StartFault::Step::execute:
      break;
  }
  return fail(fault.error == EACCES ? Error::Kind::no_permission : Error::Kind::not_found,
              explain_exec_error(program, preparation.paths, fault.error));
}

// glibc has no wrapper. The child shares nothing with us, so fork's rules hold.
pid_t clone_into(const std::optional<int>& cgroup_directory, int& pidfd) {
  clone_args args{};
  args.flags = CLONE_PIDFD;
  args.pidfd = reinterpret_cast<std::uintptr_t>(&pidfd);
  args.exit_signal = SIGCHLD;
  if (cgroup_directory) {
    args.flags |= CLONE_INTO_CGROUP;
    args.cgroup = static_cast<__u64>(*cgroup_directory);
  }
  return static_cast<pid_t>(::syscall(SYS_clone3, &args, sizeof args));
}

pid_t start_process(const ChildStart& how, int& pidfd) {
  pid_t id = clone_into(how.cgroup_directory, pidfd);
  if (id < 0 && how.cgroup_directory) id = clone_into(std::nullopt, pidfd);
  if (id >= 0) return id;
  // clone3 is refused by the filters of some containers. Without a pidfd we could not wait for the
  // end.
  const Descriptor probe(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
  if (!probe.is_open()) return -1;
  id = ::fork();
  if (id > 0) pidfd = static_cast<int>(::syscall(SYS_pidfd_open, id, 0));
  return id;
}

units::Duration to_duration(const timeval& time) {
  return units::nanoseconds((time.tv_sec * 1'000'000LL + time.tv_usec) * 1000);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const ChildStart& how) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(Error::Kind::io, fmt::format("cannot start {}: no pipe: {}", how.command.front(),
                                             std::strerror(errno)));
  }
  const Descriptor error_reader(ends[0]);
  Descriptor error_writer(ends[1]);
  Preparation preparation(how);
  preparation.error_pipe = error_writer.number();

  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  int pidfd = -1;
  const pid_t id = start_process(how, pidfd);
  if (id == 0) become_program(preparation);
  const int start_error = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (id < 0) {
    return fail(Error::Kind::io, fmt::format("cannot start {}: no new process: {}",
                                             how.command.front(), std::strerror(start_error)));
  }
  error_writer.close();
  ChildProcess child(id, Descriptor(pidfd));

  // The pipe closes at exec. A fork by another thread just now may hold it open for longer: then
  // the end of a child that could not become the program tells.
  std::array<pollfd, 2> watched{{{error_reader.number(), POLLIN, 0}, {pidfd, POLLIN, 0}}};
  while (::poll(watched.data(), pidfd < 0 ? 1 : 2, -1) < 0 && errno == EINTR) continue;
  StartFault fault;
  ssize_t size = 0;
  if (watched[0].revents != 0) {
    do {
      size = ::read(error_reader.number(), &fault, sizeof fault);
    } while (size < 0 && errno == EINTR);
  }
  if (size == sizeof fault) {
    ::waitpid(id, nullptr, 0);
    return explain(fault, preparation);
  }
  return child;
}

void ChildProcess::send(int signal) const { ::kill(id_, signal); }

Result<ChildEnd> ChildProcess::wait() {
  int status = 0;
  rusage usage{};
  pid_t waited = 0;
  do {
    waited = ::wait4(id_, &status, 0, &usage);
  } while (waited < 0 && errno == EINTR);
  if (waited < 0) {
    return fail(
        Error::Kind::io,
        fmt::format("the end of process {} is unknown: somebody else has waited for it ({})", id_,
                    std::strerror(errno)));
  }
  ChildEnd end;
  end.resources = to_resources(usage);
  if (WIFSIGNALED(status)) {
    end.signal = WTERMSIG(status);
    end.exit_status = 128 + *end.signal;
  } else {
    end.exit_status = WEXITSTATUS(status);
  }
  return end;
}

ResourceUse to_resources(const rusage& usage) {
  return {to_duration(usage.ru_utime), to_duration(usage.ru_stime),
          static_cast<std::uint64_t>(usage.ru_maxrss) * 1024};
}

}  // namespace turngreen::pipeline
