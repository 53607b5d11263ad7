// From an empty worksheet to a cohort that takes applications: drafts, twelve decisions, the sponsor's signature, the gate. With
// and without JavaScript, on every engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openBrowser, Person } from '../lib/browser.mjs';
import { contact, coordinator, sponsor } from '../lib/cast.mjs';
import { House, engines } from '../lib/house.mjs';
import { button, links } from '../lib/sink.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const engine of engines) {
  for (const javaScriptEnabled of [true, false]) {
    describe(`worksheet to opened cohort, ${engine}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
      let house, browser, karin, sheet, broken = null;
      const people = [];

      const step = (name, body) => test(name, { timeout: 600_000 }, async t => {
        if (broken) return t.skip(`after: ${broken}`);
        try {
          await body();
          for (const p of people) assert.deepEqual(p.troubles, []);
        } catch (error) {
          broken = name;
          error.message += `\n${house?.logTail(10)}`;
          throw error;
        }
        return undefined;
      });
      const open = async email => {
        const p = await Person.open(browser, house, { viewport: { width: 390, height: 844 }, javaScriptEnabled });
        people.push(p);
        await p.enter(email);
        return p;
      };
      const field = label => karin.page.getByLabel(label, { exact: false }).first();
      async function clean() {
        assert.ok(await karin.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${karin.page.url()} is wider than the telephone`);
        if (!javaScriptEnabled) return;                                // axe needs it
        await karin.page.evaluate(axe);
        const { violations } = await karin.page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        assert.deepEqual(violations.map(v => `${karin.page.url()}: ${v.id}, ${v.nodes[0].html.slice(0, 120)}`), []);
      }

      before(async () => {
        house = await House.start(engine);
        browser = await openBrowser();
        await house.cli('admin', 'add', coordinator.email, '--first-name', coordinator.first, '--last-name', coordinator.last, '--zone', 'Europe/Lisbon');
        await house.serve();
        karin = await open(coordinator.email);
      });
      after(async () => {
        await browser?.close();
        await house?.end();
      });

      step('a worksheet is begun and kept as a draft', async () => {
        await karin.go('/desk/cohort');
        await karin.press('Make your first cohort');
        await karin.press('Begin a worksheet');
        sheet = new URL(karin.page.url()).pathname;
        assert.equal(await karin.page.locator('#decided li').count(), 12, 'twelve decisions, no more');
        await clean();
        await field('What is it for?').fill('New nurses find their way.');
        await karin.press('Save the draft');
        await karin.go('/desk/design');
        assert.match(await karin.text(), /7 of 12 decided/);         // the one that was written, and those that were suggested
        await clean();
        await karin.press(/Nine months/);
        assert.equal(await field('What is it for?').inputValue(), 'New nurses find their way.');
      });

      step('open decisions are named with a link to each', async () => {
        await karin.press('Save and look at the whole');
        assert.match(await karin.text(), /5 decisions are still open/);
        assert.equal(await karin.page.getByRole('button', { name: 'Make the cohort' }).count(), 0);
        await clean();
        const links = await karin.page.locator('.next .go').evaluateAll(all => all.map(a => a.getAttribute('href')));
        assert.equal(links.length, 5);
        await karin.go(sheet);
        for (const link of links) assert.equal(await karin.page.locator(link.slice(link.indexOf('#'))).count(), 1, link);
      });

      step('a mistake comes back with everything that was typed', async () => {
        await field('What will success mean?').fill('Nine of ten pairs reach the end.');
        await field('Whom is it for?').fill('Nurses in their first two years.');
        await karin.page.getByLabel('Twelve months').check();
        await field('How many pairs do you expect?').fill('12');
        await field('How many hours a week').fill('20');
        await field('What may it cost').fill('9,000 euros, people development pays');
        await field('Who is the sponsor?').fill(sponsor.first);
        await field("The sponsor's mail address").fill(coordinator.email);
        await karin.page.getByLabel('Legitimate interests').check();
        await karin.press('Save the draft');
        assert.match(await karin.text(), /cannot sign what its success means/);
        assert.equal(await field('Whom is it for?').inputValue(), 'Nurses in their first two years.');
        await field("The sponsor's mail address").fill(sponsor.email);
        await field('Completed').fill('85');
        await karin.press('Save and look at the whole');
        assert.match(await karin.text(), /All twelve are decided/);
        await clean();
      });

      step('the data protection assessment is filled in, and the sheet can be printed', async () => {
        const answer = await karin.page.request.get(`${sheet}/dpia`);
        assert.match(answer.headers()['content-disposition'], /attachment/);
        const text = await answer.text();
        assert.match(text, /about 12 pairs, 24 people, for twelve months/);
        assert.match(text, /Nurses in their first two years/);
        await karin.go(`${sheet}/print`);
        assert.match(await karin.text(), /9,000 euros/);
        await clean();
      });

      step('the answers make the cohort, and nobody but the sponsor hears of it', async () => {
        const since = house.sink.mails.length;
        await karin.go(`${sheet}/make`);
        await karin.press('Make the cohort');
        const [cohort] = await house.json('cohort', 'list');
        assert.match(cohort.name, /^Twelve months, /);
        const mail = await house.sink.wait({ to: sponsor.email, rule: 'sponsor-sign', since });
        assert.equal(house.sink.mails.length, since + 1);
        const olu = await open(sponsor.email);
        await olu.go(new URL(button(mail, /sign/i)).pathname);
        assert.match(await olu.text(), /Nine of ten pairs reach the end/);
        await olu.press('I sign this');
      });

      step('the gate names what is left, each line with its link, and then opens', async () => {
        await karin.go('/desk/cohort/gates');
        const missing = karin.page.locator('#open li.missing');
        const count = await missing.count();
        assert.equal(count, 3);                    // a designated contact, data protection, and the proof that mail arrives
        assert.equal(await missing.locator('a.button').count(), count);
        await karin.go('/desk/cohort/staff');
        const form = karin.page.locator('form[action="/desk/cohort/staff"]');
        await form.getByLabel('Mail address').fill(contact.email);
        await form.getByLabel('First name').fill(contact.first);
        await form.getByLabel(/contact/i).first().check();
        await karin.press('Add', form);
        await karin.go('/desk/cohort/dpia');
        await karin.page.locator('input[name=how][value=agreed]').check();
        await karin.page.getByLabel('Whose word is it?').fill('Dora Privacy');
        await karin.press('Write it down');
        const since = house.sink.mails.length;
        await karin.go('/desk/cohort/gates');
        await karin.press('Send me a test mail');
        const proof = new URL(links(await house.sink.wait({ to: coordinator.email, since })).find(l => l.includes('mail-proof'))).pathname;
        await karin.go(proof);
        await karin.press('It arrived');
        await karin.go('/desk/cohort/gates');
        await karin.press('Open applications');
        const [cohort] = await house.json('cohort', 'list');
        const visitor = await karin.page.request.get(`/c/${cohort.slug}`);
        assert.match(await visitor.text(), /Nurses in their first two years/);
      });

      step('targets stand beside the figures, and the worksheet stays to be read', async () => {
        await karin.go('/desk/figures');
        assert.match(await karin.text(), /target 85%/);
        await karin.go(sheet);
        assert.match(karin.page.url(), /print$/);
        await karin.go('/desk/design');
        assert.match(await karin.text(), /Made into a cohort/);
      });

      step('a text of the template is changed, looked at, refused with its line, and saved for everybody', async () => {
        await karin.go('/desk/packs');
        await clean();
        await karin.press('Twelve months');
        await clean();
        await karin.go('/desk/packs/twelve-months?kind=mails&lang=en&key=R14');
        const text = karin.page.getByLabel('The text', { exact: false });
        const before = await text.inputValue();
        await text.fill(before.replace(/\n\n/, '\n\nOur own first line. '));
        await karin.press('See how it looks');
        assert.match(await karin.text(), /How it would look/);
        assert.match(await karin.page.locator('.prose').innerText(), /Our own first line/);
        await text.fill('Subject: Hm\n\nHello {nobody}');
        await karin.press('Save');
        assert.match(await karin.text(), /Line 3:.*\{nobody\} is not known/s);
        assert.match(await text.inputValue(), /\{nobody\}/);
        await clean();
        await text.fill(before.replace(/\n\n/, '\n\nOur own first line. '));
        await karin.press('Save');
        assert.match(await karin.text(), /everybody reads this text/);
        assert.match(await karin.page.locator('.prose').innerText(), /Our own first line/);
        await clean();
      });

      step('a newer shipped text is set beside the own one, and the choice is kept', async () => {
        writeFileSync(join(house.data, 'packs/twelve-months/.shipped/mails/en/R14.md'), 'Subject: As it was\n\nBefore.\n');
        await karin.go('/desk/packs/twelve-months');
        assert.match(await karin.text(), /One text was changed on both sides/);
        await clean();
        await karin.page.locator('.next .go').first().click();
        assert.match(await karin.text(), /What ships now/);
        await clean();
        await karin.press('Keep mine');
        assert.match(await karin.text(), /Yours stays in use/);
        assert.match(await house.cli('pack', 'upgrade', 'twelve-months'), /mails\/en\/R14.md: changed here\n/);
        await karin.press('Go back to the shipped text');
        assert.doesNotMatch(await karin.page.locator('.prose').innerText(), /Our own first line/);
        assert.match(await house.cli('pack', 'upgrade', 'twelve-months'), /^0 newer texts taken over.\n$/);
        await karin.go('/desk/design');
      });

      step('a template is taken along as an archive, changed, refused with its place, and brought back', async () => {
        const zip = await (await karin.page.request.get('/desk/packs/six-months/zip?thin=1')).body();
        const into = join(house.data, 'taken');
        mkdirSync(into);
        writeFileSync(join(into, 'six.zip'), zip);
        execFileSync('python3', ['-c', 'import zipfile,sys; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])', join(into, 'six.zip'), into]);
        const yaml = join(into, 'six-months/pack.yaml');
        const pack = readFileSync(yaml, 'utf8').replace('name: six-months', 'name: half-year').replaceAll('Six months', 'Half a year');
        const bring = async text => {
          writeFileSync(yaml, text);
          execFileSync('python3', ['-m', 'zipfile', '-c', join(into, 'half.zip'), join(into, 'six-months')]);
          await karin.go('/desk/packs');
          await karin.page.getByLabel('The template as a ZIP archive').setInputFiles(join(into, 'half.zip'));
          await karin.press('Check it and take it in');
        };
        await bring(pack.replace('weeks: 26', 'weeks: many'));
        assert.match(await karin.text(), /pack\.yaml, \d+: .*weeks/);
        await clean();
        await bring(pack);
        assert.match(await karin.text(), /The template is here/);
        await karin.go('/desk/design');
        await karin.press('Begin a worksheet');
        assert.equal(await karin.page.getByLabel('Half a year').count(), 1);
        await karin.go('/desk/packs');
        await karin.page.getByLabel('The template as a ZIP archive').setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('no archive') });
        await karin.press('Check it and take it in');
        assert.match(await karin.text(), /no ZIP archive/);
        await karin.go('/desk/design');
        await karin.press(/Nine months/);
        await karin.press('Throw this draft away');
        await karin.press('Throw it away');
      });

      step('a draft is thrown away only after a word of warning', async () => {
        await karin.press('Begin a worksheet');
        await karin.press('Throw this draft away');
        assert.match(await karin.text(), /Throw this draft away\?/);
        await karin.press('Throw it away');
        assert.equal(await karin.page.getByText('Drafts').count(), 0);
      });
    });
  }
}
