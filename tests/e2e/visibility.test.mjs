// A word of its own is planted in every field that somebody must not read; then every page, mail, calendar and export is read as
// every role. Each word must be found by those it is meant for and by nobody else.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Visitor, forms, hrefs } from '../lib/visitor.mjs';
import { coordinatorElsewhere, launchedCohort, must } from '../lib/quick.mjs';
import { links } from '../lib/sink.mjs';
import { contact, mentees, mentors } from '../lib/cast.mjs';

const everybody = [...mentors, ...mentees];
const staff = ['Karin', 'Adam'];

// word -> { of: what it is, for: first names that may read it }
const planted = new Map();
const plant = (what, ...readers) => {
  const word = `Mark${what.replace(/[^a-z]/gi, '')}q${planted.size}z`;
  planted.set(word, { of: what, for: readers.flat() });
  return word;
};

for (const engine of engines) {
  describe(`who reads what, ${engine}`, () => {
    let house, who, pair, readers;
    const found = new Map();            // word -> Map of reader -> where first

    const note = (reader, where, text) => {
      for (const word of planted.keys()) {
        if (!text.includes(word)) continue;
        if (!found.has(word)) found.set(word, new Map());
        if (!found.get(word).has(reader)) found.get(word).set(reader, where);
      }
    };

    before(async () => {
      planted.clear();
      house = await House.start(engine);
      const cast = { mentors: mentors.map(p => ({ ...p })), mentees: mentees.map(p => ({ ...p })) };
      for (const person of [...cast.mentors, ...cast.mentees]) {
        for (const column of ['title', 'grade', 'organisation', 'department', 'last_name']) person[column] = plant(`${column} of ${person.first_name}`, person.first_name, staff);
        person.team = plant(`team of ${person.first_name}`, person.first_name, staff);
        person.manager_email = `${plant(`manager of ${person.first_name}`, person.first_name, staff).toLowerCase()}@north.example`;
        planted.set(person.email, { of: `address of ${person.first_name}`, for: [person.first_name, ...staff] });
        planted.set(person.phone, { of: `telephone of ${person.first_name}`, for: [person.first_name, ...staff] });
      }
      const pairs = ['Ama', 'Tom'];
      const launched = await launchedCohort(house, { cast, changes: { situation: '', commitment: '' } });
      ({ who } = launched);
      pair = `/pairs/${launched.pairs.Ama}`;
      await launched.enter(contact);
      for (const [email, first, role] of [['else@south.example', 'Else', 'coordinator'], ['adam@north.example', 'Adam', 'administrator']]) {
        await house.cli('admin', 'add', email, '--first-name', first, '--role', role);
        who[first] = await new Visitor(house, first).enter(email);
      }
      await coordinatorElsewhere(house, 'else@south.example');
      who.nobody = new Visitor(house, 'nobody');
      readers = who;

      const { Ama, Tom, Karin } = who;
      const module = /href="(\/learn\/[^"]+)"/.exec((await Ama.get('/learn')).page)[1];
      must(await Ama.send(module, new RegExp(`${module}$`), { situation: plant('own situation', 'Ama'), commitment: plant('commitment', pairs) }), 'module');
      must(await Ama.send(`${pair}/messages`, /messages$/, { body: `Hello Tom. ${plant('message', pairs)}` }), 'message');
      must(await Tom.send(`${pair}/messages`, /messages$/, { body: `Hello Ama. ${plant('answer', pairs)}` }), 'answer');
      must(await Ama.send(`${pair}/notes`, /notes$/, { body: plant('private note', 'Ama') }), 'note');
      must(await Ama.send(`${pair}/notes`, /notes$/, { body: plant('shared note', pairs), shared: '1' }), 'shared note');
      must(await Ama.send(`${pair}/goals`, /goals$/, { statement: plant('goal', pairs), category: forms((await Ama.get(`${pair}/goals`)).page).find(f => /goals$/.test(f.action)).radios.category[0], why: plant('why of the goal', pairs), measure: plant('measure', pairs), next_step: plant('next step', pairs) }), 'goal');
      const agreement = forms((await Ama.get(`${pair}/agreement`)).page).find(f => /agreement$/.test(f.action));
      must(await Ama.send(`${pair}/agreement`, /agreement$/, { cadence: agreement.radios.cadence[0], channel: agreement.radios.channel[0], quiet: plant('if we go quiet', pairs), boundaries: plant('boundaries', pairs) }), 'agreement');
      must(await Tom.send(`${pair}/agreement`, /agreement$/), 'signature');
      const meetings = forms((await Ama.get(`${pair}/meetings`)).page).find(f => /meetings$/.test(f.action));
      must(await Ama.send(`${pair}/meetings`, /meetings$/, { at: meetings.radios.at[0], channel: meetings.radios.channel[0], place: `https://meet.example/${plant('place of the meeting', pairs)}` }), 'meeting');
      const ticket = plant('question for help', 'Ama', staff);
      must(await Ama.send('/help', /help$/, { category: forms((await Ama.get('/help')).page).find(f => /help$/.test(f.action)).radios.category[0], body: ticket }), 'help');
      const concern = forms((await Ama.get('/concern')).page).find(f => /concern$/.test(f.action));
      const text = [...concern.names].find(n => /body|what|text/.test(n));
      must(await Ama.send('/concern', /concern$/, { ...Object.fromEntries(Object.entries(concern.radios).map(([k, v]) => [k, v[0]])), [text]: plant('concern', 'Vera') }), 'concern');
      await house.advance('20d');
      const call = hrefs((await Karin.get('/desk/calls')).page).find(h => /^\/desk\/calls\/\d+$/.test(h));
      if (call) {
        const page = (await Karin.get(call)).page;
        const form = forms(page).find(f => f.radios.outcome);
        const rung = everybody.map(p => p.first_name).filter(name => new RegExp(`<h1>[^<]*\\b${name}\\b`).test(page));    // may ask for a copy
        must(await Karin.send(call, new RegExp(`${call}$`), { outcome: form.radios.outcome[0], team_note: plant('call note for the team', staff, rung), private_note: plant('call note of one', 'Karin'), action: plant('agreed in a call', staff, rung) }), 'call');
      }
      const pulse = house.sink.find({ to: 'tom@north.example' }).flatMap(m => links(m)).find(l => /\/(pulse|survey)\//.test(l));
      if (pulse) {
        const page = await Tom.get(pulse);
        const form = forms(page.page).find(f => /pulse/.test(f.action));
        const words = [...form.names].filter(n => !(n in form.radios) && !['csrf', 't'].includes(n));
        must(await Tom.post(form.action, [...form.fields.filter(f => !words.includes(f[0])), ...Object.entries(form.radios).map(([k, v]) => [k, v[0]]), ...words.map(w => [w, plant('pulse in words', 'Tom', staff)])]), 'pulse');
      }
      await house.advance('3d');
    });
    after(() => house?.end());

    test('every page, export and calendar is read as every role', { timeout: 900_000 }, async () => {
      const fixed = JSON.parse(await house.cli('routes')).filter(r => r.method === 'GET' && !r.path.includes(':')).map(r => r.path);
      const vera = readers.Vera;
      const cases = await vera.get('/desk/concerns');
      for (const path of hrefs(cases.page).filter(h => /^\/desk\/concerns\/\d+$/.test(h))) note('Vera', path, (await vera.get(path)).page);
      for (const [reader, visitor] of Object.entries(readers)) {
        const waiting = [...fixed, `${pair}`, `${pair}/messages`, `${pair}/notes`, `${pair}/goals`, `${pair}/agreement`, `${pair}/meetings`, `${pair}/reveal`, `${pair}/closing`, `/desk${pair}`, '/desk/people'];
        const seen = new Set(['/sign-out']);
        while (waiting.length && seen.size < 260) {
          const path = waiting.shift().split('#')[0];
          if (!path || seen.has(path) || /^\/(assets|library)\/|^\/learn\/./.test(path)) continue;
          seen.add(path);
          const answer = await visitor.get(path);
          assert.ok(answer.status < 500, `${reader}: GET ${path} gave ${answer.status}`);
          note(reader, path, answer.page);
          const next = [...hrefs(answer.page), ...(answer.page.match(/\/calendar\/[\w-]+\.ics/g) ?? [])];
          if (answer.headers.get('location')) next.push(answer.headers.get('location'));
          for (const href of next) {
            const at = href.startsWith(house.url) ? href.slice(house.url.length) : href;
            if (at.startsWith('/') && !at.startsWith('//') && !seen.has(at)) waiting.push(at);
          }
        }
      }
    });

    test('every mail, and every page behind its links, is read as its recipient', { timeout: 600_000 }, async () => {
      const name = Object.fromEntries(everybody.map(p => [p.email, p.first_name]));
      const visited = new Set();
      for (const mail of house.sink.mails) {
        const reader = name[mail.recipient] ?? { 'karin@north.example': 'Karin', 'olu@north.example': 'Olu', 'vera@north.example': 'Vera', 'adam@north.example': 'Adam', 'else@south.example': 'Else' }[mail.recipient] ?? mail.recipient;
        note(reader, `mail ${mail.rule}: ${mail.subject}`, [mail.subject, mail.text, mail.html, ...mail.headerLines.map(h => h.line)].join('\n'));
        for (const link of links(mail)) {
          if (!link.startsWith(house.url) || /\/sign-in\//.test(link) || visited.has(link) || visited.size > 300) continue;
          visited.add(link);
          const answer = await readers.nobody.get(link);
          note(reader, `${new URL(link).pathname.split('/')[1]} link in mail ${mail.rule}`, answer.page);
        }
      }
      assert.ok(visited.size > 10, `${visited.size} links`);
    });

    test('each word was read by those it is for', () => {
      const lost = [];
      for (const [word, { of, for: meant }] of planted) {
        if (!meant.some(reader => found.get(word)?.has(reader)) && !/^(manager|team) of|^(title|grade|organisation|department) of|agreed in a call|call note/.test(of)) lost.push(`${of} (${word}) was seen by nobody`);
      }
      assert.deepEqual(lost, []);
    });

    test('and by nobody else', () => {
      const leaks = [];
      for (const [word, readers_] of found) {
        const { of, for: meant } = planted.get(word);
        for (const [reader, where] of readers_) if (!meant.includes(reader)) leaks.push(`${of} was read by ${reader} at ${where}`);
      }
      assert.deepEqual(leaks, []);
    });
  });
}
