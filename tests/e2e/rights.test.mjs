// The rights of people: whoever is shown at the desk can read who looked; a copy, a correction, being forgotten; concerns.
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Visitor, forms, hrefs } from '../lib/visitor.mjs';
import { launchedCohort, must } from '../lib/quick.mjs';
import { contact, coordinator, mentees, mentors } from '../lib/cast.mjs';

const people = [...mentors, ...mentees];
const main = html => (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

for (const engine of engines) {
  describe(`the rights of people, ${engine}`, () => {
    let house, who, pairs, routes, cohort, enter;

    before(async () => {
      house = await House.start(engine);
      ({ who, pairs, cohort, enter } = await launchedCohort(house));
      await enter(contact);
      routes = JSON.parse(await house.cli('routes')).filter(r => r.method === 'GET');
      must(await who.Ama.send(`/pairs/${pairs.Ama}/messages`, /messages$/, { body: 'Plumwords: I would like to begin with my plan.' }), 'message');
      must(await who.Tom.send(`/pairs/${pairs.Ama}/messages`, /messages$/, { body: 'Dear Ama, gladly. Ama, shall we speak on Tuesday?' }), 'answer');
      must(await who.Ama.send('/help', /^\/help$/, { category: 'technical', body: 'Plumwords: my camera is broken.' }), 'help');
    });
    after(() => house?.end());

    const idOf = first => house.sql(`SELECT id FROM people_person WHERE first_name = '${first}'`);
    const routeOf = path => routes.map(r => r.path).sort((a, b) => (a.match(/:/g) ?? []).length - (b.match(/:/g) ?? []).length)
      .find(p => new RegExp(`^${p.replace(/:[a-z]+/g, '[^/]+').replace(/\./g, '\\.')}$`).test(path));

    // Every page of the desk that a link leads to.
    async function crawl(visitor, visit) {
      const seen = new Set();
      const queue = routes.map(r => r.path).filter(p => p.startsWith('/desk') && !p.includes(':'));
      const shapes = new Map();
      while (queue.length) {
        const path = queue.shift().split('#')[0];
        const shape = routeOf(path.split('?')[0]);
        if (seen.has(path) || !shape || (shapes.get(shape) ?? 0) > 6) continue;
        seen.add(path);
        shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
        const answer = await visitor.get(path);
        if (answer.status !== 200) continue;
        await visit(path, shape, answer);
        queue.push(...hrefs(answer.page).filter(h => h.startsWith('/desk')));
      }
      return seen;
    }

    test('no page of the desk shows a name that is not written down', async () => {
      const ids = Object.fromEntries(await Promise.all(people.map(async p => [p.first_name, await idOf(p.first_name)])));
      const karin = await idOf('Karin');
      const shown = [];
      await crawl(who.Karin, async (path, shape, answer) => {
        for (const p of people) if (new RegExp(`\\b${p.first_name}\\b`).test(main(answer.page))) shown.push([path, shape, p.first_name]);
      });
      assert.ok(shown.length > 20, `only ${shown.length} names were shown`);
      const written = new Set((await house.sql(`SELECT DISTINCT v.route, s.about FROM people_seen s JOIN people_visit v ON v.id = s.visit WHERE v.actor = ${karin}`)).split('\n'));
      assert.deepEqual(shown.filter(([, shape, first]) => !written.has(`${shape}|${ids[first]}`)), []);
      const words = await house.sql("SELECT count(*) FROM people_seen WHERE what IN ('messages', 'notes')");
      assert.equal(words, '0', 'staff read what two people write to each other');
    });

    test('a name that is not on the page is not written down', async () => {
      const tom = await idOf('Tom'), raj = await idOf('Raj');
      await house.sql('DELETE FROM people_seen');
      await house.sql('DELETE FROM people_visit');
      const page = await who.Karin.get(`/desk/people/${tom}`);
      assert.equal(page.status, 200);
      const about = (await house.sql('SELECT DISTINCT about FROM people_seen')).split('\n');
      assert.ok(about.includes(tom));
      assert.ok(!about.includes(raj), 'Raj is not on the page of Tom');
    });

    test('each person reads in plain words who has looked', async () => {
      const page = main((await who.Tom.get('/me/data/log')).page);
      assert.match(page, /Karin Berg \(coordinator\) saw/);
      assert.match(page, /your name/);
      assert.match(page, /on your own page at the desk/);
      assert.doesNotMatch(main((await who.Raj.get('/me/data/log')).page), /your profile/);
    });

    test('everything comes in one file with one click', async () => {
      assert.match((await who.Ama.get('/me')).page, /href="\/me\/data\.zip"/);
      const zip = await fetch(`${house.url}/me/data.zip`, { headers: { cookie: [...who.Ama.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
      assert.equal(zip.headers.get('content-type'), 'application/zip');
      const bytes = Buffer.from(await zip.arrayBuffer());
      assert.equal(bytes.readUInt32LE(0), 0x04034b50);
      const json = JSON.parse((await who.Ama.get('/me/data.json')).page);
      assert.ok(json.messages.some(m => m.message.startsWith('Plumwords')));
      assert.ok(!JSON.stringify(json).includes('gladly'), 'the partner\'s words are the partner\'s');
      assert.ok(json.ticket_replies === undefined && json.tickets.length === 1);
      assert.ok(Array.isArray(json.held_back));
    });

    test('a correction is asked for, accepted, declined with a reason', async () => {
      const { Ama, Karin } = who;
      const since = house.sink.mails.length;
      must(await Ama.send('/me/data/correct', /correct$/, { field: 'title', wish: 'Harpist' }), 'ask');
      must(await Ama.send('/me/data/correct', /correct$/, { field: 'other', wish: 'I was at the first webinar' }), 'ask again');
      await house.advance('30m');
      await house.sink.wait({ to: coordinator.email, since, subject: /correction/ });
      const page = await Karin.get('/desk/corrections');
      assert.match(main(page.page), /2 corrections wait/);
      const [first, second] = forms(page.page).filter(f => /^\/desk\/corrections\/\d+$/.test(f.action)).map(f => f.action);
      const empty = await Karin.post(first, { decision: 'decline', answer: '' });
      assert.equal(empty.status, 422);
      const other = /I was at/.test(page.page.slice(0, page.page.indexOf(first))) ? first : second;
      must(await Karin.post(other, { decision: 'decline', answer: 'The list of the host says otherwise.' }), 'decline');
      must(await Karin.post(other === first ? second : first, { decision: 'accept', answer: '' }), 'accept');
      assert.equal(await house.sql("SELECT title FROM people_status WHERE person = (SELECT id FROM people_person WHERE first_name = 'Ama')"), 'Harpist');
      await house.advance('30m');
      assert.ok(house.sink.find({ to: 'ama@north.example', since, subject: /correction/ }).length >= 2);
      assert.match(main((await Ama.get('/me/data/correct')).page), /The list of the host says otherwise/);
      assert.equal((await who.Tom.post(first, { decision: 'accept' })).status, 403);
    });

    test('a concern: only designated contacts read it, the pair rests, the code brings the answer', async () => {
      const { Ama, Tom, Karin, Vera } = who;
      const since = house.sink.mails.length;
      const sent = await Ama.send('/concern', /^\/concern$/, { level: '1', body: 'Plumwords: he shouts at me', pair: pairs.Ama, anonymous: null });
      const code = /\/concern\/([^?]+)/.exec(sent.headers.get('location'))[1];
      await house.advance('5m');
      await house.sink.wait({ to: contact.email, since });
      const mail = house.sink.find({ to: contact.email, since });
      assert.equal(mail.length, 1);
      assert.doesNotMatch(JSON.stringify(mail), /Plumwords|shouts/);
      assert.deepEqual(await search(['he shouts at me']), []);
      assert.equal((await Tom.get(`/pairs/${pairs.Ama}`)).status, 200);
      assert.doesNotMatch(main((await Tom.get(`/pairs/${pairs.Ama}`)).page), /concern|complain/i);
      assert.equal((await Tom.post(`/pairs/${pairs.Ama}/messages`, { body: 'What is it?' })).status, 409);
      const path = hrefs((await Vera.get('/desk/concerns')).page).find(h => /^\/desk\/concerns\/\d+$/.test(h));
      for (const other of [Karin, Tom, Ama]) assert.equal((await other.get(path)).status, 403);
      assert.equal((await new Visitor(house).get(path)).status, 303);
      assert.match(main((await Vera.get(path)).page), /Plumwords/);
      assert.equal((await Karin.post(`/desk/pairs/${pairs.Ama}/release`)).status, 403);
      must(await Vera.send(path, /state$/, { state: 'taken', word: 'We look into it.' }), 'take');
      must(await Vera.send(path, /step$/, { kind: 'answer', words: 'When may we ring you?' }), 'answer');
      const stranger = new Visitor(house);
      assert.match(main((await stranger.get(`/concern/${code}`)).page), /When may we ring you/);
      must(await stranger.send(`/concern/${code}`, new RegExp(`${code}$`), { words: 'After five.' }), 'reply');
      assert.match(main((await Vera.get(path)).page), /After five/);
      assert.match(main((await Ama.get('/me/data/log')).page), /Vera Lind \(designated contact\) saw the concern you raised/);
      assert.doesNotMatch(main((await Tom.get('/me/data/log')).page), /Vera/);
      assert.doesNotMatch(main((await Karin.get(`/desk/people/${await idOf('Ama')}`)).page), /Vera|[Cc]oncern read/);
      must(await Vera.post(`${path}/pair`, { choice: 'on' }), 'go on');
      must(await Vera.send(path, /state$/, { state: 'closed' }), 'close');
      must(await Tom.send(`/pairs/${pairs.Ama}/messages`, /messages$/, { body: 'Good to go on.' }), 'write again');
      await house.advance('5m');
      await house.sink.wait({ to: 'tom@north.example', since, subject: /go on/ });
      assert.equal(house.sink.find({ to: 'tom@north.example', since, subject: /go on/ }).length, 1);
    });

    test('what nobody needs any more is shown before it goes, and can be held up', async () => {
      const { Karin } = who;
      assert.equal((await who.Tom.get('/desk/retention')).status, 403);
      assert.match(main((await Karin.get('/desk/retention')).page), /Messages and notes of a pair/);
      assert.equal((await Karin.post('/desk/retention/messages', { days: '5' })).status, 422);
      must(await Karin.post('/desk/retention/messages', { days: '120' }), 'longer');
      assert.equal((await Karin.post('/desk/retention/mails/hold', { until: '2020-01-01', reason: 'x' })).status, 422);
      const day = new Date((await house.now()).getTime() + 30 * 86400e3).toISOString().slice(0, 10);
      must(await Karin.post('/desk/retention/mails/hold', { until: day, reason: 'The works council asks' }), 'hold');
      assert.match(main((await Karin.get('/desk/retention')).page), /120 days[\s\S]*The works council asks/);
      must(await Karin.post('/desk/retention/mails/release'), 'release');
    });

    // Every text in every table, and every file of the data folder but the database and the program's own log.
    async function search(needles) {
      const columns = engine === 'postgres'
        ? await house.sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'")
        : await house.sql("SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite_%'");
      const has = (c, n) => (engine === 'postgres' ? `position('${n.toLowerCase()}' in lower(${c})) > 0` : `instr(lower(${c}), '${n.toLowerCase()}') > 0`);
      const parts = columns.split('\n').map(line => line.split('|'))
        .map(([t, c]) => `SELECT '${t}.${c}' FROM ${t} WHERE ${needles.map(n => has(`"${c}"`, n)).join(' OR ')}`);
      const found = [];
      for (let i = 0; i < parts.length; i += 100) found.push(...(await house.sql(parts.slice(i, i + 100).join(' UNION '))).split('\n').filter(Boolean));
      const folder = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap(e => (e.isDirectory() ? folder(join(dir, e.name)) : [join(dir, e.name)]));
      for (const file of folder(house.data)) {
        if (/telemachus\.db|serve\.log|\.csv$|\.tar\.gz$|keys\//.test(file)) continue;
        const text = readFileSync(file, 'latin1').toLowerCase();
        for (const n of needles) if (text.includes(n.toLowerCase())) found.push(`${file}: ${n}`);
      }
      return found;
    }

    test('somebody is forgotten: nothing names them any more, and the figures stay', async () => {
      const { Ama, Karin, Tom } = who;
      const ama = await idOf('Ama');
      for (let i = 0; i < 2; i++) must(await Karin.post(`/desk/pairs/${pairs.Ama}/close`, { reason: 'life-change' }), 'close');
      assert.equal(await house.sql(`SELECT state FROM journeys_pair WHERE id = ${pairs.Ama}`), 'closed');
      assert.equal((await Ama.send('/me/data/erase', /erase$/, {})).status, 422);
      must(await Ama.send('/me/data/erase', /erase$/, { sure: 'on' }), 'ask');
      must(await Ama.send('/me/data/erase', /off$/), 'call off');
      must(await Ama.send('/me/data/erase', /erase$/, { sure: 'on' }), 'ask again');
      await house.advance('6d');
      assert.equal((await Ama.get('/me')).status, 200, 'not yet');
      await house.cli('backup', join(house.data, 'before.tar.gz'));
      const figures = async () => main((await Karin.get('/desk/figures')).page).match(/\d+/g).join(' ');
      await house.advance('23h');
      const before = await figures();
      await house.advance('2h');
      assert.notEqual(await house.sql(`SELECT coalesce(erased_at, 0) FROM people_person WHERE id = ${ama}`), '0');
      assert.deepEqual(await search(['Thistlewood', 'ama@north.example', 'Plumwords', '233200000003', 'Xylophone']), []);
      assert.doesNotMatch(await house.sql('SELECT body FROM conversations_message'), /\bAma\b/);
      assert.equal((await Ama.get('/me')).status, 303, 'signed out');
      assert.equal(await figures(), before);
      assert.equal((await Tom.get('/home')).status, 200);
      assert.equal((await Karin.get(`/desk/people/${ama}`)).status, 200);
    });

    for (const when of ['before', 'after']) {
      test(`a backup of before, the list of the forgotten put in its folder ${when} the restore: nobody comes back`, async () => {
        const twin = await House.start(engine);
        try {
          const list = () => copyFileSync(join(house.data, 'erased.txt'), join(twin.data, 'erased.txt'));
          if (when === 'before') list();
          await twin.cli('restore', join(house.data, 'before.tar.gz'));
          assert.match(await twin.sql('SELECT first_name FROM people_person'), /\bAma\b/);
          if (when === 'after') list();
          await twin.serve();           // before it answers the first request
          assert.doesNotMatch(await twin.sql('SELECT first_name, last_name, email FROM people_person'), /Ama|Thistlewood/);
          assert.match(await twin.sql('SELECT first_name FROM people_person'), /\bRaj\b/);
          assert.doesNotMatch(await twin.sql('SELECT body FROM conversations_message'), /Plumwords|\bAma\b/);
        } finally { await twin.end(); }
      });
    }

    test('the partner of one who is forgotten hears that the pair has ended, and no name', async () => {
      const since = house.sink.mails.length;
      must(await who.Raj.send('/me/data/erase', /erase$/, { sure: 'on' }), 'ask');
      await house.advance('8d');
      const told = await house.sink.wait({ to: 'bea@north.example', since, subject: /ended/ });
      assert.doesNotMatch(JSON.stringify(told), /\bRaj\b|forgotten|eras/i);
      assert.equal(await house.sql(`SELECT state FROM journeys_pair WHERE id = ${pairs.Raj}`), 'closed');
    });
  });
}
