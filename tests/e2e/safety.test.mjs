// An administrator sleeps well: backups under load, restored elsewhere to the same answers; kill -9 at any moment of a backup, a
// restore or an upgrade; a full disk, a database and a mail server that are gone for a while, a clock that jumps.
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { House, engines, program, run, sleep } from '../lib/house.mjs';
import { Faults } from '../lib/faults.mjs';
import { launchedCohort } from '../lib/quick.mjs';
import { Sink } from '../lib/sink.mjs';
import { Visitor, forms } from '../lib/visitor.mjs';

// Whatever a test has started ends with it, also when it fails.
const started = new Set();
class Home extends House {
  static async start(...args) { const house = Object.assign(new Home(), await House.start(...args)); started.add(house); return house; }
  async end() { started.delete(this); await super.end(); }
}
afterEach(async () => {
  for (const house of started) if (!house.stays) { started.delete(house); await house.halt('SIGKILL'); await house.end().catch(() => {}); }
});

const kills = Number(process.env.KILLS ?? 8);
const random = (() => { let s = Number(process.env.SEED ?? 11); return n => { s = (s * 1103515245 + 12345) % 2147483648; return s % n; }; })();
const folder = mkdtempSync(join(tmpdir(), 'telemachus-safety-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let serial = 0;
const newFile = () => join(folder, `backup-${++serial}.tar.gz`);

async function say(visitor, pair, words) {
  const thread = `/pairs/${pair}/messages`;
  const form = forms((await visitor.get(thread)).page).find(f => f.method === 'POST' && f.names.has('body'));
  if (!form) return null;
  return visitor.post(form.action, { ...Object.fromEntries(form.fields), body: words });
}

// All rows of all tables, as lines that can be compared between two databases of one engine.
async function rows(house) {
  const tables = (await house.sql(house.engine === 'postgres'
    ? "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")).split('\n');
  const all = {};
  for (const table of tables.filter(t => t !== 'db_migration')) all[table] = (await house.sql(`SELECT * FROM ${table}`)).split('\n').sort();
  return all;
}

function start(house, ...args) {
  const child = spawn(program, [...args, '--data', house.data], { env: house.env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.words = '';
  child.stdout.on('data', d => { child.words += d; });
  child.stderr.on('data', d => { child.words += d; });
  child.ended = new Promise(done => child.once('close', (code, signal) => done({ code, signal, words: child.words })));
  return child;
}

// How long a command takes here, undisturbed: the kills fall into that time.
async function timed(work) { const began = Date.now(); await work(); return Date.now() - began; }

async function killed(house, most, ...args) {
  const child = start(house, ...args);
  await sleep(20 + random(most));
  child.kill('SIGKILL');
  return child.ended;
}

const fails = async (promise, words) => {
  const e = await promise.then(() => null, x => x);
  assert.ok(e, `it should have failed with ${words}`);
  assert.match(e.stderr ?? e.message, words);
};

for (const engine of engines) {
  describe(`backup and restore, ${engine}`, () => {
    let house, who, pairs;
    before(async () => {
      house = await Home.start(engine);
      house.stays = true;
      ({ who, pairs } = await launchedCohort(house));
    });
    after(() => house?.end());

    test('taken under load: one moment, nothing acknowledged before it is missing; the same answers elsewhere', { timeout: 600_000 }, async () => {
      const acknowledged = [];
      let over = false;
      const writers = Object.keys(pairs).map(async name => {
        for (let n = 0; !over; n++) {
          const words = `${name} ${n} ${random(1e9)}`;
          if ((await say(who[name], pairs[name], words))?.status === 303) acknowledged.push(words);
        }
      });
      await sleep(500);
      const before = acknowledged.length;
      const file = newFile();
      const facts = JSON.parse(await house.cli('backup', file, '--json'));
      const after = acknowledged.length;
      over = true;
      await Promise.all(writers);
      assert.ok(before > 0 && after >= before, `${before} acknowledged before, ${after} when it was made`);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(facts.bytes, statSync(file).size);
      assert.match(await house.cli('verify', file), /It is whole/);

      for (const other of engines) {
        const twin = await Home.start(other);
        await twin.cli('restore', file);
        const said = new Set((await twin.sql('SELECT body FROM conversations_message')).split('\n'));
        assert.deepEqual(acknowledged.slice(0, before).filter(w => !said.has(w)), [], `acknowledged before the backup, missing in it (${other})`);
        const count = async what => Number(await twin.sql(`SELECT count(*) FROM ${what}`));
        assert.equal(await count("journeys_contact WHERE source = 'message'"), said.size, 'a message and its contact are of one moment');
        assert.equal(await count("mail_outbox WHERE rule = 'message'"), said.size, 'and its letter');
        await twin.serve();
        const ana = new Visitor(twin, 'Ama');
        ana.cookies = new Map(who.Ama.cookies);
        const page = await ana.get(`/pairs/${pairs.Ama}/messages`);
        assert.equal(page.status, 200, 'the session goes on: the keys came along');
        await who.Ama.get('/home');               // has shown that the last message was sent
        const plain = html => html.replaceAll(/ value="[A-Za-z0-9_-]{86}"| content="[A-Za-z0-9_-]{86}"/g, '').replaceAll(house.url, '').replaceAll(twin.url, '');
        const steady = ['/people', '/library', '/learn', `/pairs/${pairs.Ama}/agreement`, '/me/profile'];
        for (const path of steady) assert.equal(plain((await ana.get(path)).page), plain((await who.Ama.get(path)).page), `${path} answers the same (${other})`);
        await twin.end();
      }
    });

    test('there and back: all rows the same, and a sealed one needs its passphrase', { timeout: 600_000 }, async () => {
      await house.halt();
      const first = newFile(), second = newFile(), pass = join(folder, 'pass'), wrong = join(folder, 'wrong');
      writeFileSync(pass, 'under the olive tree\n');
      writeFileSync(wrong, 'under the oak tree\n');
      await house.cli('backup', first, '--passphrase-file', pass);
      assert.ok(!readFileSync(first).includes('manifest'), 'sealed');
      await fails(house.cli('verify', first), /This backup is sealed/);
      await fails(house.cli('verify', first, '--passphrase-file', wrong), /The passphrase is not that of this backup/);
      let between = house;
      for (const other of [...engines].reverse()) {
        const twin = await Home.start(other);
        const file = newFile();
        await between.cli('backup', file);
        await twin.cli('restore', file);
        await fails(twin.cli('restore', file), /There is data here already/);
        if (between !== house) await between.end();
        between = twin;
      }
      const same = await Home.start(engine);
      await between.cli('backup', second);
      await same.cli('restore', second);
      assert.deepEqual(await rows(same), await rows(house));
      assert.equal(readFileSync(join(same.data, 'keys/master'), 'utf8'), readFileSync(join(house.data, 'keys/master'), 'utf8'));
      await same.end();
      await between.end();
      await house.serve();
    });

    test('a damaged, cut or lengthened backup is found out and changes nothing', { timeout: 600_000 }, async () => {
      const file = newFile();
      await house.cli('backup', file);
      const whole = readFileSync(file);
      for (let i = 0; i < 12; i++) {
        const bad = Buffer.from(whole);
        if (i < 8) bad[random(bad.length)] ^= 1 << random(8);
        writeFileSync(file, i < 8 ? bad : i < 11 ? bad.subarray(0, random(bad.length)) : Buffer.concat([bad, Buffer.from('more')]));
        if (readFileSync(file).equals(whole)) continue;
        // Two bytes of a gzip head are nobody's concern: then all that is inside must still be right.
        const says = await house.cli('verify', file).then(s => s, e => e.stderr);
        assert.match(says, i < 8 ? /damaged|not a backup|made by a newer|It is whole/ : /damaged|not a backup/, `${i}`);
      }
      writeFileSync(file, whole.subarray(0, whole.length - 100));
      const twin = await Home.start(engine);
      await fails(twin.cli('restore', file), /damaged or was cut short/);
      writeFileSync(file, whole);
      await twin.cli('restore', file);
      await twin.end();
    });

    test(`kill -9 during a backup, ${kills} times: a whole file or none`, { timeout: 600_000 }, async () => {
      const takes = await timed(() => house.cli('backup', newFile()));
      for (let i = 0; i < kills; i++) {
        const file = newFile();
        await killed(house, takes, 'backup', file);
        if (existsSync(file)) assert.match(await house.cli('verify', file), /It is whole/);
        else await house.cli('backup', file);
      }
    });

    test(`kill -9 during a restore, ${kills} times: said plainly, and the same command ends it`, { timeout: 600_000 }, async () => {
      await house.halt();
      const file = newFile();
      await house.cli('backup', file);
      const should = await rows(house);
      let cut = 0;
      const first = await Home.start(engine);
      const takes = await timed(() => first.cli('restore', file));
      await first.end();
      for (let i = 0; i < kills; i++) {
        const twin = await Home.start(engine);
        for (let again = 0; again < 2; again++) await killed(twin, takes, 'restore', file);
        if (existsSync(join(twin.data, 'restore-unfinished'))) {
          cut++;
          await fails(twin.cli('cohort', 'list'), /A restore was begun here and has not ended/);
          const served = await start(twin, 'serve', '--listen', `127.0.0.1:${twin.port}`).ended;
          assert.equal(served.code, 1);
          assert.match(served.words, /A restore was begun here.*Run the same/);
          await twin.cli('restore', file);
        } else if (!existsSync(join(twin.data, 'keys/master'))) await twin.cli('restore', file);
        assert.deepEqual(await rows(twin), should);
        await twin.serve();
        await twin.end();
      }
      assert.ok(cut > 0, 'no kill met a restore');
      await house.serve();
    });

    test('the night and the month: by themselves, recorded, shown; a failure reaches the administrators', { timeout: 600_000 }, async () => {
      const page = await who.Karin.get('/desk/safety');
      assert.match(page.page, /There is no good backup yet/);
      assert.equal(Number(await house.sql("SELECT count(*) FROM jobs_job WHERE kind = 'safety.backup' AND state = 'waiting'")), 1, 'one is planned');
      assert.equal(Number(await house.sql("SELECT count(*) FROM jobs_job WHERE kind = 'safety.drill' AND state = 'waiting'")), 1);
      await house.sql("UPDATE jobs_job SET due = 0 WHERE kind = 'safety.backup'");
      const seen = async (path, what) => { for (let i = 0; i < 300; i++) { const p = (await who.Karin.get(path)).page; if (what.test(p)) return p; await sleep(100); } assert.fail(`${path} never said ${what}`); };
      await seen('/desk/safety', /The last good backup is of/);
      assert.equal(Number(await house.sql("SELECT count(*) FROM jobs_job WHERE kind = 'safety.backup' AND state = 'waiting'")), 1, 'the next one is planned');
      const [name] = readdirSync(join(house.data, 'backups')).filter(f => f.endsWith('.tar.gz'));
      assert.match(await house.cli('verify', join(house.data, 'backups', name)), /It is whole/);
      await who.Karin.send('/desk/safety', /drill$/);
      await seen('/desk/safety', /A backup was last restored on trial/);
      assert.match((await who.Karin.get('/readyz')).page, /backup: 20.*Z\ntrial restore: 20/);
      assert.match(await house.cli('check').catch(e => e.stdout), /ok {6}backup/);

      // The file goes bad: the next trial says so, and the administrators get a mail.
      const path = join(house.data, 'backups', name);
      truncateSync(path, statSync(path).size - 10);
      const since = house.sink.mails.length;
      await who.Karin.send('/desk/safety', /drill$/);
      const bad = await seen('/desk/safety', /The last trial restore failed/);
      assert.match(bad, /damaged or was cut short/);
      const mail = await house.sink.wait({ to: 'karin@north.example', since, subject: /trial restore/i });
      assert.match(mail.text, /damaged or was cut short/);
      assert.match((await who.Karin.get('/readyz')).page, /the last one failed/);
      assert.match(await house.cli('check').catch(e => e.stdout), /NOT OK {2}backup: The last trial restore has failed/);
    });
  });

  describe(`upgrade and the way back, ${engine}`, () => {
    // A database as an older version left it: made from the first so many files of schema/.
    const schema = resolve(dirname(fileURLToPath(import.meta.url)), '../../schema');
    const numbers = readdirSync(schema).filter(f => /^\d{4}_.*\.sql$/.test(f)).sort();
    const upTo = 15;
    const words = engine === 'sqlite' ? { int: 'INTEGER', real: 'REAL', blob: 'BLOB', strict: 'STRICT', clustered: 'WITHOUT ROWID' } : { int: 'BIGINT', real: 'DOUBLE PRECISION', blob: 'BYTEA', strict: '', clustered: '' };
    const translate = text => text.replace(/,?\s*@(strict|clustered)/g, (all, w) => (words[w] ? all.replace(`@${w}`, words[w]) : '')).replace(/@(int|real|blob)/g, (_, w) => words[w]);
    async function older() {
      const house = await Home.start(engine);
      const first = numbers.filter(f => Number(f.slice(0, 4)) <= upTo);
      const int = words.int;
      let sql = `CREATE TABLE db_migration (number ${int} NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at ${int} NOT NULL)${engine === 'sqlite' ? ' STRICT' : ''};`;
      for (const f of first) sql += `${translate(readFileSync(join(schema, f), 'utf8'))}\nINSERT INTO db_migration VALUES (${Number(f.slice(0, 4))}, '${f.slice(5, -4)}', 0);\n`;
      sql += "INSERT INTO db_meta VALUES ('purpose', 'test');\nINSERT INTO db_meta VALUES ('kept', '42');";
      const file = join(folder, `old-${++serial}.sql`);
      writeFileSync(file, sql);
      if (engine === 'postgres') await run('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', house.database.url, '-f', file]);
      else execFileSync('sqlite3', ['-bail', join(house.data, 'telemachus.db')], { input: sql });
      return house;
    }
    const version = house => house.sql('SELECT max(number) FROM db_migration');
    const kept = house => house.sql("SELECT value FROM db_meta WHERE key = 'kept'");

    test('a plan that says what it does, a backup before, one command back', { timeout: 600_000 }, async () => {
      const house = await older();
      const newest = String(Number(numbers.at(-1).slice(0, 4)));
      const served = await start(house, 'serve', '--listen', `127.0.0.1:${house.port}`).ended;
      assert.equal(served.code, 1);
      assert.match(served.words, /older schema than this program.*telemachus migrate/);
      const plan = await house.cli('migrate', '--plan');
      assert.match(plan, /0023_safety\n {8}CREATE TABLE safety_run/);
      assert.equal(await version(house), String(upTo), 'a plan changes nothing');
      const done = await house.cli('migrate');
      assert.match(done, /Backup: .*before-migrate-/);
      assert.equal(await version(house), newest);
      assert.match(await house.cli('migrate'), /up to date/);
      await house.serve();
      await fails(house.cli('migrate', '--back', '--yes'), /The program is serving/);
      await house.halt();
      await fails(house.cli('migrate', '--back'), /Nothing was done.*--yes/s);
      const back = await house.cli('migrate', '--back', '--yes');
      assert.match(back, /What was there lies in .*before_back_/);
      assert.equal(await version(house), String(upTo));
      assert.equal(await kept(house), '42');
      await fails(house.cli('migrate', '--back', '--yes'), /No upgrade was made here/);
      await house.cli('migrate');
      assert.equal(await version(house), newest);
      await house.sql("INSERT INTO db_migration VALUES (9999, 'later', 0)");
      const refused = await start(house, 'serve', '--listen', `127.0.0.1:${house.port}`).ended;
      assert.match(refused.words, /made by a newer version.*Start that version/);
      await house.end();
    });

    test(`kill -9 during an upgrade and on the way back, ${kills} times`, { timeout: 600_000 }, async () => {
      const first = await older();
      const takes = await timed(() => first.cli('migrate')), takesBack = await timed(() => first.cli('migrate', '--back', '--yes'));
      await first.end();
      for (let i = 0; i < kills; i++) {
        const house = await older();
        for (let n = 0; n < 2; n++) await killed(house, takes, 'migrate');
        await house.cli('migrate');
        assert.equal(await kept(house), '42');
        for (let n = 0; n < 2; n++) await killed(house, takesBack, 'migrate', '--back', '--yes');
        if (existsSync(join(house.data, 'restore-unfinished'))) {
          const served = await start(house, 'serve', '--listen', `127.0.0.1:${house.port}`).ended;
          assert.match(served.words, /A restore was begun here/);
        }
        if (existsSync(join(house.data, 'backups/before-migrate'))) await house.cli('migrate', '--back', '--yes');
        assert.equal(await version(house), String(upTo), 'the schema of before, whatever moment the plug was pulled');
        assert.equal(await kept(house), '42');
        await house.cli('migrate');
        await house.serve();
        await house.end();
      }
    });
  });
}

describe('what breaks is said, and survived', () => {
  const limit = (pid, bytes) => execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  const open = (page, name) => forms(page).find(f => f.method === 'POST' && f.names.has(name));

  test('a full disk: 503 and the form comes back filled; with room again the same form goes through', { timeout: 600_000 }, async () => {
    const house = await Home.start('sqlite');
    const { who, pairs } = await launchedCohort(house);
    const largest = Math.max(...['telemachus.db', 'telemachus.db-wal'].map(f => statSync(join(house.data, f)).size));
    limit(house.server.pid, 4096);
    let refused;
    for (let i = 0; i < 50 && refused?.status !== 503; i++) refused = await say(who.Ama, pairs.Ama, `words that must not be lost ${i}`);
    assert.equal(refused.status, 503);
    assert.match(refused.page, /The disk is full/);
    assert.match(refused.page, /words that must not be lost/, 'what was typed is there');
    const ready = await who.Ama.get('/readyz');
    assert.equal(ready.status, 503);
    assert.match(ready.page, /^not ready\ndatabase: ok\nschema: ok\nwriting: The disk is full/);
    assert.equal((await who.Ama.get('/home')).status, 200, 'reading goes on');
    limit(house.server.pid, 'unlimited');
    const form = open(refused.page, 'body');
    const saved = await who.Ama.post(form.action, Object.fromEntries(form.fields));
    assert.equal(saved.status, 303);
    assert.match((await who.Ama.get(`/pairs/${pairs.Ama}/messages`)).page, /words that must not be lost/);
    assert.equal((await who.Ama.get('/readyz')).status, 200);
    assert.ok(largest > 0);
    await fails(run('sh', ['-c', `ulimit -f 8; exec ${program} backup ${newFile()} --data ${house.data}`], { env: house.env }), /The disk is full/);
    assert.deepEqual(readdirSync(folder).filter(f => /partial/.test(f)), [], 'nothing half is left');
    await house.end();
  });

  test('a folder that may not be written: said at once', { skip: process.getuid() === 0 && 'root may write anywhere' }, async () => {
    const house = await Home.start('sqlite');
    await house.cli('cohort', 'list');
    execFileSync('chmod', ['-R', 'a-w', house.data]);
    const served = await start(house, 'serve', '--listen', `127.0.0.1:${house.port}`).ended;
    execFileSync('chmod', ['-R', 'u+w', house.data]);
    assert.equal(served.code, 1);
    assert.match(served.words, /cannot be (read or )?written.*(owner|owns)/);
    await house.end();
  });

  test('a database server that goes away and comes back', { skip: !engines.includes('postgres') && 'no PostgreSQL here', timeout: 600_000 }, async t => {
    // A door in front of the server that can be shut: connections die, new ones are refused.
    const house = await Home.start('postgres');
    const real = new URL(house.database.url);
    let shut = false;
    const sockets = new Set();
    t.after(() => { door.close(); for (const s of sockets) s.destroy(); });
    const door = createServer(from => {
      if (shut) { from.destroy(); return; }
      const to = connect(Number(real.port), real.hostname);
      for (const [a, b] of [[from, to], [to, from]]) { sockets.add(a); a.pipe(b); a.on('error', () => b.destroy()); a.on('close', () => { sockets.delete(a); b.destroy(); }); }
    });
    await new Promise(done => door.listen(0, '127.0.0.1', done));
    const url = new URL(real);
    url.port = String(door.address().port);
    house.env.TELEMACHUS_DATABASE = url.href;
    const { who, pairs } = await launchedCohort(house);
    const thread = `/pairs/${pairs.Ama}/messages`;
    const form = open((await who.Ama.get(thread)).page, 'body');
    shut = true;
    for (const s of sockets) s.destroy();
    const refused = await who.Ama.post(form.action, { ...Object.fromEntries(form.fields), body: 'written while the database was gone' });
    assert.equal(refused.status, 503);
    assert.match(refused.page, /database server/i);
    assert.match(refused.page, /written while the database was gone/);
    assert.match(refused.page, /Send it again/);
    const page = await who.Ama.get('/home');
    assert.equal(page.status, 503);
    assert.match(page.page, /Try again|Check that PostgreSQL/);
    const ready = await who.Ama.get('/readyz');
    assert.equal(ready.status, 503);
    assert.match(ready.page, /^not ready\ndatabase: The database server/);
    assert.equal((await who.Ama.get('/healthz')).status, 200);
    shut = false;
    for (let i = 0; i < 100 && (await who.Ama.get('/readyz')).status !== 200; i++) await sleep(100);
    const again = forms(refused.page).find(f => f.names.has('body'));
    assert.equal((await who.Ama.post(again.action, Object.fromEntries(again.fields))).status, 303);
    assert.match((await who.Ama.get(thread)).page, /written while the database was gone/);
    await house.end();
  });

  test('a mail server that is gone: mails wait, it is shown, they leave when it is back', { timeout: 600_000 }, async () => {
    const house = await Home.start('sqlite');
    const { who, pairs } = await launchedCohort(house);
    await house.sink.stop();
    const since = house.sink.mails.length;
    assert.equal((await say(who.Ama, pairs.Ama, 'is anybody there')).status, 303, 'writing does not wait for the mail server');
    const waits = async () => Number(await house.sql("SELECT count(*) FROM mail_outbox WHERE state = 'queued' AND error IS NOT NULL"));
    for (let i = 0; i < 300 && !(await waits()); i++) await sleep(100);
    assert.match((await who.Karin.get('/desk/safety')).page, /mail waits since|mails wait/);
    const ready = await who.Karin.get('/readyz');
    assert.equal(ready.status, 200);
    assert.match(ready.page, /mail: \d+ wait for the mail server/);
    assert.match(await house.cli('check').catch(e => e.stdout), /NOT OK {2}mail: The mail server does not answer/);
    const back = await Sink.start(house.sink.port);
    back.mails.push(...house.sink.mails);
    house.sink = back;
    await house.sql('UPDATE mail_outbox SET next_try = 0, lease_until = 0');
    await house.sink.wait({ to: 'tom@north.example', since });
    for (let i = 0; i < 100 && await waits(); i++) await sleep(100);
    assert.match((await who.Karin.get('/desk/safety')).page, /No mail waits/);
    await house.end();
  });

  test('a clock that jumps a year ahead and back: jobs, leases and mails go on, people stay or sign in again', { timeout: 600_000 }, async () => {
    const faults = new Faults();
    const house = await Home.start('sqlite');
    const { who, pairs } = await launchedCohort(house);
    await house.halt();
    Object.assign(house.env, faults.env);
    await house.serve();
    const year = 366 * 86400;
    faults.setClock(year);
    const arrives = async words => {
      const since = house.sink.mails.length;
      let answer = await say(who.Ama, pairs.Ama, words);
      if (!answer || answer.status !== 303) { await who.Ama.enter('ama@north.example'); answer = await say(who.Ama, pairs.Ama, words); }
      assert.equal(answer?.status, 303, words);
      await house.sink.wait({ to: 'tom@north.example', since });
    };
    const left = await new Promise(done => setTimeout(async () => done((await say(who.Ama, pairs.Ama, 'a year on'))?.status ?? 303), 2500));
    assert.ok([200, 303].includes(left), `${left}`);
    await arrives('in the year to come');
    // A mail that could not leave then must not wait for that year; a job must not either.
    house.sink.refuse = () => Object.assign(new Error('later'), { responseCode: 451 });
    await say(who.Ama, pairs.Ama, 'refused for now');
    for (let i = 0; i < 100 && Number(await house.sql("SELECT count(*) FROM mail_outbox WHERE state = 'queued' AND error IS NOT NULL")) === 0; i++) await sleep(100);
    const planned = () => house.sql("SELECT min(due) FROM jobs_job WHERE kind = 'safety.backup' AND state = 'waiting'");
    for (let i = 0; i < 100 && Number(await planned()) < Date.now() / 1000; i++) await sleep(100);
    house.sink.refuse = null;
    const since = house.sink.mails.length;
    faults.setClock(0);
    await house.sink.wait({ to: 'tom@north.example', since });
    await arrives('back again');
    let soon = 0;
    for (let i = 0; i < 100 && !soon; i++) { soon = Number(await house.sql(`SELECT count(*) FROM jobs_job WHERE kind = 'safety.backup' AND state = 'waiting' AND due < ${Math.floor(Date.now() / 1000) + 2 * 86400}`)); await sleep(100); }
    assert.ok(soon > 0, 'the next nightly backup is planned by the right clock');
    assert.match(house.logWhole(), /jobs.clock_jumped/);
    await house.end();
  });
});
