#include "subreaper.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "child_process.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {

Subreaper::Subreaper() {
  ::prctl(PR_GET_CHILD_SUBREAPER, &was_subreaper_);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1UL);
  // With SIGCHLD ignored the kernel throws away what ended children used, and how they ended.
  ::sigaction(SIGCHLD, nullptr, &before_);
  if (before_.sa_handler == SIG_IGN || (before_.sa_flags & SA_NOCLDWAIT) != 0) {
    struct sigaction kept = before_;
    if (kept.sa_handler == SIG_IGN) kept.sa_handler = SIG_DFL;
    kept.sa_flags &= ~SA_NOCLDWAIT;
    ::sigaction(SIGCHLD, &kept, nullptr);
  }
  for (const pid_t child : energy::children_of(::getpid())) not_orphans_.insert(child);
}

Subreaper::~Subreaper() {
  ::sigaction(SIGCHLD, &before_, nullptr);
  ::prctl(PR_SET_CHILD_SUBREAPER, static_cast<unsigned long>(was_subreaper_));
}

ResourceUse Subreaper::reap() {
  ResourceUse used;
  for (const pid_t child : energy::children_of(::getpid())) {
    if (not_orphans_.contains(child)) continue;
    rusage usage{};
    if (::wait4(child, nullptr, WNOHANG, &usage) == child) used = used + to_resources(usage);
  }
  return used;
}

bool Subreaper::has_orphans() const {
  const std::vector<pid_t> children = energy::children_of(::getpid());
  return std::any_of(children.begin(), children.end(),
                     [this](pid_t child) { return !not_orphans_.contains(child); });
}

std::vector<pid_t> Subreaper::living(pid_t command) const {
  std::vector<pid_t> found;
  std::unordered_set<pid_t> seen = not_orphans_;
  seen.erase(command);
  std::vector<pid_t> open = energy::children_of(::getpid());
  while (!open.empty()) {
    const pid_t process = open.back();
    open.pop_back();
    if (!seen.insert(process).second) continue;
    const auto stat = energy::read_process_stat(process);
    if (!stat) continue;
    if (stat->state != 'Z') found.push_back(process);
    const auto children = energy::children_of(process);
    open.insert(open.end(), children.begin(), children.end());
  }
  return found;
}

ResourceUse operator+(const ResourceUse& a, const ResourceUse& b) {
  return {a.user + b.user, a.system + b.system, std::max(a.peak_memory_bytes, b.peak_memory_bytes)};
}

}  // namespace turngreen::pipeline
