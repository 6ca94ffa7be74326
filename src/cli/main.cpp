#include <unistd.h>
#include <iostream>
#include <string>
#include <vector>

#include "program.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  turngreen::cli::Console console{std::cout, std::cerr,
                                  turngreen::cli::inspect_terminal(STDOUT_FILENO),
                                  turngreen::cli::inspect_terminal(STDERR_FILENO)};
  return turngreen::cli::run_program(arguments, console);
}
