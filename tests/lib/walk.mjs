// One failure at a time: a verb is prepared once, then done again and again from the same world, each time with another call failing.
// What must be true each time: all of it has happened or nothing; what was acknowledged has happened; what has not happened was said
// in words on a page; and the same thing, done once more, works.
import assert from 'node:assert/strict';
import { kinds } from './faults.mjs';
import { sleep } from './house.mjs';
import { Ledger } from './ledger.mjs';
import { forms } from './visitor.mjs';

export const all = process.env.FAULTS === 'all';
export const seed = Number(process.env.SEED ?? 5);

export function dice(from = seed) {
  let s = from;
  return n => { s = (s * 1103515245 + 12345) % 2147483648; return s % n; };
}

// A form on a page, sent with what stands in it and these fields. [name, who, page, which form, fields, more]
export const form = (name, who, page, action, fields = {}, more = {}) => ({
  name, ...more,
  async prepare(w) {
    const visitor = typeof who === 'function' ? await who(w) : w.who[who] ?? who;
    const path = typeof page === 'function' ? await page(w) : page;
    const shown = await visitor.get(path, { follow: true });
    const found = forms(shown.page).find(f => f.method === 'POST' && action.test(f.action ?? path));
    assert.ok(found, `${name}: no form ${action} on ${path} (${shown.status}): ${forms(shown.page).map(f => f.action).join(' ')}`);
    const wanted = typeof fields === 'function' ? await fields(w) : fields;
    const sent = found.fields.filter(([field]) => !(field in wanted));
    for (const [radio, values] of Object.entries(found.radios)) if (!(radio in wanted) && !sent.some(([f]) => f === radio)) sent.push([radio, values[0]]);
    const pressed = found.buttons[0];
    if (pressed?.name && !(pressed.name in wanted)) sent.push([pressed.name, pressed.value]);
    for (const [field, value] of Object.entries(wanted)) for (const v of [value].flat()) if (v !== null) sent.push([field, v]);
    return { visitor, action: found.action ?? path, sent };
  },
  act: (w, { visitor, action, sent }) => visitor.post(action, sent),
});

// A file on a form of several parts.
export const upload = (name, who, page, action, file, fields = {}, more = {}) => ({
  ...form(name, who, page, action, fields, more),
  async act(w, { visitor, action: to, sent }) {
    const body = new FormData();
    for (const [field, value] of sent) body.append(field, value);
    if (!body.has('csrf')) body.set('csrf', visitor.csrf);
    body.append(file.field, new Blob([file.bytes]), file.name);
    return visitor.ask('POST', to, { body });
  },
});

// Something that is read and not done: a page or a file. whole: what a good answer is.
export const look = (name, who, path, whole = /<\/html>\s*$/) => ({
  name, good: [200], nothing: true,
  prepare: async w => ({ visitor: w.who[who], path: typeof path === 'function' ? await path(w) : path }),
  async act(w, { visitor, path: to }) {
    const answer = await visitor.get(to);
    if (answer.status === 200) assert.match(answer.page, whole, `${name}: an answer that is cut off and says 200`);
    return answer;
  },
});

export class Walk {
  // world: who, pairs ...: what the verbs ask for
  constructor(house, faults, world) {
    Object.assign(this, world, { house, faults, random: dice(), ledger: new Ledger(house), base: new Ledger(house, 'base'), died: 0, said: 0, broken: [], struck: {}, possible: {}, skipped: [], planned: [] });
  }

  // Dead of a failed allocation, and of nothing else: whoever looks after services starts it again. Writing down what it died of takes
  // a moment, so one that cut a connection is waited for.
  async alive(cut) {
    const server = this.house.server;
    if (!server) return;
    const gone = () => server.exitCode !== null || server.signalCode;
    for (let i = 0; cut && i < 100 && !gone(); i++) {
      if (await fetch(`${this.house.url}/healthz`).then(r => r.ok, () => false)) return;
      await sleep(100);
    }
    if (!gone()) return;
    this.died++;
    assert.ok([this.kind, this.before].includes('alloc'), `${this.what}: it ended the program:\n${this.house.logTail(12)}`);
    await this.house.serve();
  }

  async judge(verb, ctx) {
    try {
      const answer = await verb.act(this, ctx);
      const good = (verb.good ?? [303]).includes(answer.status);
      if (!good && answer.status >= 500) {
        this.said++;
        assert.match(answer.page, /<h1>[\s\S]+<\/h1>|id="errors"|^not ready/, `${this.what}: an error page has words`);
      }
      return { good, status: answer.status, unsure: /It may have been saved/.test(answer.page) || !!verb.noted?.test(answer.page), page: answer.page };
    } catch (e) {
      if (e.name === 'AssertionError') throw e;
      return { good: false, status: e.cause?.code ?? e.name, unsure: true, cut: true, page: e.stack };
    }
  }

  state(verb, ctx) { return verb.state ? verb.state(this, ctx) : this.ledger.diff(); }
  async back(verb, ctx) { await this.ledger.back(); await verb.back?.(this, ctx); }

  async prepare(verb) {
    this.what = verb.name;
    const ctx = await verb.prepare(this);
    await this.settle();
    await this.ledger.keep();
    const known = new Set(), calls = {};
    for (let warm = 0; warm < 2; warm++) {
      await this.back(verb, ctx);
      const before = Object.fromEntries(Object.keys(kinds).map(k => [k, this.faults.seen(k)]));
      const did = await this.judge(verb, ctx);
      for (const k of Object.keys(kinds)) calls[k] = this.faults.seen(k) - before[k];
      assert.ok(did.good, `${verb.name} does not work at all: ${did.status} ${(/<main[\s\S]*<\/main>/.exec(did.page)?.[0] ?? did.page).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 500)}\n${this.house.logTail(5)}`);
      known.add(await this.state(verb, ctx));
    }
    assert.ok(verb.nothing || !known.has(''), `${verb.name} changes nothing`);
    return { verb, ctx, known, calls };
  }

  // Letters that are on their way are let go, so that they do not mix into what comes.
  async settle() {
    for (let i = 0; i < 100 && Number(await this.house.sql("SELECT count(*) FROM mail_outbox WHERE state = 'queued' AND lease_until > 0")) > 0; i++) await sleep(50);
  }

  async strike({ verb, ctx, known }, kind, n, flavour) {
    this.before = this.kind;
    this.kind = kind;
    this.what = `${verb.name}: ${kind} ${n}, flavour ${flavour}`;
    await this.back(verb, ctx);
    this.faults.arm(kind, n, flavour);
    const did = await this.judge(verb, ctx);
    if (this.faults.fired) this.struck[kind] = (this.struck[kind] ?? 0) + 1;
    this.faults.disarm();
    await this.alive(did.cut);
    const state = await this.state(verb, ctx);
    const whole = known.has(state), nothing = state === '';
    assert.ok(whole || nothing, `${this.what}: half of it has happened: ${state}; all of it would be ${[...known].join(' or ')} (${did.status})\n${this.house.logTail(8)}`);
    if (did.good) assert.ok(whole, `${this.what}: acknowledged (${did.status}) and lost\n${this.house.logTail(8)}`);
    else if (!nothing) assert.ok(did.unsure, `${this.what}: it has happened, and the page (${did.status}) says that it has not\n${this.house.logTail(8)}`);
    if (whole && !nothing) return;
    for (let tries = 1; ; tries++) {
      const again = await this.judge(verb, ctx);
      if (again.good) break;
      await this.alive(again.cut);
      assert.ok(tries < 4, `${this.what}: afterwards it does not work (${did.status}, then ${again.status})\n${this.house.logTail(12)}`);
    }
    const then = await this.state(verb, ctx);
    assert.ok(known.has(then), `${this.what}: done once more it leaves ${then || 'nothing'} instead of ${[...known].join(' or ')}\n${this.house.logTail(8)}`);
  }

  // Of each verb and each kind of failure: every N, or at least one, in turn, until the time is over. Gives how many there were.
  async walk(verbs, seconds) {
    const until = Date.now() + seconds * 1000;
    await this.base.keep();
    for (const verb of verbs) {
      // One that breaks does not hide the others.
      try { await this.walkOne(verb, (until - Date.now()) / (verbs.length - verbs.indexOf(verb))); } catch (e) {
        this.broken.push(e.message);
        console.log(`# ${e.message.replaceAll('\n', '\n#   ')}`);
        this.faults.disarm();
        if (this.house.server.exitCode !== null || this.house.server.signalCode) await this.house.serve();
      }
      await this.base.back();
    }
  }

  async walkOne(verb, share) {
    const began = Date.now(), step = await this.prepare(verb);
    const possible = (process.env.KINDS?.split(' ') ?? Object.keys(kinds)).filter(k => step.calls[k] > 0 && !(verb.not ?? []).includes(k));
    let strikes = 0, total = 0;
    for (const k of possible) {
      total += step.calls[k];
      this.possible[k] = (this.possible[k] ?? 0) + step.calls[k];
    }
    try {
      if (all) for (const k of possible) for (let n = 1; n <= step.calls[k]; n++, strikes++) await this.strike(step, k, n, this.random(12));
      for (let pass = 0; !all && (pass === 0 || (Date.now() - began < share && strikes < total)); pass++) {
        for (const k of possible) {
          // few calls are taken one after the other, of many a sample
          const most = step.calls[k], n = 1 + (most <= 4 ? (pass + this.random(most)) % most : this.random(most));
          if (most <= 4 && pass >= most) continue;
          await this.strike(step, k, n, this.random(12));
          strikes++;
        }
      }
    } finally {
      await verb.back?.(this, step.ctx);    // files, too, when it breaks
    }
    this.planned.push(`${verb.name} ${strikes}/${total}`);
  }

  report(engine, stage) {
    console.log(`# ${engine}, ${stage}, seed ${seed}: ${this.planned.join(', ')}; ${Object.entries(this.struck).map(([k, n]) => `${k} ${n} of ${this.possible[k]}`).join(', ')}; ${this.said} error pages, ${this.died} deaths and restarts`);
    this.planned = [];
  }
}
