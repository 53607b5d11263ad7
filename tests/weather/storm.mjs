// One kind of bad weather, in a process of its own, against a port of 127.0.0.1: storm.mjs KIND PORT SECONDS [COOKIE]. Ends by itself, at the
// latest when SECONDS are over; prints what it got as JSON.
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { request, Agent } from 'node:http';

const [kind, port, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const until = Date.now() + seconds * 1000;
const over = () => Date.now() >= until;
const sleep = ms => new Promise(done => setTimeout(done, ms));
const got = { opened: 0, closed: 0, statuses: {} };
setTimeout(() => { console.log(JSON.stringify(got)); process.exit(0); }, seconds * 1000 + 500);

function dial(onData = () => {}) {
  const s = connect(port, '127.0.0.1');
  s.on('connect', () => got.opened++);
  s.on('error', () => {});
  s.on('close', () => got.closed++);
  s.on('data', onData);
  return s;
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
function ask(method, path, from, body, cookie) {
  return new Promise(done => {
    const headers = { 'x-forwarded-for': from, ...(cookie ? { cookie } : {}), ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } : {}) };
    const r = request({ host: '127.0.0.1', port, method, path, agent, headers, timeout: 10_000 }, answer => {
      got.statuses[answer.statusCode] = (got.statuses[answer.statusCode] ?? 0) + 1;
      answer.resume();
      answer.on('end', done);
    });
    r.on('timeout', () => r.destroy());
    r.on('error', () => { got.statuses.error = (got.statuses.error ?? 0) + 1; done(); });
    r.end(body);
  });
}

// Many at once, each asking again as soon as it is answered; at most `most` in all.
async function crowd(n, most, one) {
  let left = most;
  await Promise.all(Array.from({ length: n }, async (_, i) => { while (!over() && left-- > 0) await one(i); }));
  got.asked = most - Math.max(left, 0);
}

const address = (net, i) => `203.0.${net}.${1 + (i % 250)}`;

const storms = {
  // 300 that send a byte a second: half of them in the headers, half in the body of a form.
  async slow() {
    const head = 'GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ' + 'a'.repeat(4000);
    const form = 'POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n';
    await Promise.all(Array.from({ length: 300 }, async (_, i) => {
      const s = dial();
      const text = i % 2 ? form + 'email=' + 'a'.repeat(4000) : head;
      let at = i % 2 ? form.length : 16;
      s.write(text.slice(0, at));
      while (!over() && !s.destroyed) { await sleep(1000); s.write(text[at++]); }
      s.destroy();
    }));
  },
  // 300 that ask for a large page and read a byte a second.
  async sip() {
    await Promise.all(Array.from({ length: 300 }, async () => {
      const s = dial();
      s.pause();
      s.write('GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20));
      while (!over() && !s.destroyed) { await sleep(1000); s.read(1); }
      s.destroy();
    }));
  },
  async idle() {
    const held = [];
    for (let i = 0; i < 5000 && !over(); i++) {
      held.push(dial());
      if (i % 250 === 249) await sleep(20);
    }
    while (!over()) await sleep(100);
    held.forEach(s => s.destroy());
  },
  // From one address and from 250, for people who are not there and for one who is.
  async flood() {
    const page = await fetch(`http://127.0.0.1:${port}/sign-in`);
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())[1];
    const cookie = page.headers.getSetCookie().map(c => c.split(';')[0]).join('; ');
    await crowd(100, 20_000, i => ask('POST', '/sign-in', i % 2 ? '203.0.113.7' : address(114, Math.floor(Math.random() * 250)),
      new URLSearchParams({ csrf, email: i % 4 ? `nobody${Math.floor(Math.random() * 1e6)}@example.org` : 'ana@example.org' }).toString(), cookie));
  },
  links: () => crowd(100, 10_000, i => ask(i % 4 ? 'GET' : 'POST', `/do/${randomBytes(40).toString('base64url')}`, address(115, i))),
  // A crowd of one address that wants a page each, over and over; and one that has signed in and wants the dearest page.
  crowd: () => crowd(200, 1e6, () => ask('GET', '/sign-in', '203.0.113.9')),
  greedy: () => crowd(200, 1e6, () => ask('GET', '/desk', '203.0.113.10', null, process.argv[5])),
};

await storms[kind]();
console.log(JSON.stringify(got));
process.exit(0);
