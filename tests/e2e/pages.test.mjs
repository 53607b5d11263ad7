// Every page in every state: light and dark, wide and on a phone, twice as large, in German and in the pseudo-locale. axe finds
// nothing, nothing leaves the window or is cut off, the HTML is valid, pages are small. A new GET route that nothing here leads to
// makes this fail.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from '../lib/browser.mjs';
import { accessible, measured, sentences, translated } from '../lib/look.mjs';
import { files, stage } from '../lib/stage.mjs';
import { cookies, walk } from '../lib/visits.mjs';
import { hrefs } from '../lib/visitor.mjs';

const wide = { width: 1280, height: 900 }, phone = { width: 390, height: 844 }, half = { width: 640, height: 450 };

describe('every page in every state', () => {
  let set, browser;
  const folder = mkdtempSync(join(tmpdir(), 'telemachus-pages-'));
  const saved = new Map();               // file -> which page that is

  before(async () => {
    set = await stage();
    browser = await openBrowser();
  }, { timeout: 600_000 });
  after(async () => {
    await browser?.close();
    await set?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const save = (visit, locale, html) => {
    const file = `${String(saved.size).padStart(4, '0')}-${locale}.html`;
    saved.set(file, `${visit.house} ${visit.who} ${visit.path}`);
    writeFileSync(join(folder, file), html);
  };
  const all = (list, complain, when) => list.forEach(c => complain(`${c} [${when}]`));
  test('every GET route is visited, and no link leads nowhere', () => {
    const seen = new Set(set.visits.map(v => v.route));
    assert.deepEqual(set.routes.map(r => r.path).filter(p => !seen.has(p) && !files.includes(p)), []);
    assert.deepEqual(set.dead, [], 'links that lead nowhere');
    assert.deepEqual(set.rejected.filter(r => !r.path).map(r => r.route), [], 'forms whose page was not found');
  });

  test('in English, wide and light, with axe; and with letters twice as large', { timeout: 1_500_000 }, async () => {
    const wrong = await walk(browser, set, { locale: 'en', language: 'en-GB', options: { viewport: wide, colorScheme: 'light' }, save }, async (page, complain) => {
      all(await accessible(page), complain, 'light, 1280');
      all(await measured(page), complain, '1280');
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      all(await measured(page), complain, '1280, letters 200 %');
    });
    assert.deepEqual(wrong, []);
  });

  test('in German, on a phone and dark, with axe; and wide, enlarged to 200 %', { timeout: 1_500_000 }, async () => {
    const wrong = await walk(browser, set, { locale: 'de', language: 'de-DE', once: true, options: { viewport: phone, colorScheme: 'dark', deviceScaleFactor: 2 }, save }, async (page, complain) => {
      all(await accessible(page, ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block']), complain, 'dark, 390');
      all(await measured(page), complain, '390');
      await page.setViewportSize(half);
      all(await measured(page), complain, '640');
      await page.setViewportSize(phone);
    });
    assert.deepEqual(wrong, []);
  });

  test('in the pseudo-locale, whose sentences are longer: on a phone and wide, and none is left in English', { timeout: 1_500_000 }, async () => {
    // What was written once stays in the language it was written in.
    const { house } = set.houses.lived;
    const stored = new Set((await house.sql('SELECT subject FROM mail_outbox UNION SELECT words FROM recruiting_application WHERE words IS NOT NULL')).split('\n'));
    const known = sentences().filter(s => !stored.has(s));
    const wrong = await walk(browser, set, { locale: 'en-XA', language: 'en-XA', once: true, options: { viewport: phone, colorScheme: 'light' } }, async (page, complain) => {
      all(await translated(page, known), complain, 'en-XA');
      all(await measured(page), complain, '390, pseudo');
      await page.setViewportSize(wide);
      all(await measured(page), complain, '1280, pseudo');
      await page.setViewportSize(phone);
    });
    assert.deepEqual(wrong, []);
  });

  test('the HTML of all of them is valid', { timeout: 600_000 }, () => {
    const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar')), 'build/dist/vnu.jar');
    const said = JSON.parse(execFileSync('java', ['-Xss4m', '-jar', jar, '--errors-only', '--exit-zero-always', '--stdout', '--format', 'json', folder], { maxBuffer: 256 << 20 }));
    const wrong = new Map();
    for (const m of said.messages) {
      const key = `${m.message} ${(m.extract ?? '').replace(/\s+/g, ' ').slice(0, 140)}`;
      if (!wrong.has(m.message)) wrong.set(m.message, `${key} at ${saved.get(m.url.split('/').pop())}`);
    }
    assert.ok(saved.size > 0);
    assert.deepEqual([...wrong.values()], []);
  });

  test('a page is under 20 KB compressed, the first load under 60 KB, and carries its headers', { timeout: 600_000 }, async () => {
    const wrong = [];
    // fetch() unpacks; the length on the wire is what counts
    const size = (url, cookie) => new Promise((done, fail) => request(url, { headers: { 'accept-encoding': 'br, gzip', cookie } }, r => {
      let n = 0;
      r.on('data', d => { n += d.length; });
      r.on('end', () => done({ n, headers: r.headers }));
    }).on('error', fail).end());
    for (const { house, who, path } of set.visits) {
      const got = await size(set.houses[house].house.url + path, cookies(set, house, who).map(c => `${c.name}=${c.value}`).join('; '));
      if (got.n > 20_000) wrong.push(`${path}: ${got.n} bytes`);
      const csp = got.headers['content-security-policy'] ?? '';
      if (!/frame-ancestors 'none'/.test(csp) || /unsafe-inline|unsafe-eval/.test(csp)) wrong.push(`${path}: content-security-policy ${csp}`);
      if (got.headers['x-content-type-options'] !== 'nosniff') wrong.push(`${path}: no nosniff`);
      if (!got.headers['referrer-policy']) wrong.push(`${path}: no referrer policy`);
    }
    const { url } = set.houses.lived.house;
    let all = (await size(`${url}/sign-in`, '')).n;
    for (const asset of new Set(hrefs(await (await fetch(`${url}/sign-in`)).text()).filter(h => h.startsWith('/assets/')).map(h => h.split('#')[0]))) all += (await size(url + asset, '')).n;
    if (all > 60_000) wrong.push(`the first load takes ${all} bytes`);
    assert.deepEqual(wrong, []);
  });
});
