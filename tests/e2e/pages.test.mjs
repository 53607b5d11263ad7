// Every kind of page: accessible by axe in light and dark, wide and on a phone; small; usable by keyboard; without script it says the same.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { House } from '../lib/house.mjs';
import { hrefs } from '../lib/visitor.mjs';
import { openBrowser } from '../lib/browser.mjs';
import { launchedCohort, must } from '../lib/quick.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('every kind of page', () => {
  let house, browser, who, pages;

  before(async () => {
    house = await House.start('sqlite');
    let pairs;
    ({ who, pairs } = await launchedCohort(house));
    const pair = pairs.Ama;
    must(await who.Ama.send(`/pairs/${pair}/messages`, /messages$/, { body: 'Hello Tom.' }), 'message');
    await house.advance('16d');
    const first = async (visitor, path, pattern) => hrefs((await visitor.get(path)).page).find(h => pattern.test(h));
    const desk = ['/desk', '/desk/acts', '/desk/keys', '/desk/cover', '/desk/pairs?show=unmet&flag=flagged', '/desk/people', '/desk/people/import', '/desk/people/facts', '/desk/pairs', `/desk/pairs/${pair}`, '/desk/matching', '/desk/matching/mentors', '/desk/matching/learn', '/desk/matching/unknown', '/desk/circles', '/desk/matching/send', '/desk/matching/why', '/desk/matching/what-if', '/desk/matching/left-out', '/desk/matching/fairness',
      '/desk/matching/ruled-out', '/desk/matching/runs', '/desk/cohort', '/desk/cohort/new', '/desk/design', '/desk/packs', '/desk/packs/nine-months', '/desk/packs/nine-months?kind=mails&lang=en&key=R14', '/desk/cohort/gates',
      '/desk/cohort/phases', '/desk/cohort/staff', '/desk/cohort/success', '/desk/gatherings', '/desk/training', '/desk/calls', '/desk/help', '/desk/mails', '/desk/figures', '/desk/sponsor', '/desk/closing', '/desk/closing/remind', '/desk/corrections', '/desk/retention',
      '/desk/applications', '/desk/applications/invite', '/desk/applications/draws', '/desk/applications/page',
      await first(who.Karin, '/desk/matching', /^\/desk\/matching\/\d+$/), await first(who.Karin, '/desk/matching/runs', /^\/desk\/matching\/runs\/\d+$/), await first(who.Karin, '/desk/people', /^\/desk\/people\/\d+$/), await first(who.Karin, '/desk/gatherings', /^\/desk\/gatherings\/\d+$/),
      await first(who.Karin, `/desk/pairs/${pair}`, /^\/desk\/pairs\/\d+\/for\/\d+$/), await first(who.Karin, '/desk/calls', /^\/desk\/calls\/\d+$/), await first(who.Karin, '/desk', /^\/desk\/flags\/\d+$/)];
    const person = ['/home', '/learn', '/library', '/people', '/gatherings', '/shortlist', '/me', '/me/profile', '/me/reminders', '/me/sessions', '/me/security', '/me/security/password', '/me/security/passkeys', '/me/security/app', '/me/data', '/me/data/log', '/me/data/correct', '/me/data/erase', '/help', '/concern', `/pairs/${pair}`,
      ...['messages', 'meetings', 'agreement', 'goals', 'notes', 'spoke', 'pause', 'reveal', 'closing', 'certificate'].map(p => `/pairs/${pair}/${p}`),
      await first(who.Ama, '/learn', /^\/learn\/./), await first(who.Ama, '/library', /^\/library\/./), await first(who.Ama, '/gatherings', /^\/gatherings\/\d+$/)];
    pages = [['nobody', ['/', '/sign-in', '/sign-in/password', '/help', '/concern', '/c/autumn', '/c/autumn/nominate', '/c/autumn/managers']], ['Ama', person], ['Karin', desk]].flatMap(([name, list]) => [...new Set(list.filter(Boolean))].map(path => ({ name, path })));
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.end();
  });

  async function contextOf(name, options) {
    const context = await browser.newContext({ baseURL: house.url, bypassCSP: true, ...options });
    if (name !== 'nobody') await context.addCookies([...who[name].cookies].map(([n, value]) => ({ name: n, value, url: house.url })));
    return context;
  }

  for (const [look, options] of [['light and wide', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }], ['dark on a phone', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }]]) {
    test(`axe finds nothing, ${look}`, { timeout: 600_000 }, async () => {
      const wrong = [];
      for (const name of ['nobody', 'Ama', 'Karin']) {
        const context = await contextOf(name, options);
        const page = await context.newPage();
        for (const { path } of pages.filter(p => p.name === name)) {
          const answer = await page.goto(path);
          if (answer.status() !== 200) { wrong.push(`${path}: ${answer.status()} for ${name}`); continue; }
          await page.evaluate(axe);
          const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
          for (const v of result.violations) wrong.push(`${path}: ${v.id} (${v.nodes.length}), ${v.nodes[0].html.slice(0, 120)}`);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (over > 1) wrong.push(`${path}: ${over} pixels wider than the window`);
          if (await page.locator('h1').count() !== 1) wrong.push(`${path}: ${await page.locator('h1').count()} main headings`);
        }
        await context.close();
      }
      assert.deepEqual(wrong, []);
    });
  }

  test('a page is under 20 KB compressed, the first load under 60 KB, and carries its headers', async () => {
    const wrong = [];
    const size = async (path, cookies) => {
      // fetch() unpacks; the length on the wire is what counts
      const { request } = await import('node:http');
      return new Promise((done, fail) => request(house.url + path, { headers: { 'accept-encoding': 'br, gzip', cookie: cookies } }, r => {
        let n = 0;
        const parts = [];
        r.on('data', d => { n += d.length; parts.push(d); });
        r.on('end', () => done({ n, headers: r.headers, body: Buffer.concat(parts) }));
      }).on('error', fail).end());
    };
    const cookies = name => (name === 'nobody' ? '' : [...who[name].cookies].map(([k, v]) => `${k}=${v}`).join('; '));
    for (const { name, path } of pages) {
      const got = await size(path, cookies(name));
      if (got.n > 20_000) wrong.push(`${path}: ${got.n} bytes`);
      const csp = got.headers['content-security-policy'] ?? '';
      if (!/frame-ancestors 'none'/.test(csp) || /unsafe-inline|unsafe-eval/.test(csp)) wrong.push(`${path}: content-security-policy ${csp}`);
      if (got.headers['x-content-type-options'] !== 'nosniff') wrong.push(`${path}: no nosniff`);
      if (!got.headers['referrer-policy']) wrong.push(`${path}: no referrer policy`);
    }
    const page = await (await fetch(`${house.url}/sign-in`)).text();
    let all = (await size('/sign-in', '')).n;
    for (const asset of new Set(hrefs(page).filter(h => h.startsWith('/assets/')).map(h => h.split('#')[0]))) all += (await size(asset, '')).n;
    if (all > 60_000) wrong.push(`the first load takes ${all} bytes`);
    assert.deepEqual(wrong, []);
  });

  test('the keyboard reaches everything: skip link first, focus always to be seen', async () => {
    const context = await contextOf('Ama', { viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const wrong = [];
    for (const path of ['/home', '/me', '/learn']) {
      await page.goto(path);
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(() => {
          const e = document.activeElement;
          if (!e || e === document.body) return null;
          const s = getComputedStyle(e);
          return { text: (e.textContent || e.getAttribute('aria-label') || e.id || '').trim().slice(0, 40), skip: e.className === 'skip', outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0, shadow: s.boxShadow !== 'none' };
        });
        if (!seen) break;
        if (i === 0 && !seen.skip) wrong.push(`${path}: the first stop is "${seen.text}", not the skip link`);
        if (!seen.outline && !seen.shadow) wrong.push(`${path}: no focus to be seen on "${seen.text}"`);
      }
    }
    await page.goto('/home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    if (!/#main$/.test(page.url())) wrong.push(`the skip link leads to ${page.url()}`);
    await context.close();
    assert.deepEqual(wrong, []);
  });
});
