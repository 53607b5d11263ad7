// The door: install, first administrator, mailed link, session, sign out; on both engines.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { button } from '../lib/sink.mjs';

for (const engine of engines) {
  describe(`the door, ${engine}`, () => {
    let house, browser, ada;

    before(async () => {
      house = await House.start(engine);
      await house.cli('admin', 'add', 'ada@example.org', '--first-name', 'Ada');
      await house.serve();
      browser = await openBrowser();
      ada = await Person.open(browser, house, { javaScriptEnabled: false });
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    test('a page for somebody leads to signing in', async () => {
      await ada.go('/me');
      assert.match(ada.page.url(), /\/sign-in\?next=/);
    });

    test('whoever asks gets the same answer, known here or not', async () => {
      const answers = [];
      for (const email of ['ada@example.org', 'nobody@example.org']) {
        await ada.go('/sign-in');
        await ada.page.getByLabel('Mail address').fill(email);
        await ada.press('Send me a link');
        answers.push(await ada.text());
      }
      assert.equal(answers[0], answers[1]);
      await house.sink.wait({ to: 'ada@example.org', rule: 'sign-in' });
      assert.equal(house.sink.find({ to: 'nobody@example.org' }).length, 0);
    });

    test('the mailed link signs in once', async () => {
      const link = button(await house.sink.wait({ to: 'ada@example.org', rule: 'sign-in' }), /sign in/i);
      await ada.go(link);
      await ada.press('Sign in');
      await ada.go('/me/sessions');
      const other = await Person.open(browser, house);
      const response = await other.page.goto(link);
      assert.ok([404, 410].includes(response.status()), `a used link answers ${response.status()}`);
      await other.close();
    });

    test('signed out is out', async () => {
      await ada.go('/sign-out');
      await ada.press('Sign out');
      await ada.go('/me');
      assert.match(ada.page.url(), /\/sign-in/);
      assert.deepEqual(ada.troubles, []);
    });
  });
}
