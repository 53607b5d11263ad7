// What comes in by file and by telephone: rosters as workbooks, the organisation's facts, answers in somebody's name.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Person, openBrowser } from '../lib/browser.mjs';
import { launchedCohort } from '../lib/quick.mjs';
import { coordinator, mentees } from '../lib/cast.mjs';

const workbook = resolve('tests/data/workbooks/openpyxl.xlsx');

for (const engine of engines) {
  describe(`what comes in, ${engine}`, () => {
    let house, browser, karin, pairs;
    const step = (name, fn) => test(name, { timeout: 240_000 }, fn);

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
