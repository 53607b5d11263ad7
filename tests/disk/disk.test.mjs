// A real small disk (tests/disk/small.sh) that fills up under letters, files, backups and the database, and one that turns read-only:
// said plainly, nothing that was acknowledged is lost, and all goes on by itself when there is room again.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, sleep } from '../lib/house.mjs';
import { launchedCohort } from '../lib/quick.mjs';
import { roster } from '../lib/cast.mjs';
import { forms } from '../lib/visitor.mjs';

const folder = process.env.TELEMACHUS_SMALL_DISK;
const main = page => (/<main[\s\S]*<\/main>/.exec(page)?.[0] ?? page).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

// To the last byte.
function fill(disk) {
  const path = join(disk, 'ballast'), fd = openSync(path, 'a');
  for (const size of [1 << 20, 1 << 16, 4096, 512]) {
    try { for (;;) writeSync(fd, Buffer.alloc(size, 1)); } catch (e) { if (e.code !== 'ENOSPC') throw e; }
  }
  closeSync(fd);
  return path;
}

async function remount(disk, how) {
  writeFileSync(join(folder, 'ask'), `${disk} ${how}\n`);
  for (let i = 0; i < 100; i++) {
    await sleep(100);
    const is = readFileSync(join(folder, 'is'), 'utf8').trim();
    if (is === `${disk} ${how}`) return;
    if (is === `${disk} refused` && readFileSync(join(folder, 'ask'), 'utf8') === '') writeFileSync(join(folder, 'ask'), `${disk} ${how}\n`);
  }
  assert.fail(`the disk cannot be made ${how}`);
}

describe('a small disk', { skip: !folder && 'wants root, to mount one of its own' }, () => {
  let house, who, pairs, elsewhere;
  const acknowledged = [];
  const thread = () => `/pairs/${pairs.Ama}/messages`;
  async function say(words) {
    const form = forms((await who.Ama.get(thread())).page).find(f => f.method === 'POST' && f.names.has('body'));
    const answer = await who.Ama.post(form.action, { ...Object.fromEntries(form.fields), body: words });
    if (answer.status === 303) acknowledged.push(words);
    return answer;
  }
  const ready = () => fetch(`${house.url}/readyz`).then(async r => ({ status: r.status, page: await r.text() }));
  async function upload() {
    await who.Karin.get('/desk/people/import');
    const body = new FormData();
    for (const [k, v] of [['csrf', who.Karin.csrf], ['role', 'mentor'], ['step', 'look']]) body.set(k, v);
    body.set('file', new Blob([roster([{ email: 'new@north.example', first_name: 'New' }]), ' '.repeat(300_000)]), 'list.csv');
    return who.Karin.ask('POST', '/desk/people/import', { body });
  }

  before(async () => {
    elsewhere = mkdtempSync(join(tmpdir(), 'telemachus-disk-'));
    process.env.TMPDIR = join(folder, 'data');
    house = await House.start('sqlite', { TELEMACHUS_DISK_RESERVE_MB: '3', TELEMACHUS_BACKUP_FOLDER: join(folder, 'other') });
    process.env.TMPDIR = elsewhere;
    house.log = join(elsewhere, 'serve.log');         // where it has no place the journal would have one
    ({ who, pairs } = await launchedCohort(house));
  });
  after(async () => {
    await house?.end();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  test('it fills up: who writes is told so and keeps the words, reading goes on, the desk shows it', { timeout: 120_000 }, async t => {
    for (let i = 0; i < 5; i++) assert.equal((await say(`before ${i}`)).status, 303);
    const ballast = fill(join(folder, 'data'));
    t.after(() => rmSync(ballast, { force: true }));
    const big = 'words that must not be lost '.repeat(300);
    let refused;
    for (let i = 0; i < 400 && refused?.status !== 503; i++) refused = await say(`${i} ${big}`);
    assert.equal(refused.status, 503);
    assert.match(main(refused.page), /The disk is full/);
    assert.match(refused.page, /words that must not be lost/);
    const says = await ready();
    assert.equal(says.status, 503);
    assert.match(says.page, /writing: The disk is full/);
    assert.match(says.page, /disk: The disk is full/);
    assert.equal((await who.Ama.get('/home')).status, 200);
    assert.match(main((await who.Karin.get('/desk/safety')).page), /The disk is full/);
    const file = await upload();
    assert.equal(file.status, 503);
    assert.match(main(file.page), /disk of the server is nearly full/);
    const backup = await house.cli('backup', join(folder, 'data/today.tar.gz')).then(() => null, e => e);
    assert.match(backup?.stderr ?? 'it says that it worked', /The disk is full/);
    assert.deepEqual(readdirSync(join(folder, 'data')).filter(f => /today|partial/.test(f)), [], 'nothing half is left');
    assert.match(await house.cli('check').catch(e => e.stdout), /NOT OK {2}.*(disk|full)/i);

    // Long enough for every thread to have met it.
    await sleep(3000);
    assert.equal((await fetch(`${house.url}/healthz`)).status, 200);
    rmSync(ballast);
    for (let i = 0; i < 200 && (await ready()).status !== 200; i++) await sleep(100);
    assert.equal((await ready()).status, 200, 'with room it goes on by itself');
    const form = forms(refused.page).find(f => f.names.has('body'));
    assert.equal((await who.Ama.post(form.action, Object.fromEntries(form.fields))).status, 303, 'the same form goes through');
    assert.doesNotMatch(main((await who.Karin.get('/desk/safety')).page), /The disk is full/);
    assert.ok([200, 422].includes((await upload()).status));
  });

  test('nothing that was acknowledged is lost, each letter leaves and none twice', { timeout: 120_000 }, async () => {
    const kept = new Set((await house.sql('SELECT body FROM conversations_message')).split('\n'));
    assert.deepEqual(acknowledged.filter(words => !kept.has(words.trim())), []);
    assert.equal(await house.sql('PRAGMA integrity_check'), 'ok');
    const waits = async () => Number(await house.sql("SELECT count(*) FROM mail_outbox WHERE state = 'queued'"));
    for (let i = 0; i < 600 && await waits() > 0; i++) { await sleep(100); if (i % 50 === 49) await house.sql("UPDATE mail_outbox SET next_try = 0, lease_until = 0 WHERE state = 'queued'"); }
    assert.equal(await waits(), 0);
    const arrived = new Map();
    for (const mail of house.sink.mails) arrived.set(mail.messageId, (arrived.get(mail.messageId) ?? 0) + 1);
    assert.ok([...arrived.values()].filter(n => n > 1).length <= 1, 'at most the one that was under way is sent again');
    assert.ok(acknowledged.length >= 5);
  });

  test('the disk of the backups is full, then read-only: the night says so, and the next one works', { timeout: 180_000 }, async () => {
    const night = async () => {
      const began = Number(await house.sql('SELECT count(*) FROM safety_run'));
      // one that has failed is tried again by itself, later; here at once
      if (/safety\/backup"/.test((await who.Karin.get('/desk/safety')).page)) await who.Karin.send('/desk/safety', /safety\/backup$/);
      else await house.sql("UPDATE jobs_job SET not_before = 0 WHERE kind = 'safety.backup' AND state = 'waiting' AND tries > 0");
      for (let i = 0; i < 300 && Number(await house.sql('SELECT count(*) FROM safety_run')) === began; i++) await sleep(100);
      return main((await who.Karin.get('/desk/safety')).page);
    };
    const ballast = fill(join(folder, 'other'));
    assert.match(await night(), /The last backup failed.*There is no room for a backup/);
    assert.deepEqual(readdirSync(join(folder, 'other')), ['ballast'], 'nothing half is left');
    rmSync(ballast);
    await remount('other', 'read-only');
    assert.match(await night(), /The last backup failed.*The disk is read-only/);
    await remount('other', 'writable');
    const page = await night();
    assert.match(page, /The last good backup is of/);
    assert.doesNotMatch(page, /The last backup failed/);
  });

  test('a data folder that is read-only is said at the start, and served again when it is not', { timeout: 120_000 }, async t => {
    await house.halt();
    t.after(() => remount('data', 'writable'));
    await remount('data', 'read-only');
    const said = await house.cli('serve', '--listen', `127.0.0.1:${house.port}`).then(() => '', e => e.stderr);
    assert.match(said, /The disk is read-only/);
    await remount('data', 'writable');
    await house.serve();
    assert.equal((await say('after all')).status, 303);
    assert.ok(statfsSync(join(folder, 'data')).bavail > 0);
  });
});
