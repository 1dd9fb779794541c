// The scalar baseline from memory to memory: decodes FILE again and again in pieces of 256 KiB, and prints the median of the processor
// time for it and for memcpy. With DUMP the lines of the first round go there.
//   gcc -O3 -DREC='"rec.h"' -DFRAMING=0|1|2 (fixed, RDW, captures of frames)
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "further.h"
#include REC
enum { ROUNDS = 5, PIECE = 256 * 1024 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}
static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  FILE *f = fopen(argv[1], "rb"), *dump = argc > 2 ? fopen(argv[2], "wb") : 0;
  if (!f) return 2;
  fseek(f, 0, SEEK_END);
  size_t n = ftell(f);
  rewind(f);
  u8 *in = (u8 *)malloc(n + 8192) + 1024, *out = (u8 *)malloc(32 << 20) + 1024, *copy = malloc(n);
  if (fread(in, 1, n, f) != n) return 2;
  memset(out, 0, 31 << 20);
  memset(copy, 1, n);
  u32 err = 0;
  size_t records = 0, total = 0;
  double decoding[ROUNDS], copying[ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    double start = now();
    memcpy(copy, in, n);
    copying[round] = now() - start;
    records = total = 0;
    start = now();
    for (const u8 *p = in, *end = in + n; p < end;) {
      u8 *o = out;
#if FRAMING == 0
      size_t whole = (end - p) / RECLEN, most = PIECE / RECLEN, count = whole < most ? whole : most;
      if (!count) break;
      for (size_t i = 0; i < count; i++, p += RECLEN) o = rec(o, p, &err);
      records += count;
#elif FRAMING == 1
      for (const u8 *last = p + PIECE; p < end && p < last; p += (size_t)p[0] << 8 | p[1], records++) o = rec(o, p + 4, &err);
#else
      for (const u8 *last = p + PIECE; p < end && p < last; records++) {
        size_t length = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        o = frame(o, p + 12, length, &err);
        p += 12 + length;
      }
#endif
      total += o - out;
      if (dump && round == 0) fwrite(out, 1, o - out, dump);
    }
    decoding[round] = now() - start;
  }
  if (dump) fclose(dump);
  // The first round may have written the dump.
  qsort(decoding + 1, ROUNDS - 1, sizeof(double), compare);
  qsort(copying, ROUNDS, sizeof(double), compare);
  printf("{\"seconds\":%.9f,\"memcpySeconds\":%.9f,\"records\":%zu,\"written\":%zu,\"errors\":%u}\n", decoding[1 + (ROUNDS - 1) / 2],
         copying[ROUNDS / 2], records, total, err);
  return err ? 1 : 0;
}
