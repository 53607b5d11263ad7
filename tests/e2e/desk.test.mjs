// The coordinator's desk: two clicks for a call, taking back, in somebody's name, many at once, filters, standing in, mail that
// does not arrive, and reminders that wait.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines, program } from '../lib/house.mjs';
import { Visitor, forms } from '../lib/visitor.mjs';
import { openBrowser } from '../lib/browser.mjs';
import { button } from '../lib/sink.mjs';
import { launchedCohort, must } from '../lib/quick.mjs';

const plain = html => html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ').replace(/&#39;/g, "'").replace(/\s+/g, ' ');
const main = answer => plain(/<main[\s\S]*<\/main>/.exec(answer.page)?.[0] ?? answer.page);

function receive(house, mail) {
  return new Promise(done => {
    const child = spawn(program, ['receive', '--data', house.data], { env: house.env, stdio: ['pipe', 'ignore', 'inherit'] });
    child.once('exit', done);
    child.stdin.end(mail.replaceAll('\n', '\r\n'));
  });
}

const bounce = (id, status, words) => `Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: mentoring@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; somebody@north.example
Action: failed
Status: ${status}
Diagnostic-Code: smtp; ${words}

--B
Content-Type: text/rfc822-headers

Message-ID: ${id}

--B--
`;

for (const engine of engines) {
  describe(`the desk, ${engine}`, () => {
    let house, who, pairs, karin, ids;
    const step = (name, fn) => test(name, { timeout: 600_000 }, fn);
    const lastAct = async () => (await house.sql('SELECT id FROM desk_act WHERE batch = 0 ORDER BY at DESC, id DESC LIMIT 1')).trim();
    const undo = async act => karin.post(`/desk/acts/${act}/undo`);

    before(async () => {
      house = await House.start(engine);
      ({ who, pairs } = await launchedCohort(house));
      karin = who.Karin;
      await house.cli('admin', 'add', 'bo@north.example', '--first-name', 'Bo', '--last-name', 'Lund', '--role', 'coordinator', '--zone', 'Europe/Lisbon');
      who.Bo = await new Visitor(house, 'Bo').enter('bo@north.example');
      await house.advance('16d');
      const rows = (await house.sql('SELECT first_name, id FROM people_person')).split('\n').map(l => l.split('|'));
      ids = Object.fromEntries(rows);
    });
    after(() => house?.end());

    step('a call is logged in two clicks, counted in a browser', async t => {
      if (engine !== 'sqlite') return t.skip('once is enough for a browser');
      const browser = await openBrowser();
      try {
        const context = await browser.newContext({ baseURL: house.url });
        await context.addCookies([...karin.cookies].map(([name, value]) => ({ name, value, url: house.url })));
        await context.addInitScript(() => document.addEventListener('click', e => e.isTrusted && e.detail && sessionStorage.setItem('clicks', 1 + Number(sessionStorage.getItem('clicks') ?? 0)), true));
        const page = await context.newPage();
        const done = async () => Number((await house.sql("SELECT count(*) FROM care_call WHERE state = 'done'")).trim());
        const before = await done();
        await page.goto('/desk/calls');
        await page.getByText('Log it', { exact: true }).first().click();
        await page.locator('details[open] button', { hasText: 'All is well' }).first().click();
        await page.waitForLoadState('load');
        await page.locator('.undo button').waitFor();
        assert.equal(await page.evaluate(() => sessionStorage.getItem('clicks')), '2');
        assert.equal(await done(), before + 1);
        // keys: down a row, open it, go elsewhere; and not while somebody types
        await page.goto('/desk/pairs');
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/desk\/pairs\/\d+/);
        await page.keyboard.press('g');
        await page.keyboard.press('p');
        await page.waitForURL(/\/desk\/pairs$/);
        await page.keyboard.press('/');
        await page.keyboard.type('gcj?');
        assert.equal(await page.locator('input[name=q]').inputValue(), 'gcj?');
        await page.locator('h1').click();
        await page.evaluate(() => document.activeElement.blur());
        await page.keyboard.press('?');
        await page.waitForURL(/\/desk\/keys/);
        await page.locator('button', { hasText: 'off on this device' }).click();
        await page.keyboard.press('g');
        await page.keyboard.press('p');
        await page.waitForTimeout(300);
        assert.match(page.url(), /keys/);
      } finally { await browser.close(); }
    });

    step('an act is undone, with the letter it caused; after ten minutes it stands', async () => {
      must(await who.Ama.send('/help', /help$/, { category: forms((await who.Ama.get('/help')).page).find(f => /help$/.test(f.action)).radios.category[0], body: 'Where is the link?' }), 'ask');
      const ticket = (await house.sql('SELECT id FROM care_ticket ORDER BY id DESC LIMIT 1')).trim();
      must(await karin.send(`/desk/help/${ticket}`, new RegExp(`${ticket}$`), { body: 'Under Gatherings.' }), 'answer');
      assert.match(main(await karin.get('/desk')), /Question answered: Ama.*Undo/);
      const since = house.sink.mails.length;
      const answered = await undo(await lastAct());
      assert.equal(answered.status, 303);
      assert.equal((await house.sql(`SELECT count(*) FROM care_ticket_reply WHERE ticket = ${ticket}`)).trim(), '0');
      await house.advance('11m');
      assert.equal(house.sink.find({ to: 'ama@north.example', rule: 'ticket-answer', since }).length, 0);
      must(await karin.send(`/desk/help/${ticket}`, new RegExp(`${ticket}$`), { body: 'Under Gatherings, at the top.' }), 'answer again');
      const act = await lastAct();
      await house.advance('11m');
      await house.sink.wait({ to: 'ama@north.example', rule: 'ticket-answer', since });
      const late = await undo(act);
      assert.equal(late.status, 409);
      assert.match(main(late), /ten minutes are over/);
    });

    step('what is told on the telephone is written down; the person hears of it and objects', async () => {
      const path = `/desk/pairs/${pairs.Ama}/for/${ids.Ama}`;
      const met = async () => Number((await house.sql(`SELECT n_met FROM journeys_pair WHERE id = ${pairs.Ama}`)).trim());
      const day = (await house.now()).toISOString().slice(0, 10);
      const refused = await karin.post(`${path}/contact`, { kind: 'phone', day, minutes: '20', reason: '' });
      assert.equal(refused.status, 422);
      const before = await met(), since = house.sink.mails.length;
      must(await karin.send(path, /contact$/, { kind: 'phone', day, minutes: '20', reason: 'said so on the telephone' }), 'contact');
      assert.equal(await met(), before + 1);
      await house.advance('11m');
      const mail = await house.sink.wait({ to: 'ama@north.example', rule: 'behalf', since });
      assert.match(mail.text, /said so on the telephone/);
      const stranger = new Visitor(house);
      const link = new URL(button(mail, /not right/)).pathname;
      await stranger.get(link);
      const objected = await stranger.post(link, { answer: 'no' });
      assert.equal(objected.status, 303);
      assert.equal(await met(), before);
      await house.sink.wait({ to: 'karin@north.example', rule: 'objection', since });
      assert.match(main(await karin.get('/desk/acts')), /Contact logged in their name: Ama.*objected/);
      assert.match(main(await who.Ama.get('/me/data/log')), /Contact logged in their name/);
    });

    step('many at once: what would happen to whom, who is left out and why, once, and back', async () => {
      must(await who.Raj.send(`/pairs/${pairs.Raj}/pause`, /pause$/, { until: new Date((await house.now()).getTime() + 20 * 86400e3).toISOString().slice(0, 10) }), 'pause');
      await karin.get('/desk/pairs');
      const none = await karin.post('/desk/bulk', { kind: 'remind', filter: '' });
      assert.equal(none.status, 422);
      const picked = await karin.post('/desk/bulk', { kind: 'remind', filter: '', all: '1' });
      const bulk = picked.headers.get('location');
      const look = main(await karin.get(bulk));
      assert.match(look, /This happens to one pair/);
      assert.match(look, /Left out: one.*paused, on hold or closing/);
      const since = house.sink.mails.length;
      must(await karin.send(bulk, new RegExp(`${bulk}$`)), 'do it');
      assert.match(main(await karin.get(bulk)), /One pair was changed.*Left out: one/);
      assert.equal((await undo(await lastAct())).status, 303);
      await house.advance('11m');
      assert.equal(house.sink.find({ rule: 'desk-reminder', since }).length, 0);
      // and a date, for the picked ones
      const again = (await karin.post('/desk/bulk', { kind: 'move', filter: '', pick: [pairs.Ama, pairs.Raj] })).headers.get('location');
      must(await karin.send(again, /terms$/, { day: '2027-09-30' }), 'say the day');
      assert.match(main(await karin.get(again)), /ends on 30 September 2027 instead of/);
      const ends = () => house.sql('SELECT planned_end FROM journeys_pair ORDER BY id');
      const old = await ends();
      must(await karin.send(again, new RegExp(`${again}$`)), 'move');
      assert.notEqual(await ends(), old);
      assert.equal((await undo(await lastAct())).status, 303);
      assert.equal(await ends(), old);
      assert.equal((await who.Bo.get(again)).status, 404);
    });

    step('a filter is an address: kept under a name, and the same for a colleague', async () => {
      must(await karin.send('/desk/pairs?show=paused&q=raj', /desk\/views$/, { name: 'Raj pauses' }), 'keep');
      const page = main(await karin.get('/desk/pairs?show=paused&q=raj'));
      assert.match(page, /Raj pauses/);
      assert.match(page, /Raj Pemberton with/);
      assert.doesNotMatch(page, /Ama Thistlewood/);
      const bo = main(await who.Bo.get('/desk/pairs?show=paused&q=raj'));
      assert.match(bo, /Raj Pemberton with/);
      assert.doesNotMatch(bo, /Raj pauses/);
      must(await karin.send('/desk/pairs?show=paused&q=raj', /drop$/), 'forget');
      assert.doesNotMatch(main(await karin.get('/desk/pairs')), /Raj pauses/);
    });

    step('holiday cover: the colleague sees the pairs, calls and flags; participants hear of it once', async () => {
      const today = (await house.now()).toISOString().slice(0, 10);
      const until = new Date((await house.now()).getTime() + 7 * 86400e3).toISOString().slice(0, 10);
      const since = house.sink.mails.length;
      must(await karin.send('/desk/cover', /cover$/, { from: ids.Karin, to: ids.Bo, from_day: today, until_day: until, note: 'Raj is on leave.', tell: '1' }), 'hand over');
      assert.match(main(await who.Bo.get('/desk')), /You look after the pairs of Karin until.*Raj is on leave/);
      assert.match(main(await who.Bo.get('/desk/flags')), /Ama and Tom/);
      assert.match(main(await who.Bo.get('/desk/calls')), /Mine Everybody's/);
      assert.doesNotMatch(main(await karin.get('/desk/flags?whose=mine')), /Ama and Tom/);
      await house.advance('11m');
      await house.sink.wait({ to: 'ama@north.example', rule: 'cover', since });
      assert.equal(house.sink.find({ to: 'tom@north.example', rule: 'cover', since }).length, 1);
      await house.advance('8d');
      assert.doesNotMatch(main(await who.Bo.get('/desk')), /You look after the pairs of Karin/);
    });

    step('an address that is not there is said with its remedy, and what waited goes to the new one', async () => {
      house.sink.refuse = session => (session.envelope.rcptTo[0].address === 'ama@north.example' ? Object.assign(new Error('5.1.1 no such user here'), { responseCode: 550 }) : null);
      must(await who.Tom.send(`/pairs/${pairs.Ama}/messages`, /messages$/, { body: 'Are you there?' }), 'write');
      for (let i = 0; i < 100 && !(await house.sql("SELECT kind FROM mail_trouble WHERE address <> ''")); i++) await new Promise(r => setTimeout(r, 100));
      house.sink.refuse = null;
      assert.match(main(await karin.get('/desk')), /Mail does not reach one person.*Ama the address does not exist.*ask for a new address/);
      const page = main(await karin.get(`/desk/people/${ids.Ama}`));
      assert.match(page, /Mail does not reach Ama/);
      assert.match(main(await karin.get(`/desk/pairs/${pairs.Ama}`)), /Mail does not arrive/);
      must(await who.Tom.send(`/pairs/${pairs.Ama}/messages`, /messages$/, { body: 'I wrote again.' }), 'write again');
      await new Promise(r => setTimeout(r, 1500));
      assert.equal(house.sink.find({ to: 'ama@north.example' }).filter(m => /I wrote again/.test(m.text)).length, 0);
      const since = house.sink.mails.length;
      must(await karin.send(`/desk/people/${ids.Ama}`, /address$/, { email: 'ama@home.example' }), 'new address');
      await house.sink.wait({ to: 'ama@home.example', rule: 'message', since });
      assert.equal(house.sink.find({ to: 'ama@home.example', rule: 'message', since }).length >= 1, true);
      assert.doesNotMatch(main(await karin.get('/desk')), /Mail does not reach/);
    });

    step('a bounce is read and belongs to its letter', async () => {
      const mail = house.sink.find({ to: 'tom@north.example' }).at(-1);
      assert.equal(await receive(house, bounce(mail.messageId, '5.2.2', '552 5.2.2 mailbox full')), 0);
      assert.match(main(await karin.get(`/desk/people/${ids.Tom}`)), /the mailbox is full/);
      assert.equal(await receive(house, bounce('<1.R14@example.org>', '5.1.1', '550 5.1.1 no such user')), 0);
      must(await karin.send(`/desk/people/${ids.Tom}`, /mail$/), 'try again');
      assert.doesNotMatch(main(await karin.get(`/desk/people/${ids.Tom}`)), /the mailbox is full/);
    });

    step('reminders: put off from the mail, gathered, and what is said at /me/reminders holds', async () => {
      const since = house.sink.mails.length;
      await house.advance('14d');
      const mail = house.sink.find({ to: 'ama@home.example', since }).find(m => m.headers.get('x-telemachus-class') === 'programme' && /remind me later/.test(m.text));
      assert.ok(mail, 'a letter that can be put off');
      const link = new URL(button(mail, /remind me later/)).pathname;
      const stranger = new Visitor(house);
      assert.match(main(await stranger.get(link)), /When shall we remind you again\?/);
      assert.equal((await stranger.post(link, { answer: '3' })).status, 303);
      assert.match((await house.sql('SELECT count(*) FROM journeys_snooze WHERE until_day IS NOT NULL')).trim(), /^[1-9]/);
      must(await who.Ama.send('/me/reminders', /reminders$/, { tempo: 'weekly', country: 'DE', tips: null, quiet_from: '21:00', quiet_until: '08:00' }), 'wishes');
      assert.match((await house.sql('SELECT without, tempo, country FROM journeys_wish')).trim(), /^tips\|weekly\|DE$/);
      must(await who.Ama.send('/home', /rest$/, { days: '7' }), 'rest');
      assert.match(main(await who.Ama.get('/home')), /Our reminders rest until/);
    });

    step('who has no partner is taken out with a reason and told; it is undone, objected to, and done by themselves', async () => {
      const [cohort] = await house.json('cohort', 'list');
      const file = join(house.data, 'late.csv');
      writeFileSync(file, 'first_name,last_name,email,wants\nNeo,Late,neo@north.example,negotiation\n');
      await house.cli('import', '--cohort', cohort.slug, '--role', 'mentee', file);
      const neo = (await house.sql("SELECT id FROM people_person WHERE email = 'neo@north.example'")).trim();
      const state = async () => (await house.sql(`SELECT state FROM programmes_participant WHERE person = ${neo}`)).trim();
      const page = /href="(\/desk\/people\/\d+\/leave\/\d+)"/.exec((await karin.get(`/desk/people/${neo}`)).page)[1];
      assert.ok([403, 404].includes((await who.Ama.get(page)).status));
      assert.equal((await karin.post(page, { reason: ' ' })).status, 422);
      const since = house.sink.mails.length;
      must(await karin.send(page, /leave/, { reason: 'has no time any more' }), 'take out');
      assert.equal(await state(), 'left');
      assert.match(main(await karin.get(`/desk/people/${neo}`)), /has left.*Taken out of the cohort/);
      assert.equal((await undo(await lastAct())).status, 303);
      assert.equal(await state(), 'accepted');
      await house.advance('11m');
      assert.equal(house.sink.find({ rule: 'behalf', since }).length, 0);
      must(await karin.send(page, /leave/, { reason: 'has no time any more' }), 'take out again');
      await house.advance('11m');
      const mail = await house.sink.wait({ to: 'neo@north.example', rule: 'behalf', since });
      assert.match(mail.text, /has no time any more/);
      const link = new URL(button(mail, /not right/)).pathname, stranger = new Visitor(house);
      await stranger.get(link);
      assert.equal((await stranger.post(link, { answer: 'no' })).status, 303);
      assert.equal(await state(), 'accepted');
      const visitor = await new Visitor(house, 'Neo').enter('neo@north.example');
      must(await visitor.send('/me/leave', /me\/leave/), 'leave');
      assert.equal(await state(), 'left');
      assert.match(main(await visitor.get('/home')), /is over/);
      // Whoever has a partner is shown the way to a proper ending instead.
      assert.doesNotMatch((await karin.get(`/desk/people/${ids.Ama}`)).page, /\/leave\//);
      assert.match(main(await who.Ama.get('/me/leave')), /End it on your pair's page/);
    });

    step('whoever would like another partner comes back among those who are matched: after two weeks, and when the coordinator says so', async () => {
      const other = (await house.sql(`SELECT p.first_name FROM journeys_pair j JOIN people_person p ON p.id = j.mentor WHERE j.id = ${pairs.Ama}`)).trim();
      const path = `/pairs/${pairs.Ama}/closing`;
      must(await who.Ama.send(path, /closing$/, { reason: 'no-time' }), 'begin to close');
      for (const [name, next] of [['Ama', 'rematch'], [other, 'rest']]) {
        for (const card of [{ learned: 'To ask.' }, { thanks: 'For listening.' }, {}, { next }, { notes_choice: 'keep' }]) {
          must(await who[name].send(path, /card$/, card), `card of ${name}`);
        }
      }
      const state = async () => (await house.sql(`SELECT state FROM programmes_participant WHERE person = ${ids.Ama}`)).trim();
      assert.equal(await state(), 'waiting');
      assert.match(main(await who.Ama.get('/home')), /knows that you would like another partner/);
      const list = main(await karin.get('/desk/closing'));
      assert.match(list, /Would like another partner Ama Thistlewood mentee\s+possible from/);
      assert.ok((await karin.post('/desk/closing/rematch', { person: ids.Ama, side: 'mentee' })).status >= 400, 'too early');
      assert.doesNotMatch(main(await karin.get('/desk')), /would like another partner/);
      await house.advance('15d');
      assert.match(main(await karin.get('/desk')), /One person would like another partner/);
      must(await karin.send('/desk/closing', /rematch$/), 'look for a partner');
      assert.equal(await state(), 'ready');
      assert.match(main(await karin.get('/desk/closing')), /Ama Thistlewood mentee\s+one is being looked for/);
      assert.match(main(await who.Ama.get('/home')), /putting the pairs together/);
    });
  });
}
