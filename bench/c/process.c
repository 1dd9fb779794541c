// The scalar baseline as a whole process: reads FILE in chunks, decodes, writes JSON lines to OUT.
//   gcc -O3 -DREC='"rec.h"'
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "further.h"
#include REC
int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int in = open(argv[1], O_RDONLY), out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (in < 0 || out < 0) return 2;
  size_t chunk = (64 * 1024) / RECLEN * RECLEN, have = 0;
  u8 *raw = (u8 *)malloc(chunk + 4096) + 1024, *json = (u8 *)malloc(chunk * 16) + 1024;
  u32 err = 0;
  for (ssize_t n; (n = read(in, raw + have, chunk - have)) > 0;) {
    have += n;
    size_t whole = have / RECLEN;
    u8 *o = json;
    for (size_t i = 0; i < whole; i++) o = rec(o, raw + i * RECLEN, &err);
    for (u8 *p = json; p < o;) {
      ssize_t w = write(out, p, o - p);
      if (w < 0) return 2;
      p += w;
    }
    have -= whole * RECLEN;
    memmove(raw, raw + whole * RECLEN, have);
  }
  return err || have ? 1 : 0;
}
