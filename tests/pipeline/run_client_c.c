/* What the tests of the C client run: run_client_c WHAT [ARGUMENT]. */
#include "turngreen_run.h" /* first: this is compiled as strict C99 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int everything(void) {
  turngreen_begin("train");
  turngreen_begin("step \"1\" \\ \xc3\xbc \xff\n");
  turngreen_total(128);
  turngreen_progress(64, 8192);
  turngreen_end("step \"1\" \\ \xc3\xbc \xff\n");
  turngreen_end("train");
  turngreen_metric("f1", 0.91);
  turngreen_metric("tiny", 4.9406564584124654e-324);
  turngreen_effective_number("max_length", 512);
  turngreen_effective_text("precision", "bf16");
  turngreen_effective_bool("dedup", 1);
  turngreen_predictions("p.jsonl");
  return 0;
}

static int marks(int count) {
  struct timespec from, to;
  int i;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (i = 0; i < count; ++i) {
    if (!turngreen_begin("step") || !turngreen_end("step")) return 1;
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  turngreen_metric("pair_us", ((double)(to.tv_sec - from.tv_sec) * 1e6 +
                               (double)(to.tv_nsec - from.tv_nsec) / 1e3) /
                                  count);
  return 0;
}

static void* work(void* unused) {
  int i;
  for (i = 0; i < 100; ++i) {
    turngreen_begin("outer");
    turngreen_begin("inner");
    turngreen_end("inner");
    turngreen_end("outer");
  }
  return unused;
}

static int threads(void) {
  pthread_t thread[8];
  int i;
  for (i = 0; i < 8; ++i) {
    if (pthread_create(&thread[i], NULL, work, NULL) != 0) return 1;
  }
  for (i = 0; i < 8; ++i) pthread_join(thread[i], NULL);
  return 0;
}

static int forks(void) {
  int i;
  turngreen_begin("parent");
  for (i = 0; i < 4; ++i) {
    if (fork() == 0) {
      turngreen_begin("child");
      turngreen_end("child");
      _exit(0);
    }
  }
  while (wait(NULL) > 0) continue;
  turngreen_end("parent");
  return 0;
}

/* Closes what it has inherited and opens another file at that number; the client must not write
 * there. */
static int reuse(const char* file) {
  const int descriptor = atoi(getenv("TURNGREEN_RUN_FD"));
  FILE* other;
  turngreen_begin("before");
  other = fopen(file, "w");
  if (other == NULL || dup2(fileno(other), descriptor) < 0) return 1;
  errno = 77;
  if (turngreen_end("before")) return 2;
  return errno == 77 ? 0 : 3;
}

/* Outlives the meter's interest: the pipe has no reader any more. */
static int deserted(void) {
  int ends[2];
  char number[16];
  if (pipe(ends) != 0) return 1;
  snprintf(number, sizeof number, "%d", ends[1]);
  setenv("TURNGREEN_RUN_FD", number, 1);
  unsetenv("TURNGREEN_RUN_INODE");
  unsetenv("TURNGREEN_RUN_SOCKET");
  if (!turngreen_begin("heard")) return 2;
  close(ends[0]);
  if (turngreen_begin("unheard")) return 3;
  return turngreen_end("unheard") ? 4 : 0;
}

static int too_long(void) {
  char* text = malloc(8000);
  int told;
  memset(text, 'x', 7999);
  text[7999] = 0;
  told = turngreen_effective_text("long", text) || turngreen_predictions(text);
  turngreen_begin(text);
  turngreen_end(text);
  free(text);
  return told;
}

static int by_socket(void) {
  unsetenv("TURNGREEN_RUN_FD");
  return everything();
}

int main(int count, char** arguments) {
  const char* what = count > 1 ? arguments[1] : "";
  if (strcmp(what, "everything") == 0) return everything();
  if (strcmp(what, "by_socket") == 0) return by_socket();
  if (strcmp(what, "marks") == 0) return marks(atoi(arguments[2]));
  if (strcmp(what, "threads") == 0) return threads();
  if (strcmp(what, "forks") == 0) return forks();
  if (strcmp(what, "reuse") == 0) return reuse(arguments[2]);
  if (strcmp(what, "deserted") == 0) return deserted();
  if (strcmp(what, "too_long") == 0) return too_long();
  return 100;
}
