// The coordinator's table as somebody new to it tries it: run, see, adjust, explain, send; with two real rosters of a civil service.
// Without JavaScript on every engine, and once with it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { House, engines, sleep } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { Visitor, hrefs } from '../lib/visitor.mjs';
import { coordinator } from '../lib/cast.mjs';
import { must } from '../lib/quick.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rosters = new URL('../data/rosters/', import.meta.url).pathname;
const ways = [...engines.map(engine => ({ engine, script: false })), { engine: 'sqlite', script: true }];

for (const { engine, script } of ways) {
  describe(`the coordinator's table, ${engine}, ${script ? 'with' : 'without'} JavaScript`, () => {
    let house, browser, karin, cohort, broken = null;

    before(async () => {
      house = await House.start(engine);
      browser = await openBrowser();
      await house.cli('admin', 'add', coordinator.email, '--first-name', coordinator.first, '--last-name', coordinator.last, '--zone', 'Europe/Lisbon');
      const now = await house.now();            // mails wait for working days: begin on a Monday
      await house.setClock(new Date(now.getTime() + ((8 - now.getUTCDay()) % 7 || 7) * 86400e3).toISOString().slice(0, 10) + 'T09:00');
      await house.serve();
      const quick = await new Visitor(house, 'Karin').enter(coordinator.email);
      must(await quick.send('/desk/cohort/new', /cohort\/new$/, { name: 'Autumn', zone: 'Europe/Lisbon', size: '50', staff_hours: '40', purpose: 'People find their way.', success: 'Nine of ten.', help_phone: '+351210009999' }), 'make a cohort');
      [cohort] = await house.json('cohort', 'list');
      karin = await Person.open(browser, house, { javaScriptEnabled: script });
      await karin.enter(coordinator.email);
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    function step(name, body) {
      test(name, { timeout: 600_000 }, async t => {
        if (broken) return t.skip(`after: ${broken}`);
        try {
          await body();
          assert.deepEqual(karin.troubles, []);
        } catch (error) {
          broken = name;
          error.message += `\n(at ${karin.page.url()})\n${(await karin.text()).slice(0, 1500)}\n${house.logTail(8)}`;
          throw error;
        }
        return undefined;
      });
    }
    const h1 = async words => assert.match(await karin.page.locator('h1').innerText(), words);
    const rows = () => karin.page.locator('table.pairs tbody tr');
    // Who has whom on the table, by name.
    const table = async () => Object.fromEntries((await house.sql("SELECT e.first_name || ' ' || e.last_name, r.first_name || ' ' || r.last_name FROM matching_proposal p JOIN people_person e ON e.id = p.mentee JOIN people_person r ON r.id = p.mentor WHERE p.state IN ('draft', 'locked')")).split('\n').map(l => l.split('|')));

    step('before anybody is there, the page says what to do', async () => {
      await karin.go('/desk/matching');
      await h1(/Bring mentors and mentees first/);
      await karin.press('Import a roster');
      assert.match(karin.page.url(), /people\/import/);
      for (const page of ['why', 'what-if', 'left-out', 'fairness', 'ruled-out', 'runs', 'send']) await karin.go(`/desk/matching/${page}`);
    });

    step('a run makes pairs, and one sentence says how good they are', async () => {
      for (const [role, file] of [['mentor', 'small-mentors.csv'], ['mentee', 'small-mentees.csv']]) await house.cli('import', '--cohort', cohort.slug, '--role', role, rosters + file);
      await karin.go('/desk/matching');
      await h1(/Find the best pairs/);
      await karin.press('Propose pairs');
      await h1(/pairs/);
      const lead = await karin.page.locator('.head .lead').innerText();
      assert.match(lead, /mean fit is \d+%, the lowest \d+%/);
      assert.match(lead, /left out/);
      assert.equal(await rows().count(), 25);
      assert.match(await rows().first().innerText(), /%/);
    });

    step('where profiles say little the table says so, and a weight that moves nothing stands apart', async () => {
      assert.match(await karin.text(), /Their profiles say little so far/);
      assert.match(await karin.text(), /so nearly everybody fits everybody/);
      await karin.go('/desk/matching/what-if');
      assert.equal(await karin.page.locator('input[type=range][name=asked]').count(), 0);
      assert.equal(await karin.page.locator('details input[type=range][name=goals]').count(), 1);
      assert.equal(await karin.page.locator('details input[type=range][name=level]').count(), 0);
      await karin.go('/desk/matching/mentors?q=mentor%2007');
      assert.equal(await karin.page.locator('.rows li').count(), 1);
      await karin.go('/desk/matching/mentors?q=nobody');
      await karin.press('Show all of them');
      await karin.go('/desk/matching');
    });

    step('the list is searched, ordered and paged', async () => {
      await karin.press(/^On$/);
      assert.match(await karin.text(), /26 to \d+ of \d+/);
      await karin.page.getByLabel('Order').selectOption('best');
      await karin.press('Show');
      const fits = (await rows().locator('td.number').allInnerTexts()).map(t => Number.parseInt(/\d+/.exec(t)[0], 10));
      assert.deepEqual(fits, [...fits].sort((a, b) => b - a));
      const [name] = Object.keys(await table());
      await karin.page.getByLabel('Name').fill(name.toUpperCase());
      await karin.press('Show');
      assert.ok((await rows().count()) >= 1);
      assert.ok((await rows().allInnerTexts()).some(t => t.includes(name)));
      await karin.page.getByLabel('Name').fill('nobody of that name');
      await karin.press('Show');
      assert.match(await karin.text(), /No pair is like that/);
    });

    step('why not her: what is shown is what happens', async () => {
      await karin.go('/desk/matching/why');
      const [mentee, has] = Object.entries(await table())[0];
      await karin.page.getByLabel('Mentee').selectOption({ label: mentee });
      await karin.press('Ask');
      await h1(new RegExp(`${has} is number \\d+ of \\d+ mentors`));
      // Each of the others has its price in the list, and the page of the pair says the same.
      const other = karin.page.locator('.rows li', { has: karin.page.locator('a.go', { hasNotText: has }) }).last();
      const price = /Costs the programme (.+) in all|Just as good|would have nobody/.exec(await other.innerText());
      assert.ok(price, await other.innerText());
      await other.locator('a.go').click();
      await karin.page.waitForLoadState('load');
      await h1(price[1] ? new RegExp(`costs the programme ${price[1].replace('.', '\\.')} in all`) : /just as good|would leave/);
      const moves = await karin.page.locator('.moves li').allInnerTexts();
      assert.ok(moves.length >= 1 && moves[0].startsWith(mentee), moves.join('\n'));
      assert.match(await karin.text(), /Goals and skills/);
      await karin.page.getByLabel('Why').fill('They asked for each other at the kick-off.');
      await karin.press(/^Choose .* for/);
      assert.match(await karin.text(), /The pair is locked/);
      const now = await table();
      for (const move of moves) {
        const [, who, to] = /^(.+?)(?:, who has nobody now,| from .+?) to (.+)$/.exec(move) ?? /^(.+?) would have (nobody)/.exec(move);
        assert.equal(now[who] ?? 'nobody', to, move);
      }
      await karin.go('/desk/matching?show=hand');
      assert.equal(await rows().count(), 1);
      assert.match(await rows().first().innerText(), /chosen by hand[\s\S]*|kick-off/);
    });

    step('two pairs swap their mentors, each pair can be locked and unlocked', async () => {
      await karin.go('/desk/matching?show=unsent&sort=mentee');
      await rows().filter({ hasNot: karin.page.locator('.chip', { hasText: 'by hand' }) }).first().getByRole('link', { name: /Look at/ }).click();
      await karin.page.locator('h1', { hasText: ' with ' }).waitFor();
      await karin.press('Lock');
      await karin.go('/desk/matching?show=locked');
      assert.equal(await rows().count(), 2);
      await karin.page.locator('input[name=pick]').last().check();
      await karin.press('Unlock');
      assert.match(karin.page.url(), /show=locked/);
      assert.equal(await rows().count(), 1);
      const before = await table();
      await karin.go('/desk/matching?sort=mentor');
      await rows().locator('a', { hasText: 'Look' }).first().click();
      const [mentee, mentor] = (await karin.page.locator('h1').innerText()).split(' with ');
      await karin.page.locator('summary', { hasText: 'Swap mentors' }).click();
      const form = karin.page.locator('form[action$="/swap"]');
      const options = await form.locator('option').allInnerTexts();
      await form.locator('select').selectOption({ index: options.length - 1 });
      const [other, others] = options.at(-1).split(' with ');
      await form.getByLabel('Why').fill('They work on the same floor.');
      await karin.press('Swap the two');
      const now = await table();
      if (now[mentee] === before[mentee]) {
        assert.match(await karin.text(), /A rule forbids this pair/);
      } else {
        assert.equal(now[mentee], others);
        assert.equal(now[other], mentor);
      }
    });

    step('two people are ruled out, and allowed again', async () => {
      const [mentee, mentor] = Object.entries(await table()).at(-1);
      await karin.go('/desk/matching/ruled-out');
      await karin.page.getByLabel('Mentee').selectOption({ label: mentee });
      await karin.page.getByLabel('Mentor').selectOption({ label: mentor });
      await karin.page.getByLabel('Why').fill('They were rivals for one post.');
      await karin.press('Never propose these two');
      await h1(/One pair is ruled out/);
      await karin.go('/desk/matching');
      await karin.press('Propose pairs');
      assert.notEqual((await table())[mentee], mentor);
      await karin.go('/desk/matching/ruled-out');
      await karin.press(/Allow .* again/);
      await h1(/No pair is ruled out/);
    });

    step('what if: the effect is seen, and nothing is written before she says so', async () => {
      const before = await table();
      await karin.go('/desk/matching/what-if');
      const effect = karin.page.locator('#effect');
      assert.match(await effect.innerText(), /On the table[\s\S]*With these/);
      await karin.page.locator('#level').fill('90');
      if (script) {
        assert.equal(await karin.page.locator('#level + output').innerText(), '90');
        await karin.page.waitForFunction(() => document.querySelector('#tried input[name=level]').value === '90');
        assert.match(karin.page.url(), /what-if$/);
      } else {
        await karin.press('See the effect');
        assert.equal(await karin.page.locator('#level').inputValue(), '90');
      }
      assert.match(await effect.innerText(), /would change|Nothing would change/);
      assert.equal(await house.sql('SELECT count(*) FROM matching_weights'), '0');
      assert.deepEqual(await table(), before);
      await karin.page.getByLabel('Why').fill('Distance in experience is what this round is about.');
      await karin.press('Use them and run again');
      await h1(/pairs/);
      assert.match(await house.sql('SELECT weights FROM matching_weights'), /level 90/);
    });

    step('every run is kept, replays to the same pairs, and is compared', async () => {
      await karin.go('/desk/matching/runs');
      const links = await karin.page.locator('tbody th a').all();
      assert.equal(links.length, 4);
      await links[3].click();
      await h1(/A run that made \d+ pairs/);
      await karin.press('Replay it');
      await h1(/Replayed: the same \d+ pairs/);
      await karin.page.getByLabel('With the run of').selectOption({ index: 0 });
      await karin.press('Compare');
      const beside = await karin.text();
      assert.match(beside, /Two runs beside each other/);
      assert.match(beside, /Weight of Distance in experience/);
      const runs = await house.json('match', '--cohort', cohort.slug, '--runs');
      assert.equal(runs.length, 4);
      for (const { run, matched } of runs) {
        const again = await house.json('match', '--cohort', cohort.slug, '--replay', run);
        assert.deepEqual([again.same, again.pairs, again.differ], [true, matched, []]);
      }
      await assert.rejects(house.cli('match', '--cohort', cohort.slug, '--replay', '4711'), /no such run/);
    });

    step('who is left out and whom it serves can be read', async () => {
      await karin.go('/desk/matching/left-out');
      await h1(/left out/);
      await karin.go('/desk/matching/fairness');
      const text = await karin.text();
      for (const words of ['By region', 'By organisation', 'Places used', 'What each aim would bring', 'As few poor fits as possible']) assert.ok(text.includes(words), words);
      for (const words of ['Bisexual', 'Gay', 'pansexual']) assert.ok(!text.includes(words), words);
    });

    step('only the marked pairs go out, after a page that says how many mails', async () => {
      await karin.go('/desk/matching');
      for (const k of [0, 1]) await karin.page.locator('input[name=pick]').nth(k).check();
      await karin.press('Send only these');
      await h1(/Send 2 proposals to both sides/);
      assert.match(await karin.text(), /4 mails go out/);
      const since = house.sink.mails.length;
      await karin.press('Send all 2');
      await house.advance('1h');
      for (let i = 0; i < 400 && house.sink.find({ since, rule: 'R08' }).length < 4; i++) await sleep(50);
      assert.equal(house.sink.find({ since, rule: 'R08' }).length, 4);
      await karin.go('/desk/matching?show=waiting');
      assert.equal(await rows().count(), 2);
    });

    if (script) {
      step('every page of it: axe finds nothing, nothing is too wide, in two looks and two languages, and it is small', async () => {
        const run = (await house.sql('SELECT id FROM matching_run ORDER BY id')).split('\n');
        const [mentee, mentor] = (await house.sql("SELECT a.mentee, b.mentor FROM matching_proposal a JOIN matching_proposal b ON a.id <> b.id WHERE a.state = 'draft' AND b.state = 'draft' ORDER BY a.id, b.id LIMIT 1")).split('|');
        const draft = await house.sql("SELECT id FROM matching_proposal WHERE state = 'draft' ORDER BY id LIMIT 1");
        const paths = ['', `/${draft}`, '/send', '/why', `/why?mentee=${mentee}`, `/why?mentee=${mentee}&mentor=${mentor}`, '/what-if', '/left-out', '/fairness', '/ruled-out', '/runs', `/runs/${run[0]}?with=${run[1]}`, `/runs/${run[1]}?replay=1`].map(p => `/desk/matching${p}`);
        const wrong = [];
        const cookies = await karin.context.cookies();
        for (const [locale, options] of [['en', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }], ['de', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }]]) {
          await house.sql(`UPDATE people_person SET locale = '${locale}' WHERE email = '${coordinator.email}'`);
          const context = await browser.newContext({ baseURL: house.url, bypassCSP: true, ...options });
          await context.addCookies(cookies);
          const page = await context.newPage();
          for (const path of paths) {
            const answer = await page.goto(path);
            if (answer.status() !== 200) { wrong.push(`${path}: ${answer.status()}`); continue; }
            await page.evaluate(axe);
            const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
            for (const v of result.violations) wrong.push(`${locale} ${path}: ${v.id} (${v.nodes.length}), ${v.nodes[0].html.slice(0, 120)}`);
            const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            if (over > 1) wrong.push(`${locale} ${path}: ${over} pixels wider than the window`);
            if (await page.locator('h1').count() !== 1) wrong.push(`${locale} ${path}: ${await page.locator('h1').count()} main headings`);
            const bytes = await new Promise((done, fail) => request(house.url + path, { headers: { 'accept-encoding': 'br, gzip', cookie: cookies.map(c => `${c.name}=${c.value}`).join('; ') } }, r => { let n = 0; r.on('data', d => { n += d.length; }); r.on('end', () => done(n)); }).on('error', fail).end());
            if (bytes > 20_000) wrong.push(`${locale} ${path}: ${bytes} bytes`);
          }
          await context.close();
        }
        await house.sql(`UPDATE people_person SET locale = 'en' WHERE email = '${coordinator.email}'`);
        assert.deepEqual(wrong, []);
      });
    }

    step('nobody else reads any of it', async () => {
      await house.cli('admin', 'add', 'sam@north.example', '--first-name', 'Sam', '--role', 'sponsor');
      const sam = await new Visitor(house, 'Sam').enter('sam@north.example');
      const draft = await house.sql("SELECT id FROM matching_proposal WHERE state = 'draft' ORDER BY id LIMIT 1");
      const run = await house.sql('SELECT id FROM matching_run ORDER BY id LIMIT 1');
      for (const path of ['', '/why', '/what-if', '/left-out', '/fairness', '/ruled-out', '/runs', `/runs/${run}`, `/${draft}`]) {
        const answer = await sam.get(`/desk/matching${path}`);
        assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`);
        assert.ok(!hrefs(answer.page).includes('/desk/matching/runs'));
      }
    });
  });
}
