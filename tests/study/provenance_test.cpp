#include "turngreen/study/provenance.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include "report/scratch_directory.h"

namespace turngreen::study {
namespace {

using testing::Contains;
using testing::Key;
using testing::Not;
using testing::Pair;

TEST(Provenance, the_machine_the_kernel_and_the_program_are_told) {
  const report::ScratchDirectory scratch;
  const auto facts = provenance_of(scratch.path());
  for (const auto* name : {"machine", "kernel", "logical_cpus", "turngreen"}) {
    EXPECT_THAT(facts, Contains(Key(name)));
  }
  EXPECT_THAT(facts, Not(Contains(Key("git_commit"))));
}

TEST(Provenance, variables_that_matter_are_kept_also_when_empty_and_others_are_not) {
  const report::ScratchDirectory scratch;
  ::setenv("OMP_NUM_THREADS", "3", 1);
  ::setenv("CUDA_VISIBLE_DEVICES", "", 1);
  ::setenv("SECRET_TOKEN", "abc", 1);
  const auto facts = provenance_of(scratch.path());
  for (const auto* name : {"OMP_NUM_THREADS", "CUDA_VISIBLE_DEVICES", "SECRET_TOKEN"}) {
    ::unsetenv(name);
  }
  EXPECT_THAT(facts, Contains(Pair("environment.OMP_NUM_THREADS", "3")));
  EXPECT_THAT(facts, Contains(Pair("environment.CUDA_VISIBLE_DEVICES", "")));
  EXPECT_THAT(facts, Not(Contains(Key("environment.SECRET_TOKEN"))));
}

TEST(Provenance, the_commit_of_the_directory_is_told) {
  const report::ScratchDirectory scratch;
  std::filesystem::create_directories(scratch / ".git");
  report::write_file(scratch / ".git/HEAD", "0123456789012345678901234567890123456789\n");
  EXPECT_THAT(provenance_of(scratch.path()),
              Contains(Pair("git_commit", "0123456789012345678901234567890123456789")));
}

}  // namespace
}  // namespace turngreen::study
