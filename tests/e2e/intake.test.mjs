// What comes in by file and by telephone: rosters as workbooks, the organisation's facts, answers in somebody's name.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Person, openBrowser } from '../lib/browser.mjs';
import { preparedCohort } from '../lib/quick.mjs';
import { coordinator } from '../lib/cast.mjs';

const workbook = resolve('tests/data/workbooks/openpyxl.xlsx');

for (const engine of engines) {
  describe(`what comes in, ${engine}`, () => {
    let house, browser, karin;
    const step = (name, fn) => test(name, { timeout: 240_000 }, fn);

    before(async () => {
      house = await House.start(engine);
      await preparedCohort(house, { train: [] });
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
  });
}
