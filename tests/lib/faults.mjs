// The hand in tests/faults/faults.c, seen from here: a mapped file that says which call is to fail, and how late it is.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const kinds = { db: 1, alloc: 2, write: 3, sync: 4, send: 5 };
const source = resolve(dirname(fileURLToPath(import.meta.url)), '../faults/faults.c');

let library;
function build() {
  if (library) return library;
  library = join(mkdtempSync(join(tmpdir(), 'telemachus-faults-')), 'faults.so');
  execFileSync(process.env.CC ?? 'gcc', ['-O1', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  return library;
}

// clock_offset int64 at 0; kind, left, fired, flavour, count[6] int32 from 8
export class Faults {
  constructor() {
    this.path = join(mkdtempSync(join(tmpdir(), 'telemachus-control-')), 'control');
    writeFileSync(this.path, Buffer.alloc(64));
    this.fd = openSync(this.path, 'r+');
    this.env = {
      LD_PRELOAD: build(), FAULTS_CONTROL: this.path,
      ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1:verify_asan_link_order=0:allocator_may_return_null=1',
    };
  }

  put(at, value) { const b = Buffer.alloc(4); b.writeInt32LE(value); writeSync(this.fd, b, 0, 4, at); }
  get(at) { const b = Buffer.alloc(4); readSync(this.fd, b, 0, 4, at); return b.readInt32LE(); }

  // The n-th call of this kind from now on fails.
  arm(kind, n, flavour = n) {
    this.put(8, 0);
    this.put(16, 0);
    this.put(20, flavour);
    this.put(12, n);
    this.put(8, kinds[kind]);
  }

  disarm() { this.put(8, 0); }
  get fired() { return this.get(16) === 1; }
  seen(kind) { return this.get(24 + 4 * kinds[kind]); }

  // Deaths of allocations that libraries take for granted are in the log: ours by must(), theirs (ICU's, Kerberos', say) by reading at address
  // zero in the library itself. What sanitizers find beyond that is still looked for when the house ends.
  forgive(house) {
    house.forgiven = text => text.replaceAll(/must\(.*?\) failed/g, '')
      .replaceAll(/ERROR: AddressSanitizer: SEGV on unknown address 0x0{8}[0-9a-f]{4} (?=[^\n]*\n(?:[^\n#]*\n)*\s*#0 \S+ [^\n]*\(\/(?:usr\/)?lib\/)/g, 'a library: ');
  }

  setClock(seconds) { const b = Buffer.alloc(8); b.writeBigInt64LE(BigInt(seconds)); writeSync(this.fd, b, 0, 8, 0); }
}
