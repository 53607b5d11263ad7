// Judges the mails of a rehearsal by what a real SMTP server received: the Date of each, the recipient's own zone
// (people.csv), its rule and class.  Usage: node tests/rehearsal/judge.mjs PROGRAM [--programme PACK] [--seeds N] [--pairs N] [--first S]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';

const args = process.argv.slice(2);
const option = (name, usual) => { const i = args.indexOf('--' + name); return i < 0 ? usual : args.splice(i, 2)[1]; };
const seeds = Number(option('seeds', 2)), pairs = Number(option('pairs', 12)), first = Number(option('first', 1));
const programme = option('programme', 'nine-months');
const program = args[0] ?? 'build/telemachus';

// ---- what a mail says of itself ----

function headers(raw) {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const of = {};
  for (const line of head.split('\r\n')) {
    const at = line.indexOf(':');
    of[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  return of;
}

function receive() {
  const mails = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', part => parts.push(part));
      stream.on('end', () => {
        const h = headers(Buffer.concat(parts).toString('utf8'));
        mails.push({ to: session.envelope.rcptTo[0].address.toLowerCase(), at: new Date(h.date), rule: h['x-telemachus-rule'] ?? '',
          class: h['x-telemachus-class'] ?? '', id: h['message-id'], subject: h.subject });
        done();
      });
    },
  });
  server.on('error', () => {});
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready({ mails, port: server.server.address().port,
    stop: () => new Promise(done => server.close(done)) })));
}

function run(port, seed, out) {
  const env = { ...process.env, TELEMACHUS_SMTP_HOST: '127.0.0.1', TELEMACHUS_SMTP_PORT: String(port), TELEMACHUS_SMTP_SECURITY: 'none',
    TELEMACHUS_MAILS_PER_HOUR: '0' };             // a year passes within a minute: no hourly quota
  return new Promise((done, fail) => {
    const p = spawn(program, ['rehearse', '--programme', programme, '--pairs', String(pairs), '--seed', String(seed), '--out', out, '--json'],
      { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '', errors = '';
    p.stdout.on('data', d => text += d);
    p.stderr.on('data', d => errors += d);
    p.on('close', code => code ? fail(new Error(`rehearse ended with ${code}\n${errors.slice(-2000)}`)) : done(JSON.parse(text)));
  });
}

// ---- tables ----

function csv(file) {
  const [head, ...rows] = fs.readFileSync(file, 'utf8').trim().split(/\r?\n/).map(line => {
    const cells = [];
    line.replace(/("([^"]|"")*"|[^,]*)(,|$)/g, (all, cell, x, end) => {
      if (all !== '') cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
      return end;
    });
    return cells;
  });
  return rows.map(r => Object.fromEntries(head.map((k, i) => [k, r[i] ?? ''])));
}

// ---- the judgement ----

const local = {};
function there(at, zone) {
  local[zone] ??= new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const of = Object.fromEntries(local[zone].formatToParts(at).map(p => [p.type, p.value]));
  return { weekday: of.weekday, hour: Number(of.hour) };
}

function judge(mails, people, summary) {
  const problems = [];
  const say = (m, what) => problems.push(`${what}: ${m.rule} to ${m.to} at ${m.at.toISOString()} "${m.subject}"`);
  const zone = new Map(people.map(p => [p.email.toLowerCase(), p.zone]));
  const ids = new Set();
  const week = new Map();
  let judged = 0;

  for (const m of mails) {
    if (Number.isNaN(m.at.getTime())) say(m, 'no date');
    if (ids.has(m.id)) say(m, 'sent twice');
    ids.add(m.id);
    const z = zone.get(m.to);
    if (!z || m.class !== 'programme') continue;
    judged++;
    const when = there(m.at, z);
    if (when.weekday === 'Sat' || when.weekday === 'Sun') say(m, `on a weekend in ${z}`);
    if (when.hour < 7 || when.hour >= 20) say(m, `at night in ${z}`);
    const recent = (week.get(m.to) ?? []).filter(t => m.at - t < 7 * 86400e3);
    if (recent.length >= 2) say(m, 'third within seven days');
    week.set(m.to, [...recent, m.at]);
  }
  if (!judged) problems.push('no programme mail came at all');
  if (mails.length !== summary.mails) problems.push(`${summary.mails} mails were written and ${mails.length} arrived`);
  if (summary.open) problems.push(`${summary.open} pairs were left open`);
  if (summary.jobs_failed) problems.push(`${summary.jobs_failed} jobs failed`);
  return problems;
}

// Nothing about rhythm or steps of a pair while it pauses or after its end.
function judgePauses(timeline) {
  const problems = [];
  const paused = new Map(), ended = new Map();
  const quiet = /^R(1[4-9]|2[0-3])/;
  for (const e of timeline) {
    const at = new Date(e.time).getTime();
    if (e.kind === 'paused' && e.pair) paused.set(e.pair, [at, at + (parseInt(e.detail) - 1) * 86400e3]);
    if (e.kind === 'closing begun' && e.pair) ended.set(e.pair, at);
    if (e.kind !== 'mail' || e.class !== 'programme' || !e.pair || !quiet.test(e.rule)) continue;
    const p = paused.get(e.pair);
    if (p && at > p[0] && at < p[1]) problems.push(`${e.rule} to ${e.person} at ${e.time} while pair ${e.pair} pauses`);
    if (ended.has(e.pair) && at > ended.get(e.pair)) problems.push(`${e.rule} to ${e.person} at ${e.time} after pair ${e.pair} has begun to close`);
  }
  return problems;
}

let passed = 0, failed = 0;
const fired = new Map();
for (let seed = first; seed < first + seeds; seed++) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
  const sink = await receive();
  const summary = await run(sink.port, seed, out);
  const timeline = csv(path.join(out, 'timeline.csv'));
  const problems = [...judge(sink.mails, csv(path.join(out, 'people.csv')), summary), ...judgePauses(timeline)];
  for (const r of csv(path.join(out, 'rules.csv'))) fired.set(r.rule, { times: (fired.get(r.rule)?.times ?? 0) + Number(r.times), why: r['why not'] });
  await sink.stop();
  fs.rmSync(out, { recursive: true });
  problems.length ? failed++ : passed++;
  console.log(`seed ${seed}: ${summary.pairs} pairs, ${summary.mails} mails, ${summary.calls} calls, ${summary.seconds} s: ${problems.length ? 'NOT IN ORDER' : 'in order'}`);
  for (const p of problems.slice(0, 12)) console.log(`  ${p}`);
  if (problems.length > 12) console.log(`  and ${problems.length - 12} more`);
}
const never = [...fired].filter(([, f]) => !f.times);
console.log(never.length ? `never came up: ${never.map(([r, f]) => `${r} (${f.why})`).join('; ')}` : 'every rule came up');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
