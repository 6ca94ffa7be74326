#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "program.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  // A write beyond the limit on file sizes is then an error like a full disk: told, and cleaned up.
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return turngreen::engine::run_program(arguments, std::cout, std::cerr);
}
