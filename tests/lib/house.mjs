// A whole installation for a test: a data folder or a PostgreSQL database, a real SMTP server, the program serving on a free
// port of 127.0.0.1. Everything ends with end(): processes by their id, files by their folder.
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, rmSync, readFileSync, createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Sink } from './sink.mjs';

const program = resolve(process.env.TELEMACHUS_PROGRAM ?? 'build/telemachus');
const postgres = process.env.TELEMACHUS_TEST_PG;

// The engines to test on: SQLite always, PostgreSQL when there is a server.
export const engines = postgres ? ['sqlite', 'postgres'] : ['sqlite'];

const sleep = ms => new Promise(done => setTimeout(done, ms));

function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    execFile(command, args, { maxBuffer: 64 << 20, timeout: 300_000, ...options }, (error, stdout, stderr) => {
      if (error) fail(Object.assign(new Error(`${command} ${args.join(' ')}: ${stderr || error.message}`), { code: error.code, stdout, stderr }));
      else done(stdout);
    });
  });
}

export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

let serial = 0;

async function makeDatabase() {
  const name = `house_${process.pid}_${++serial}`;
  await run('psql', ['-q', postgres, '-c', `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`]);
  return { name, url: postgres.replace(/\/[^/?]+($|\?)/, `/${name}$1`) };
}

export class House {
  static open = new Set();      // begun and not ended: a set-up that breaks off leaves none of them running

  // engine: sqlite or postgres; env: more TELEMACHUS_* settings
  static async start(engine = 'sqlite', env = {}) {
    const house = new House();
    house.engine = engine;
    house.data = mkdtempSync(join(tmpdir(), 'telemachus-e2e-'));
    house.sink = await Sink.start();
    house.port = await freePort();
    house.url = `http://127.0.0.1:${house.port}`;
    if (engine === 'postgres') house.database = await makeDatabase();
    house.env = {
      PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', LC_ALL: 'C.UTF-8',
      ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=1', UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
      TELEMACHUS_PURPOSE: 'test', TELEMACHUS_BASE_URL: house.url, TELEMACHUS_SMTP_HOST: '127.0.0.1',
      TELEMACHUS_SMTP_PORT: String(house.sink.port), TELEMACHUS_SMTP_SECURITY: 'none', TELEMACHUS_MAIL_FROM: 'mentoring@example.org',
      ...(house.database ? { TELEMACHUS_DATABASE: house.database.url } : {}), ...env,
    };
    house.log = join(house.data, 'serve.log');
    House.open.add(house);
    return house;
  }

  // telemachus COMMAND...: what it prints; throws with its standard error if it fails
  cli(...args) { return run(program, [...args, '--data', this.data], { env: this.env }); }
  async json(...args) { return JSON.parse(await this.cli(...args, '--json')); }

  async serve() {
    const log = createWriteStream(this.log, { flags: 'a' });
    this.server = spawn(program, ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.server.stdout.pipe(log);
    this.server.stderr.pipe(log);
    this.server.ended = new Promise(done => this.server.once('exit', (code, signal) => done({ code, signal })));
    for (let i = 0; i < 600; i++) {
      if (this.server.exitCode !== null || this.server.signalCode) break;
      try {
        if ((await fetch(this.url + '/readyz')).status === 200) return this;
      } catch { /* not yet */ }
      await sleep(50);
    }
    throw new Error(`the program does not serve:\n${this.logTail()}`);
  }

  logTail(lines = 30) {
    try { return readFileSync(this.log, 'utf8').split('\n').slice(-lines).join('\n'); } catch { return ''; }
  }

  // SIGTERM, within five seconds; or any other signal
  async halt(signal = 'SIGTERM') {
    if (!this.server) return null;
    this.server.kill(signal);
    const late = setTimeout(() => this.server.kill('SIGKILL'), 15_000);
    const how = await this.server.ended;
    clearTimeout(late);
    this.server = null;
    return how;
  }

  // Programme time; what is due in between runs, and its mails have left.
  async advance(span) { await this.cli('clock', 'advance', span); }
  async setClock(moment) { await this.cli('clock', 'set', moment); }
  async now() { return new Date((await this.json('clock', 'show')).programme_time); }

  async signInAddress(email) { return (await this.cli('admin', 'sign-in-link', email)).trim().split('\n').pop(); }

  // A query for what no page shows; psql or sqlite's own program
  async sql(query) {
    if (this.engine === 'postgres') return (await run('psql', ['-qAtX', '-F', '|', this.database.url, '-c', query])).trim();
    return (await run('sqlite3', ['-cmd', '.timeout 5000', join(this.data, 'telemachus.db'), query])).trim();
  }

  async end() {
    House.open.delete(this);
    const how = await this.halt();
    await this.sink.stop();
    if (this.database) await run('psql', ['-q', postgres, '-c', `DROP DATABASE IF EXISTS ${this.database.name} WITH (FORCE)`]);
    const broken = /(ERROR: AddressSanitizer|runtime error:|must\(.*failed)/.exec(this.logWhole());
    rmSync(this.data, { recursive: true, force: true });
    if (broken) throw new Error(`the server's log says: ${broken[0]}\n${this.broken}`);
    if (how && how.code !== 0) throw new Error(`the server ended with ${how.code ?? how.signal}`);
  }

  // What of the log is expected is taken out of it by a test that makes the program die.
  forgiven(text) { return text; }

  logWhole() {
    try {
      const text = this.forgiven(readFileSync(this.log, 'utf8'));
      const places = [...text.matchAll(/ERROR: AddressSanitizer|runtime error:|must\(.*failed/g)].map(m => m.index);
      this.broken = places.slice(0, 4).map(at => text.slice(Math.max(0, at - 500), at + 3000)).join('\n...\n');
      return text;
    } catch { return ''; }
  }
}

export { sleep, run, program, postgres };
