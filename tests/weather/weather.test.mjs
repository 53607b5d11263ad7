// Slow and hostile clients, and what others notice of them: three people go on reading their pages while each kind of weather
// passes (storm.mjs, a process of its own). Loopback only, under a minute. With FIGURES=1 it prints a table and judges nothing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { request, Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { House, sleep } from '../lib/house.mjs';

const SECONDS = Number(process.env.WEATHER_SECONDS ?? 5);
const figures = Boolean(process.env.FIGURES);
let house;
let people;
let calm;

const agent = new Agent({ keepAlive: true });
function get(path, cookie, from) {
  return new Promise((done, fail) => {
    const began = performance.now();
    const r = request(house.url + path, { agent, headers: { cookie, 'x-forwarded-for': from }, timeout: 20_000 }, answer => {
      answer.resume();
      answer.on('end', () => done({ status: answer.statusCode, ms: performance.now() - began, headers: answer.headers }));
    });
    r.on('timeout', () => r.destroy(new Error('no answer within 20 s')));
    r.on('error', fail);
    r.end();
  });
}

async function enter(link, from) {
  const path = new URL(link).pathname;
  const page = await fetch(house.url + path, { headers: { 'x-forwarded-for': from } });
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const visit = page.headers.getSetCookie().map(c => c.split(';')[0]).join('; ');
  const answer = await fetch(house.url + path, { method: 'POST', redirect: 'manual', headers: { cookie: visit, 'x-forwarded-for': from, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ csrf }) });
  return answer.headers.getSetCookie().map(c => c.split(';')[0]).find(c => c.startsWith('tm_session='));
}

// Three people, each reading one page after another with a short breath between, for so many seconds.
async function read(seconds) {
  const times = [];
  const wrong = [];
  const until = Date.now() + seconds * 1000;
  await Promise.all(people.map(async ({ cookie, from, pages }) => {
    for (let i = 0; Date.now() < until; i++) {
      const answer = await get(pages[i % pages.length], cookie, from).catch(e => ({ status: e.message, ms: 20_000 }));
      times.push(answer.ms);
      if (answer.status !== 200) wrong.push(answer.status);
      await sleep(15);
    }
  }));
  times.sort((a, b) => a - b);
  const at = share => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { pages: times.length, p50: at(0.5), p99: at(0.99), worst: times.at(-1), wrong };
}

function storm(kind, seconds, ...more) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('storm.mjs', import.meta.url)), kind, String(house.port), String(seconds), ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', d => { out += d; });
  return new Promise(done => child.once('exit', () => done(JSON.parse(out.trim().split('\n').pop() || '{}'))));
}

const row = (name, r, more = '') => console.log(`# ${name.padEnd(44)} ${String(r.pages).padStart(5)} pages  p50 ${r.p50.toFixed(1).padStart(6)} ms  p99 ${r.p99.toFixed(1).padStart(7)} ms  worst ${r.worst.toFixed(0).padStart(5)} ms  ${more}`);

async function weather(kind, name, ...more) {
  const raging = storm(kind, SECONDS, ...more);
  await sleep(500);
  const seen = await read(SECONDS - 1);
  const got = await raging;
  row(name, seen, JSON.stringify(got));
  if (figures) return got;
  assert.deepEqual(seen.wrong, [], 'every page came');
  assert.ok(seen.p50 < calm.p50 + 150, `half of the pages within ${seen.p50.toFixed(0)} ms, ${calm.p50.toFixed(0)} when it is calm`);
  assert.ok(seen.p99 < calm.p99 + 500, `ninety-nine of a hundred within ${seen.p99.toFixed(0)} ms, ${calm.p99.toFixed(0)} when it is calm`);
  return got;
}

before(async () => {
  house = await House.start('sqlite', {});
  await house.cli('demo', '--day', '45');
  await house.serve();
  const links = await house.json('demo', '--links');
  people = await Promise.all(links.map(async (l, i) => ({ cookie: await enter(l.url, `198.51.100.${i + 1}`), from: `198.51.100.${i + 1}`, pages: i ? ['/home', '/me', '/learn', '/people'] : ['/desk', '/desk/calls', '/people', '/me'] })));
  await read(1);
  calm = await read(2);
  row('calm', calm);
});
after(() => house?.end());

test('three people read their pages', () => assert.deepEqual(calm.wrong, []));
test('300 that send a byte a second', () => weather('slow', '300 that send a byte a second'));
test('300 that read a byte a second', () => weather('sip', '300 that read a byte a second'));
test('5,000 idle connections', async () => { const got = await weather('idle', '5,000 idle'); if (!figures) assert.ok(got.opened >= 4900, `${got.opened} were taken`); });
test('a flood of sign-ins', () => weather('flood', 'a flood of sign-ins'));
test('10,000 forged action links', async () => { const got = await weather('links', '10,000 forged action links'); assert.equal(got.statuses[200] ?? 0, 0); });
test('a crowd from one address', () => weather('crowd', 'a crowd of 200 from one address'));
test('somebody signed in who wants the desk 200 times at once', () => weather('greedy', 'the desk, 200 times at once', people[0].cookie));
test('and afterwards everything is as before', async () => {
  const again = await read(2);
  row('afterwards', again);
  assert.deepEqual(again.wrong, []);
  const metrics = await (await fetch(house.url + '/metrics')).text();
  console.log('# ' + metrics.split('\n').filter(l => /^telemachus_(connections|workers_queue|requests_in_flight|body_bytes)/.test(l)).join(', '));
});
