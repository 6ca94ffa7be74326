// What the tests of the C++ client run.
#include <thread>
#include <utility>

#include "turngreen_run.hpp"

int main() {
  namespace run = turngreen::run;
  run::Stage outer("outer");
  {
    const run::Stage inner(std::string("inner"));
    run::total(128);
    run::progress(64);
  }
  std::thread([moved = run::Stage("moved")]() mutable { moved.end(); }).join();
  run::Stage other("other");
  run::Stage taken(std::move(other));
  run::metric("f1", 0.91);
  run::effective("max_length", 512);
  run::effective("rate", 1e-5);
  run::effective("dedup", true);
  run::effective("precision", "bf16");
  run::predictions("p.jsonl");
}
