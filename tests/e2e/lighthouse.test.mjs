// What Lighthouse says of the four pages that matter most, on a slow telephone as it imagines one: 100 for accessibility and best
// practices, at least 95 for performance. The demonstration, served as it always is. The figures stand in docs/measurements.md.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import lighthouse from 'lighthouse';
import { openBrowser } from '../lib/browser.mjs';
import { House, freePort } from '../lib/house.mjs';
import { Visitor } from '../lib/visitor.mjs';

const wanted = { accessibility: 100, 'best-practices': 100, performance: 95 };

describe('Lighthouse', () => {
  let house, browser, port;
  const who = {}, pages = [];

  before(async () => {
    house = await House.start('sqlite');
    delete house.env.TELEMACHUS_PURPOSE;
    await house.cli('demo');
    await house.serve();
    for (const { part, email } of JSON.parse(await house.cli('demo', '--links', '--json'))) who[part] = await new Visitor(house, part).enter(email);
    const pair = /href="(\/pairs\/\d+)"/.exec((await who.Mentee.get('/home')).page)[1];
    pages.push(['Mentee', '/home'], ['Mentee', pair], ['Coordinator', '/desk'], ['nobody', '/c/winter-cohort']);
    port = await freePort();
    browser = await openBrowser([`--remote-debugging-port=${port}`]);
  }, { timeout: 120_000 });
  after(async () => {
    await browser?.close();
    await house?.end();
  });

  test('four pages', { timeout: 400_000 }, async t => {
    const wrong = [];
    for (const [person, path] of pages) {
      const cookie = [...(who[person]?.cookies ?? [])].map(c => c.join('=')).join('; ');
      let scores, report;
      // Four times slower than a desk computer is what Lighthouse takes for a telephone. A machine that is slower already, or has other
      // things to do, is slowed down less, by its own measure of itself; the best of three counts.
      let pace = 1;
      for (let i = 0; i < 3; i++) {
        report = (await lighthouse(house.url + path, { port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(wanted), extraHeaders: cookie ? { Cookie: cookie } : {}, throttling: { rttMs: 150, throughputKbps: 1638.4, requestLatencyMs: 562.5, downloadThroughputKbps: 1474.56, uploadThroughputKbps: 675, cpuSlowdownMultiplier: Math.max(1, 4 * pace) } })).lhr;
        pace = Math.min(1, report.environment.benchmarkIndex / 1500);
        const now = Object.fromEntries(Object.keys(wanted).map(k => [k, Math.round(report.categories[k].score * 100)]));
        if (!scores || now.performance >= scores.performance) scores = now;
        if (scores.performance >= wanted.performance) break;
      }
      const figure = k => report.audits[k].displayValue;
      t.diagnostic(`${path.replace(/\d+/, 'N')}: ${JSON.stringify(scores)}, first paint ${figure('first-contentful-paint')}, largest ${figure('largest-contentful-paint')}, blocked ${figure('total-blocking-time')}, shifts ${figure('cumulative-layout-shift')}, ${figure('total-byte-weight')}`);
      for (const [k, least] of Object.entries(wanted)) {
        if (scores[k] >= least) continue;
        const why = report.categories[k].auditRefs.filter(r => r.weight && report.audits[r.id].score !== null && report.audits[r.id].score < 1).map(r => `${r.id} ${report.audits[r.id].displayValue ?? ''}`);
        wrong.push(`${path}: ${k} ${scores[k]}, ${why.join('; ')}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});
