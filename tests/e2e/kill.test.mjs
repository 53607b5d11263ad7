// kill -9 at random moments of a life: what was acknowledged is there afterwards, whole; no mail is recorded as sent twice.
// KILLS=100 for a long run; ./check does ten on each engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, engines, sleep } from '../lib/house.mjs';
import { launchedCohort } from '../lib/quick.mjs';
import { forms } from '../lib/visitor.mjs';

const kills = Number(process.env.KILLS ?? 10);
const random = (() => { let s = Number(process.env.SEED ?? 7); return n => { s = (s * 1103515245 + 12345) % 2147483648; return s % n; }; })();

// Somebody who writes messages and logs conversations without pause; an answer that redirects is an acknowledgement.
async function live(visitor, pair, done, until) {
  const thread = `/pairs/${pair}/messages`;
  const spoke = `/pairs/${pair}/spoke`;
  for (let n = 0; !until.over; n++) {
    const words = `${visitor.name} ${until.round} ${n} ${random(1e9)}`;
    try {
      if (n % 5 === 4) {
        const form = forms((await visitor.get(spoke)).page).find(f => f.method === 'POST' && f.action === spoke);
        if (!form) continue;
        const fields = Object.fromEntries(form.fields);
        for (const [name, values] of Object.entries(form.radios)) fields[name] ??= values[0];
        if ((await visitor.post(spoke, { ...fields, kind: 'phone' })).status === 303) done.spoken.push(pair);
      } else {
        const form = forms((await visitor.get(thread)).page).find(f => f.method === 'POST' && f.names.has('body'));
        if (form && (await visitor.post(form.action, { ...Object.fromEntries(form.fields), body: words })).status === 303) done.said.push(words);
      }
    } catch { /* the server is gone: nothing was acknowledged */ }
    await sleep(5);
  }
}

for (const engine of engines) {
  test(`killed ${kills} times on ${engine}, nothing acknowledged is lost and nothing is recorded as sent twice`, { timeout: 1_500_000 }, async () => {
    const house = await House.start(engine);
    try {
      const { who, pairs } = await launchedCohort(house);
      const done = { said: [], spoken: [] };
      const until = { over: false, round: 0 };
      const mentees = Object.keys(pairs);

      for (until.round = 0; until.round < kills; until.round++) {
        until.over = false;
        const lives = mentees.map(name => live(who[name], pairs[name], done, until));
        await sleep(60 + random(600));
        house.server.kill('SIGKILL');
        until.over = true;
        await house.server.ended;
        await Promise.all(lives);
        await house.serve();
      }
      assert.ok(done.said.length >= kills, `only ${done.said.length} messages were acknowledged`);

      const kept = new Set((await house.sql('SELECT body FROM conversations_message')).split('\n'));
      assert.deepEqual(done.said.filter(words => !kept.has(words)), [], 'acknowledged and lost');
      // The same conversation said twice is one: each pair that was told "kept" has one of that day.
      const logged = new Set((await house.sql("SELECT DISTINCT pair FROM journeys_contact WHERE source = 'logged'")).split('\n'));
      assert.deepEqual([...new Set(done.spoken)].filter(pair => !logged.has(pair)), [], 'conversations acknowledged and lost');

      // Half a verb would be a message without its contact or its letter.
      const count = async what => Number(await house.sql(`SELECT count(*) FROM ${what}`));
      const messages = await count('conversations_message');
      assert.equal(await count("journeys_contact WHERE source = 'message'"), messages);
      assert.equal(await count("mail_outbox WHERE rule = 'message'"), messages);

      // Leases of the dead run out after five minutes; here at once.
      await house.sql('UPDATE mail_outbox SET lease_until = 0, next_try = 0');
      for (let i = 0; i < 600 && await count("mail_outbox WHERE state = 'queued'") > 0; i++) {
        await sleep(100);
        if (i % 50 === 49) await house.sql("UPDATE mail_outbox SET lease_until = 0, next_try = 0 WHERE state = 'queued'");
      }
      assert.equal(await count("mail_outbox WHERE state <> 'sent'"), 0, 'every mail leaves in the end');
      const arrived = new Map();
      for (const mail of house.sink.mails) arrived.set(mail.messageId, (arrived.get(mail.messageId) ?? 0) + 1);
      const ids = (await house.sql('SELECT message_id FROM mail_outbox')).split('\n');
      assert.equal(new Set(ids).size, ids.length, 'one Message-ID, one record');
      assert.deepEqual(ids.filter(id => !arrived.has(`<${id}>`)), [], 'recorded as sent and never arrived');
      const again = [...arrived.values()].reduce((sum, n) => sum + n - 1, 0);
      assert.ok(again <= kills, `${again} mails arrived again; at most one for each death between DATA and its record`);
    } finally {
      await house.end();
    }
  });
}
