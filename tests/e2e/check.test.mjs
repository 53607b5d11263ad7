// telemachus check: what it finds, in words, with what to do. The DNS is a server of this test on a loopback port.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { House } from '../lib/house.mjs';
import { Names } from '../lib/names.mjs';

const key = 'A'.repeat(392);
const good = {
  'example.org': { MX: ['10 mx.example.org'], TXT: ['something else', 'v=spf1 include:_spf.example.net ~all'] },
  '_spf.example.net': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  'mail._domainkey.example.org': { TXT: [`v=DKIM1; k=rsa; p=${key}`] },
  '_dmarc.example.org': { TXT: ['v=DMARC1; p=quarantine; rua=mailto:postmaster@example.org'] },
};

// Every line of check by its part, whether it is well or not.
async function check(house, names, ...options) {
  const args = ['check', '--json', '--resolver', names.address, ...options];
  const printed = await house.cli(...args).catch(e => e.stdout);
  return Object.fromEntries(JSON.parse(printed).map(line => [line.part, line]));
}

async function withHouse(zone, env, body) {
  const names = await Names.start(zone);
  const house = await House.start('sqlite', { TELEMACHUS_DKIM_SELECTOR: 'mail', ...env });
  try {
    await house.cli('admin', 'add', 'karin@example.org', '--first-name', 'Karin');
    await body(house, names);
  } finally {
    await house.end();
    names.end();
  }
}

test('a domain that others believe', () => withHouse(good, {}, async (house, names) => {
  await house.serve();
  const found = await check(house, names, '--mail-to', 'karin@example.org');
  for (const part of ['configuration', 'database', 'packs', 'skills', 'private files', 'mail (a test mail was sent)', 'mail quota', 'MX of example.org', 'SPF of example.org', 'DKIM of example.org', 'DMARC of example.org']) {
    assert.equal(found[part]?.level, 'ok', `${part}: ${JSON.stringify(found[part])}`);
  }
  assert.match(found['mail quota'].what, /of 3000 mails/);
  assert.equal(found.base_url.level, 'advice', 'no https yet');
  assert.match(found.base_url.what, /answers/);
  assert.ok(['ok', 'advice'].includes(found.clock.level));
  assert.ok(await house.sink.wait({ to: 'karin@example.org' }));
}));

test('a domain without anything is told what to publish', () => withHouse({ 'example.org': {} }, { TELEMACHUS_SMTP_HOST: 'localhost' }, async (house, names) => {
  const found = await check(house, names);
  assert.equal(found['SPF of example.org'].ok, false);
  assert.match(found['SPF of example.org'].next, /example\.org\. TXT "v=spf1 ip4:ADDRESS-OF-THIS-MACHINE mx ~all"/);
  assert.match(found['DKIM of example.org'].next, /mail\._domainkey\.example\.org\. TXT "v=DKIM1; k=rsa; p=\.\.\."/);
  assert.match(found['DMARC of example.org'].next, /_dmarc\.example\.org\. TXT "v=DMARC1; p=none; rua=mailto:postmaster@example\.org"/);
  assert.equal(found['MX of example.org'].ok, false);
  assert.match(found.base_url.what, /not serving/);
  await assert.rejects(house.cli('check', '--resolver', names.address), /Something above is not well/);
}));

test('a record that makes receivers ask too often, an included circle, a domain of its own for answers', () => {
  const many = { 'example.org': { ...good['example.org'], TXT: ['v=spf1 include:a.example.net include:a.example.net -all'] },
    'a.example.net': { TXT: ['v=spf1 include:b.example.net a mx -all'] }, 'b.example.net': { TXT: ['v=spf1 include:a.example.net -all'] } };
  return withHouse({ ...good, ...many }, { TELEMACHUS_MAIL_REPLY_DOMAIN: 'reply.example.org' }, async (house, names) => {
    const found = await check(house, names);
    assert.match(found['SPF of example.org'].what, /ask the DNS \d+ times/);
    assert.ok(names.asked.length < 60, `${names.asked.length} questions`);
    assert.equal(found['MX of reply.example.org'].ok, false);
  });
});

test('a DNS that does not answer, and a domain that is none', async () => {
  await withHouse(good, {}, async (house, names) => {
    names.silent = true;
    const found = await check(house, names);
    assert.match(found["the sender's domain"].what, /no answer/);
  });
  await withHouse(good, { TELEMACHUS_MAIL_FROM: 'mentoring@localhost' }, async (house, names) => {
    await check(house, names);
    assert.deepEqual(names.asked, []);
  });
});

test('files that others may read, a disk without room, another program at base_url', () => withHouse(good, { TELEMACHUS_DISK_RESERVE_MB: '1000000' }, async (house, names) => {
  assert.equal((await check(house, names))['private files'].level, 'ok');
  chmodSync(house.data, 0o755);
  chmodSync(join(house.data, 'keys'), 0o755);
  chmodSync(join(house.data, 'keys', 'master'), 0o644);
  await house.serve();
  house.env.TELEMACHUS_BASE_URL = `${house.url}/home`;
  const found = await check(house, names);
  assert.match(found['private files'].next, /^chmod \d+ /);
  if (found.disk.level !== 'ok') assert.match(found.disk.what, /MiB are free/);
  assert.match(found.base_url.what, /not this program/);
}));
