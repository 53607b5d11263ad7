// What comes in by file and by telephone: rosters as workbooks, the organisation's facts, answers in somebody's name.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Person, openBrowser } from '../lib/browser.mjs';
import { launchedCohort, must, preparedCohort } from '../lib/quick.mjs';
import { coordinator, mentees } from '../lib/cast.mjs';

const workbook = resolve('tests/data/workbooks/openpyxl.xlsx');

for (const engine of engines) {
  describe(`what comes in, ${engine}`, () => {
    let house, browser, karin, pairs;
    const step = (name, fn) => test(name, { timeout: 600_000 }, fn);

    before(async () => {
      house = await House.start(engine);
      ({ pairs } = await launchedCohort(house));
      browser = await openBrowser();
      karin = await (await Person.open(browser, house)).enter(coordinator.email);
    });
    after(async () => {
      await karin?.close();
      await browser?.close();
      await house?.end();
    });

    step('a workbook is a roster: its sheet, its cells, its rows', async () => {
      const page = await karin.go('/desk/people/import');
      await page.locator('#file').setInputFiles(workbook);
      await karin.press('Look at it first');
      const said = await karin.text();
      assert.match(said, /sheet “People 2026”/);
      assert.match(said, /I4[\s\S]*This formula has no result yet/);
      assert.match(said, /I6[\s\S]*#REF!/);
      await page.getByLabel('Meaning of Title').selectOption('drop');
      await karin.press('Look again');
      assert.doesNotMatch(await karin.text(), /#REF!/);
      await karin.press('Let 2 people in');
      assert.equal(await house.sql("SELECT count(*) FROM people_person WHERE email LIKE '%example.org' AND first_name IN ('Ana', 'Bén & <Co> Ltd')"), '2');
      assert.deepEqual(karin.troubles, []);
    });

    step('what is no workbook is sent back with what to do', async () => {
      const page = await karin.go('/desk/people/import');
      await page.locator('#file').setInputFiles({ name: 'people.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('\xd0\xcf\x11\xe0 and so on', 'latin1') });
      await karin.press('Look at it first');
      assert.match(await karin.text(), /old kind, or sealed with a password.*Save it as \.xlsx without a password/);
    });

    step('facts by file: what changes and what it breaks is shown, then done, then a flag stands', async () => {
      const [mentee] = Object.keys(pairs);
      const mentor = (await house.sql(`SELECT a.email FROM journeys_pair p JOIN people_person a ON a.id = p.mentor WHERE p.id = ${pairs[mentee]}`)).trim();
      const email = mentees.find(p => p.first_name === mentee).email;
      const file = `E-mail;Line manager email;Team;Salary\n${email};${mentor};Tides;1\nnobody@example.org;x@example.org;;2\n`;
      const page = await karin.go('/desk/people/facts');
      await page.locator('#file').setInputFiles({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      await karin.press('Look at it first');
      const said = await karin.text();
      assert.match(said, /2 changes/);
      assert.match(said, /other’s line manager[\s\S]*red flag/);
      assert.match(said, /One row is about somebody who does not take part/);
      assert.equal(await house.sql("SELECT count(*) FROM care_flag WHERE rule = 'forbidden'"), '0');
      await karin.press('Make the 2 changes');
      assert.match(await karin.text(), /flagged on the desk/);
      assert.equal(await house.sql("SELECT count(*) FROM care_flag WHERE rule = 'forbidden' AND closed_at IS NULL"), '1');
      await karin.go('/desk/people/facts');
      await page.locator('#file').setInputFiles({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(`email,manager_email\n${email},-\n`) });
      await karin.press('Look at it first');
      await karin.press('Make the one change');
      assert.equal(await house.sql("SELECT count(*) FROM care_flag WHERE rule = 'forbidden' AND closed_at IS NULL"), '0');
      assert.deepEqual(karin.troubles, []);
    });
  });
}

for (const engine of engines) {
  describe(`proposals that are out, ${engine}`, () => {
    let house, browser, karin, proposals;
    const step = (name, fn) => test(name, { timeout: 600_000 }, fn);
    const state = async id => (await house.sql(`SELECT state FROM matching_proposal WHERE id = ${id}`)).trim();

    before(async () => {
      house = await House.start(engine);
      const prepared = await preparedCohort(house);
      must(await prepared.karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
      must(await prepared.karin.send('/desk/matching/send', /publish$/), 'publish');
      await house.advance('1h');
      proposals = (await house.sql(`SELECT p.id, p.mentee, a.email, b.email, b.first_name, a.first_name FROM matching_proposal p JOIN people_person a ON a.id = p.mentor
        JOIN people_person b ON b.id = p.mentee WHERE p.state = 'published' ORDER BY p.id`)).split('\n').map(l => l.split('|'));
      browser = await openBrowser();
      karin = await (await Person.open(browser, house)).enter(coordinator.email);
    });
    after(async () => {
      await karin?.close();
      await browser?.close();
      await house?.end();
    });

    step('an answer that came by telephone is written down, told, and undone', async () => {
      const [id, , , email, first] = proposals[0];
      const since = house.sink.mails.length;
      const page = await karin.go(`/desk/matching/${id}`);
      await karin.press(new RegExp(`Answer for ${first}`));
      assert.match(await karin.text(), new RegExp(`What does ${first} say`));
      await page.getByRole('radio', { name: /No, rather/ }).check();
      await page.getByLabel(/Why do you write it down/).fill('Said so on the telephone today');
      await karin.press('Write it down');
      assert.equal(await state(id), 'declined');
      await karin.press('Undo');
      assert.equal(await state(id), 'published');
      await karin.go(`/desk/matching/${id}`);
      await karin.press(new RegExp(`Answer for ${first}`));
      await page.getByRole('radio', { name: /Yes, with/ }).check();
      await page.getByLabel(/Why do you write it down/).fill('Said so on the telephone today');
      await karin.press('Write it down');
      await house.advance('15m');
      const mail = await house.sink.wait({ to: email, since, rule: 'behalf' });
      assert.match(mail.text, /Yes said to a proposal/);
      assert.match(mail.text, /on the telephone today/);
      assert.deepEqual(karin.troubles, []);
    });

    step('new facts take a sent proposal back: both are told, never why, and the table says it', async () => {
      const [id, , mentor, mentee, first, mentorFirst] = proposals[1];
      const since = house.sink.mails.length;
      const page = await karin.go('/desk/people/facts');
      await page.locator('#file').setInputFiles({ name: 'hr.csv', mimeType: 'text/csv', buffer: Buffer.from(`email,team\n${mentor},Tides\n${mentee},Tides\n`) });
      await karin.press('Look at it first');
      assert.match(await karin.text(), /same team[\s\S]*The proposal is taken back/);
      assert.equal(await state(id), 'published');
      await karin.press('Make the 2 changes');
      assert.equal(await state(id), 'dropped');
      for (const [to, partner] of [[mentor, first], [mentee, mentorFirst]]) {
        const mail = await house.sink.wait({ to, since, rule: 'taken-back' });
        assert.match(mail.text, new RegExp(`${partner} had been proposed to you`));
        assert.doesNotMatch(mail.text, /team|manager/i);
      }
      await karin.go('/desk/matching');
      assert.match(await karin.text(), /Taken back by new facts[\s\S]*same team/);
      assert.deepEqual(karin.troubles, []);
    });
  });
}
