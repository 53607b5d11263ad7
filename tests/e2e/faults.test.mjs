// The fault walk: the very program that ships, in which the N-th database call, allocation, write, fsync or send fails, once. People
// go on using it. After each failure: an error page or another try, never a lie (acknowledged and lost), never half a verb.
//   FAULTS=all walks every N until none is left to fail (make faults); otherwise a sample, FAULTS_SECONDS for each engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House, engines, sleep } from '../lib/house.mjs';
import { Faults, kinds } from '../lib/faults.mjs';
import { launchedCohort } from '../lib/quick.mjs';
import { forms } from '../lib/visitor.mjs';

const all = process.env.FAULTS === 'all';
const seconds = Number(process.env.FAULTS_SECONDS ?? (all ? 36000 : 60));
const random = (() => { let s = Number(process.env.SEED ?? 5); return n => { s = (s * 1103515245 + 12345) % 2147483648; return s % n; }; })();
const soon = days => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);

// What people do, each a form on a page, and a question to the database that finds it by words of its own.
const verbs = [
  { name: 'message', page: p => `/pairs/${p}/messages`, action: /messages$/, fields: w => ({ body: w }), kept: w => `SELECT count(*) FROM conversations_message WHERE body = '${w}'` },
  { name: 'goal', page: p => `/pairs/${p}/goals`, action: /goals$/, fields: w => ({ statement: w, why: 'because', next_step: 'begin' }), kept: w => `SELECT count(*) FROM journeys_goal WHERE statement = '${w}'` },
  { name: 'note', page: p => `/pairs/${p}/notes`, action: /notes$/, fields: w => ({ body: w }), kept: w => `SELECT count(*) FROM journeys_note WHERE body = '${w}'` },
  { name: 'help', page: () => '/help', action: /help$/, fields: w => ({ body: w }), kept: w => `SELECT count(*) FROM care_ticket WHERE body = '${w}'` },
  { name: 'profile', page: () => '/me/profile', action: /me\/profile$/, fields: w => ({ about: w }), kept: w => `SELECT count(*) FROM people_profile WHERE about = '${w}'`, overwrites: true },
  { name: 'spoke', page: p => `/pairs/${p}/spoke`, action: /spoke$/, fields: () => ({ kind: 'phone', day: soon(0) }) },
];

class Walk {
  constructor(house, faults, who, pairs) { Object.assign(this, { house, faults, who, pairs, acknowledged: [], unsure: new Set(), serial: 0, died: 0, refused: 0, strikes: 0 }); }

  // Dead of a failed allocation, and of nothing else: whoever looks after services starts it again. Writing down what a program
  // died of takes a moment, so one that cuts a connection is waited for; a thread of its own (mail, jobs) may be the one
  // that was struck, and its end be seen only at the next step: before is the kind of the failure before this one.
  async alive(cut) {
    const gone = () => this.house.server.exitCode !== null || this.house.server.signalCode;
    for (let i = 0; cut && i < 100 && !gone(); i++) {
      if (await fetch(`${this.house.url}/healthz`).then(r => r.ok, () => false)) return;
      await sleep(100);
    }
    if (!gone()) return;
    this.died++;
    assert.ok([this.kind, this.before].includes('alloc'), `a failure of ${this.kind} ended the program:\n${this.house.logTail(8)}`);
    this.faults.disarm();
    await this.house.serve();
  }

  async once(name, verb, words) {
    const visitor = this.who[name], pair = this.pairs[name];
    const shown = await visitor.get(verb.page(pair));
    this.heard.push(`GET ${shown.status}`);
    if (shown.status >= 500) { this.refused++; assert.match(shown.page, /<h1>[\s\S]+<\/h1>/, 'an error page has words'); return 'again'; }
    const form = forms(shown.page).find(f => f.method === 'POST' && verb.action.test(f.action ?? ''));
    if (!form) return 'none';
    const fields = Object.fromEntries(form.fields);
    for (const [radio, values] of Object.entries(form.radios)) fields[radio] ??= values[0];
    for (const [field, value] of Object.entries(verb.fields(words))) if (form.names.has(field)) fields[field] = value;
    const answer = await visitor.post(form.action, fields);
    this.heard.push(`POST ${form.action} ${answer.status} ${answer.headers.get('location') ?? ''}`);
    if (answer.status === 303) return 'done';
    if (answer.status >= 500) {
      this.refused++;
      assert.match(answer.page, /<h1>[\s\S]+<\/h1>|id="errors"/, 'an error page has words');
      if (verb.kept && form.names.size > 1) assert.ok(answer.page.includes(words), `${verb.name}: what was typed is on the page that refuses it`);
      if (/It may have been saved/.test(answer.page)) this.unsure.add(words);
      return 'again';
    }
    assert.ok(answer.status < 500, `${verb.name} gave ${answer.status}`);
    return [409, 422, 429].includes(answer.status) ? 'none' : 'again';
  }

  // Until it is acknowledged; what fails once must work afterwards.
  async act(name, verb) {
    const words = `${verb.name} ${name} ${++this.serial}`;
    this.heard = [];
    for (let tries = 0; tries < 6; tries++) {
      let how, cut = false;
      try { how = await this.once(name, verb, words); } catch (e) {
        if (e.name === 'AssertionError') throw e;
        this.heard.push(`${e.name} ${e.cause?.code ?? e.message}`);
        how = 'again';                  // the connection was cut: nothing was acknowledged
        this.unsure.add(words);
        cut = true;
      }
      await this.alive(cut);
      if (how === 'done') { this.acknowledged.push({ verb, words }); return; }
      if (how === 'none') return;
    }
    assert.fail(`${verb.name} did not go through in six tries after one failure of ${this.kind}: ${this.heard.join('; ')}\n${this.house.logTail(25)}`);
  }

  async walk() { for (const name of Object.keys(this.pairs)) for (const verb of verbs) await this.act(name, verb); }

  async judge() {
    this.faults.disarm();
    const number = async q => Number(await this.house.sql(q));
    const last = new Map();
    for (const a of this.acknowledged) last.set(a.verb.overwrites ? `${a.verb.name} ${a.words.split(' ')[1]}` : a.words, a);
    for (const { verb, words } of last.values()) {
      if (!verb.kept) continue;
      const n = await number(verb.kept(words));
      assert.ok(n >= 1, `${words}: acknowledged and lost`);
      assert.ok(n === 1 || this.unsure.has(words), `${words}: there ${n} times`);
    }
    this.acknowledged = [];
    // Half a verb: a message without its contact or its letter; a contact without its pair's count.
    const messages = await number('SELECT count(*) FROM conversations_message');
    assert.equal(await number("SELECT count(*) FROM journeys_contact WHERE source = 'message'"), messages, 'each message has its contact');
    assert.equal(await number("SELECT count(*) FROM mail_outbox WHERE rule = 'message'"), messages, 'each message has its letter');
    assert.equal(await number('SELECT count(*) FROM journeys_pair p WHERE p.n_contacts <> (SELECT count(*) FROM journeys_contact c WHERE c.pair = p.id)'), 0, 'a pair counts its contacts');
    assert.equal(await number('SELECT count(*) FROM journeys_pair p WHERE p.n_goals <> (SELECT count(*) FROM journeys_goal g WHERE g.pair = p.id)'), 0, 'and its goals');
    assert.equal(await number("SELECT count(*) FROM journeys_pair p WHERE p.last_contact_at <> (SELECT max(c.at) FROM journeys_contact c WHERE c.pair = p.id)"), 0, 'a pair knows its last contact');
    if (this.house.engine === 'sqlite') {
      assert.equal(await this.house.sql('PRAGMA integrity_check'), 'ok');
      assert.equal(await this.house.sql('PRAGMA foreign_key_check'), '');
    }
  }
}

for (const engine of engines) {
  test(`each failure is survived, ${engine}`, { timeout: seconds * 1000 + 300_000 }, async () => {
    const house = await House.start(engine);
    const faults = new Faults();
    try {
      const { who, pairs } = await launchedCohort(house);
      await house.halt();
      Object.assign(house.env, faults.env);
      await house.serve();
      const w = new Walk(house, faults, who, pairs);

      // How many calls of each kind each verb makes when nothing fails; the second time, when all is warm.
      const steps = Object.keys(pairs).slice(0, all ? 9 : 1).flatMap(name => verbs.map(verb => ({ name, verb, calls: {} })));
      await w.walk();
      for (const step of steps) {
        const before = Object.fromEntries(Object.keys(kinds).map(k => [k, faults.seen(k)]));
        await w.act(step.name, step.verb);
        for (const k of Object.keys(kinds)) step.calls[k] = faults.seen(k) - before[k];
      }
      await w.judge();
      const possible = steps.flatMap(step => Object.keys(kinds).filter(k => step.calls[k] > 0).map(kind => ({ ...step, kind, most: step.calls[kind] })));
      const done = Object.fromEntries(Object.keys(kinds).map(k => [k, 0]));
      const until = Date.now() + seconds * 1000;
      const strike = async (one, n) => {
        const began = Date.now(), flavour = random(12);
        w.before = w.kind;
        w.kind = one.kind;
        faults.arm(one.kind, n, flavour);
        await w.act(one.name, one.verb);
        if (Date.now() - began > 5000) console.log(`# ${one.verb.name}: ${one.kind} ${n} (${flavour}) cost ${Date.now() - began} ms`);
        if (faults.fired) done[one.kind]++;
        faults.disarm();
        if (++w.strikes % 100 === 0) await w.judge();
      };
      if (all) for (const one of possible) for (let n = 1; n <= one.most; n++) await strike(one, n);
      else while (Date.now() < until) { const one = possible[random(possible.length)]; await strike(one, 1 + random(one.most)); }
      await w.judge();
      for (let i = 0; i < 300 && Number(await house.sql("SELECT count(*) FROM mail_outbox WHERE state = 'queued'")) > 0; i++) {
        if (i % 30 === 0) await house.sql("UPDATE mail_outbox SET lease_until = 0, next_try = 0 WHERE state = 'queued'");
        await sleep(100);
      }
      assert.equal(await house.sql("SELECT count(*) FROM mail_outbox WHERE state <> 'sent'"), '0', 'every mail leaves in the end');
      assert.equal(await house.sql("SELECT count(*) FROM jobs_job WHERE state = 'dead'"), '0', 'no work is given up');
      console.log(`# ${engine}: failures of ${Object.entries(done).map(([k, n]) => `${k} ${n} of ${possible.filter(o => o.kind === k).reduce((sum, o) => sum + o.most, 0)}`).join(', ')}; ${w.refused} error pages, ${w.died} deaths and restarts`);
      assert.ok(Object.entries(done).every(([k, n]) => n > 0 || !possible.some(o => o.kind === k)), 'a kind of failure never happened');
    } finally {
      faults.disarm();
      faults.forgive(house);
      house.server && house.server.exitCode !== null && (house.server = null);
      await house.end().catch(e => { if (!/the server ended with/.test(e.message)) throw e; });
    }
  });
}
