// The ending: five cards that are left and taken up again, with and without a script; an extension that both want; certificates and their
// public page; who has closed and a reminder to the rest; the figures as files; the sponsor's monthly letter, once for each month.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { Visitor } from '../lib/visitor.mjs';
import { launchedCohort, must } from '../lib/quick.mjs';
import { button, links } from '../lib/sink.mjs';

const main = html => (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

for (const engine of engines) {
  describe(`closing well, ${engine}`, () => {
    let house, browser, who, pairs, partner, broken = null;

    function step(name, body) {
      test(name, { timeout: 600_000 }, async t => {
        if (broken) return t.skip(`after: ${broken}`);
        try { await body(); } catch (error) {
          broken = name;
          error.message += `\n${house?.logTail(10)}`;
          throw error;
        }
        return undefined;
      });
    }
    const mark = () => house.sink.mails.length;
    const card = (visitor, pair, number, fields) => visitor.send(`/pairs/${pair}/closing?card=${number}`, /closing\/card$/, fields);

    before(async () => {
      house = await House.start(engine);
      browser = await openBrowser();
      ({ who, pairs } = await launchedCohort(house));
      partner = Object.fromEntries((await house.sql('SELECT b.first_name, a.first_name FROM journeys_pair p JOIN people_person a ON a.id = p.mentor JOIN people_person b ON b.id = p.mentee')).split('\n').map(l => l.split('|')));
      for (const mentee of ['Ama', 'Raj']) {
        const day = (await house.now()).toISOString().slice(0, 10);
        must(await who[mentee].send(`/pairs/${pairs[mentee]}/spoke`, /spoke$/, { kind: 'video', day, minutes: '90' }), 'spoke');
        must(await who[mentee].send(`/pairs/${pairs[mentee]}/goals`, /\/goals$/, { statement: 'Lead a team', category: 'skills' }), 'goal');
      }
      const left = Math.ceil(((await house.sql('SELECT max(planned_end) FROM journeys_pair')) * 1000 - (await house.now()).getTime()) / 86400e3);
      await house.advance(`${left - 18}d`);
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    step('three weeks before the end the page says how many conversations are left, and has the agenda of the last', async () => {
      const page = main((await who.Ama.get(`/pairs/${pairs.Ama}/closing`)).page);
      assert.match(page, /one more conversation fits in|\d+ more conversations fit in/);
      assert.match(page, /Book the closing conversation/);
      assert.match(page, /The last meeting/);
    });

    for (const [name, script] of [['Ama', false], ['Raj', true]]) {
      step(`five cards ${script ? 'with' : 'without'} a script: left after two, taken up where they were`, async () => {
        const path = `/pairs/${pairs[name]}/closing`;
        const since = mark();
        let p = await Person.open(browser, house, { javaScriptEnabled: script, viewport: { width: 390, height: 844 } });
        await p.enter(`${name.toLowerCase()}@north.example`);
        await p.go(path);
        await p.page.locator('textarea[name=learned]').fill('To ask first.');
        await p.press('Next card');
        await p.page.locator('textarea[name=thanks]').fill(`For your patience. ${name}`);
        await p.press('Next card');
        assert.deepEqual(p.troubles, []);
        await p.close();
        p = await Person.open(browser, house, { javaScriptEnabled: script });
        await p.enter(`${name.toLowerCase()}@north.example`);
        await p.go(path);
        assert.match(await p.text(), /Lead a team/, 'card three');
        await p.page.locator('input[name=outcome0][value="1"]').check();
        await p.press('Next card');
        await p.press('Next card');
        if (!script) assert.match(await p.text(), /What would you like next/, 'a choice is needed');
        await p.page.locator('input[name=next][value="in-touch"]').check();
        await p.page.locator('input[name=again]').check();
        await p.press('Next card');
        await p.page.locator('input[name=notes_choice][value=keep]').check();
        await p.page.locator('input[name=hours]').check();
        await p.press('Finish');
        assert.match(await p.text(), /All five cards are done/);
        assert.deepEqual(p.troubles, []);
        await p.close();
        const mail = await house.sink.wait({ to: `${partner[name].toLowerCase()}@north.example`, rule: 'thanks', since });
        assert.ok(!mail.text.includes('patience'), 'what was written stays out of the mail');
        assert.equal(new URL(button(mail, /read it/i)).pathname, path);
        assert.match(main((await who[partner[name]].get(path)).page), /For your patience/);
        assert.equal(await house.sql(`SELECT count(*) FROM evaluation_wave WHERE survey = 'end' AND answered_at IS NOT NULL`), '0', 'no survey was waited for');
      });
    }

    step('the certificate is there at once: a tagged PDF with title and language, in both languages', async () => {
      const page = await who.Ama.get(`/pairs/${pairs.Ama}/certificate`);
      assert.match(main(page.page), /Ama Thistlewood/);
      assert.doesNotMatch(main(page.page), /\bhours?\b/, 'hours only if both agree');
      const dir = mkdtempSync(join(house.data, 'pdf-'));
      for (const lang of ['en', 'de']) {
        const answer = await fetch(`${house.url}/pairs/${pairs.Ama}/certificate/pdf?lang=${lang}`, { headers: { cookie: [...who.Ama.cookies].map(c => c.join('=')).join('; ') } });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-type'), 'application/pdf');
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.ok(bytes.includes(`/Lang (${lang})`));
        const file = join(dir, `${lang}.pdf`);
        writeFileSync(file, bytes);
        const info = execFileSync('pdfinfo', [file]).toString();
        assert.match(info, /Title: .*Ama Thistlewood/);
        assert.match(info, /Tagged: +yes/);
        assert.match(info, /Page size: +841\.89 x 595\.28/);
        assert.ok(execFileSync('pdffonts', [file]).toString().split('\n').slice(2).filter(Boolean).every(l => /yes yes/.test(l)), 'embedded subsets');
        assert.match(execFileSync('pdftotext', [file, '-']).toString(), lang === 'de' ? /als Mentee teilgenommen hat/ : /has taken part as a mentee/);
      }
      rmSync(dir, { recursive: true });
    });

    step('its code opens a page for anybody, which says what is on the sheet and nothing else', async () => {
      const code = /[2-9A-Z]{5}-[2-9A-Z]{5}/.exec((await who.Ama.get(`/pairs/${pairs.Ama}/certificate`)).page)[0];
      const stranger = new Visitor(house);
      const answer = await stranger.get(`/certificate/${code}`);
      assert.equal(answer.status, 200);
      assert.match(main(answer.page), /Ama Thistlewood/);
      for (const word of [partner.Ama, '@north.example', 'Lead a team', 'patience', 'Xenon Labs']) assert.ok(!answer.page.includes(word), word);
      assert.equal((await stranger.get('/certificate/ABCDE-FGHJK')).status, 404);
      assert.equal((await who.Raj.get(`/pairs/${pairs.Ama}/certificate`)).status, 404);
      assert.equal((await who.Karin.get(`/pairs/${pairs.Ama}/certificate`)).status, 404);
    });

    step('hours stand on it once both have agreed, and it keeps its code', async () => {
      const mentor = who[partner.Ama];
      const before = await house.sql(`SELECT code FROM journeys_certificate WHERE pair = ${pairs.Ama}`);
      for (const [n, f] of [[1, {}], [2, {}], [3, {}], [4, { next: 'rest', again: '1' }], [5, { notes_choice: 'keep', hours: '1' }]]) must(await card(mentor, pairs.Ama, n, f), `card ${n}`);
      must(await who.Ama.send(`/pairs/${pairs.Ama}/certificate`, /certificate$/), 'anew');
      assert.match(main((await who.Ama.get(`/pairs/${pairs.Ama}/certificate`)).page), /2 hours together/);
      assert.ok((await house.sql(`SELECT code FROM journeys_certificate WHERE pair = ${pairs.Ama}`)).split('\n').includes(before));
    });

    step('the coordinator sees who has closed, and reminds the rest once', async () => {
      const page = main((await who.Karin.get('/desk/closing')).page);
      assert.match(page, /3 people have closed well/);
      assert.match(page, /Would be mentors in the next cohort/);
      assert.doesNotMatch(page, /patience|To ask first/);
      const since = mark();
      assert.match(main((await who.Karin.get('/desk/closing/remind')).page), /Remind one person of the closing cards\?/);
      must(await who.Karin.send('/desk/closing/remind', /remind$/), 'remind');
      const mail = await house.sink.wait({ to: `${partner.Raj.toLowerCase()}@north.example`, rule: 'closing-reminder', since });
      assert.ok(links(mail).some(l => l.endsWith(`/pairs/${pairs.Raj}/closing`)));
      assert.match(main((await who.Karin.get('/desk/closing/remind')).page), /Nobody needs one now/);
    });

    step('an extension happens only if both choose it, until the earlier day', async () => {
      const end = await house.sql(`SELECT planned_end FROM journeys_pair WHERE id = ${pairs.Raj}`);
      const day = n => new Date(end * 1000 + n * 86400e3).toISOString().slice(0, 10);
      const early = await card(who.Raj, pairs.Raj, 4, { next: 'extend', extend_day: day(3) });
      assert.equal(early.status, 422);
      assert.match(main(early.page), /Until when would you like to go on/);
      must(await card(who.Raj, pairs.Raj, 4, { next: 'extend', extend_day: day(60) }), 'extend');
      assert.equal(await house.sql(`SELECT planned_end FROM journeys_pair WHERE id = ${pairs.Raj}`), end);
      const since = mark();
      const mentor = who[partner.Raj];
      for (const [n, f] of [[1, {}], [2, {}], [3, {}], [4, { next: 'extend', extend_day: day(40) }], [5, { notes_choice: 'keep' }]]) must(await card(mentor, pairs.Raj, n, f), `card ${n}`);
      const [state, later] = (await house.sql(`SELECT state, planned_end FROM journeys_pair WHERE id = ${pairs.Raj}`)).split('|');
      assert.equal(state, 'active');
      assert.equal(new Date(later * 1000).toISOString().slice(0, 10), day(40));
      await house.sink.wait({ to: 'raj@north.example', rule: 'extended', since });
    });

    step('figures come as a page, a table and a workbook, with the same numbers and few people hidden', async () => {
      const page = main((await who.Karin.get('/desk/figures')).page);
      assert.match(page, /Likely range/);
      assert.match(page, /fewer than 5/);
      const fetchAs = async path => {
        const answer = await fetch(house.url + path, { headers: { cookie: [...who.Karin.cookies].map(c => c.join('=')).join('; ') } });
        assert.equal(answer.status, 200, path);
        return Buffer.from(await answer.arrayBuffer());
      };
      const csv = (await fetchAs('/desk/figures/csv')).toString();
      assert.match(csv, /^key,figure,value,low,high,unit,n,of,behind,definition,interval/);
      assert.match(csv, /^completion,Completed,,,,share,,,<5/m);
      const book = await fetchAs('/desk/figures/xlsx');
      assert.equal(book.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
      const out = mkdtempSync(join(house.data, 'report-'));
      await house.cli('report', '--cohort', (await house.json('cohort', 'list'))[0].slug, '--out', out);
      assert.equal(readFileSync(join(out, 'figures.csv'), 'utf8'), csv);
      assert.equal(readFileSync(join(out, 'figures.xlsx')).subarray(0, 4).toString('latin1'), 'PK\x03\x04');
      assert.match(readFileSync(join(out, 'report.html'), 'utf8'), /Likely range/);
    });

    step('the sponsor gets five numbers and one question each month, and never two letters for one month', async () => {
      const refused = await who.Karin.send('/desk/sponsor', /sponsor$/, { name: 'Olu Ade', address: 'board@north.example', locale: 'de', on_day: '31', active: '1' });
      assert.equal(refused.status, 422);
      assert.match(refused.page, /value="Olu Ade"/);
      const since = mark();
      must(await who.Karin.send('/desk/sponsor', /sponsor$/, { name: 'Olu Ade', address: 'board@north.example', locale: 'de', on_day: '20', active: '1', decision: 'Gibt es eine naechste Kohorte?' }), 'sponsor');
      assert.match((await who.Karin.get('/desk/sponsor')).page, /Gibt es eine naechste Kohorte/);
      await house.advance('31d');
      const mail = await house.sink.wait({ to: 'board@north.example', rule: 'sponsor-month', since });
      assert.match(mail.text, /Guten Tag Olu Ade/);
      assert.match(mail.text, /Gibt es eine naechste Kohorte/);
      assert.equal((mail.text.match(/^\s*[-*•] /gm) ?? []).length, 5, mail.text);
      const letters = () => house.sink.find({ to: 'board@north.example', rule: 'sponsor-month', since }).length;
      const once = letters();
      const today = await house.now();
      must(await who.Karin.send('/desk/sponsor', /sponsor$/, { name: 'Olu Ade', address: 'board@north.example', locale: 'de', on_day: String(Math.min(today.getUTCDate() + 1, 28)), active: '1' }), 'another day');
      await house.advance('2d');
      assert.ok(letters() - once <= 1);
      const months = (await house.sql("SELECT anchor FROM mail_outbox WHERE rule = 'sponsor-month'")).split('\n');
      assert.equal(new Set(months).size, months.length);
      assert.equal((await new Visitor(house).get('/desk/sponsor')).status === 200, false);
    });

    step('four weeks after the end a mentor says by one click whether to come back', async () => {
      const since = mark();
      const again = () => house.sql(`SELECT c.again FROM journeys_closing c JOIN journeys_pair p ON p.id = c.pair AND p.mentor = c.person WHERE p.id = ${pairs.Ama}`);
      assert.equal(await again(), '1');
      await house.advance('18d');
      const mail = await house.sink.wait({ to: `${partner.Ama.toLowerCase()}@north.example`, rule: 'R34', since });
      const stranger = await Person.open(browser, house, { javaScriptEnabled: false });
      await stranger.go(button(mail, /will be back/i));
      await stranger.press('Not now');
      assert.deepEqual(stranger.troubles, []);
      await stranger.close();
      assert.equal(await again(), '0');
    });
  });
}
