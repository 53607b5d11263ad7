// The examples in packaging/ as real proxies on loopback in front of the program: their own test of the configuration, https with a
// certificate of our own, signing in, forms, files that are too large, whose address is believed, what is nobody's business outside.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { House, freePort, sleep } from '../lib/house.mjs';
import { preparedCohort } from '../lib/quick.mjs';
import { mentors } from '../lib/cast.mjs';
import { Visitor } from '../lib/visitor.mjs';

const packaging = resolve(dirname(fileURLToPath(import.meta.url)), '../../packaging');
const example = name => readFileSync(join(packaging, name), 'utf8');
const found = name => ['/usr/sbin', '/usr/bin'].map(d => join(d, name)).find(existsSync);
// What the example says is kept; only ports, names and places are ours. A line that is gone from the example is noticed.
function changed(text, ...changes) {
  for (const [from, to] of changes) {
    assert.ok(from instanceof RegExp ? from.test(text) : text.includes(from), `the example has no ${from} any more`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const proxies = {
  nginx: {
    configure(at) {
      const site = changed(example('nginx.conf'), [/^\s*listen \[::\].*\n/gm, ''], ['listen 80;', `listen 127.0.0.1:${at.plain};`], ['listen 443 ssl', `listen 127.0.0.1:${at.tls} ssl`],
        ['/etc/letsencrypt/live/mentoring.example.org/fullchain.pem', at.cert], ['/etc/letsencrypt/live/mentoring.example.org/privkey.pem', at.key],
        ['mentoring.example.org', 'localhost'], ['include proxy_params;', 'include /etc/nginx/proxy_params;'], ['127.0.0.1:8080', `127.0.0.1:${at.program}`]);
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(p => `${p}_temp_path ${at.dir}/${p};`).join(' ');
      writeFileSync(at.config, `pid ${at.dir}/pid; error_log ${at.log} info; daemon off; events {} http { access_log ${at.log}; ${places}\n${site}\n}\n`);
    },
    test: at => ['-t', '-e', at.log, '-c', at.config],
    run: at => ['-e', at.log, '-c', at.config],
  },
  caddy: {
    configure(at) {
      writeFileSync(at.config, changed(example('Caddyfile'), [/^\{$/gm, `{\n        admin off\n        http_port ${at.plain}\n        https_port ${at.tls}\n        skip_install_trust`],
        ['mentoring.example.org {', `localhost {\n        bind 127.0.0.1\n        tls ${at.cert} ${at.key}`], ['127.0.0.1:8080', `127.0.0.1:${at.program}`]));
    },
    test: at => ['validate', '--adapter', 'caddyfile', '--config', at.config],
    run: at => ['run', '--adapter', 'caddyfile', '--config', at.config],
  },
};

for (const [name, proxy] of Object.entries(proxies)) {
  describe(`behind ${name}`, { skip: !found(name) && `${name} is not installed` }, () => {
    let house, front, child, at, ama;

    before(async () => {
      const dir = mkdtempSync(join(tmpdir(), `telemachus-${name}-`));
      at = { dir, config: join(dir, 'config'), log: join(dir, 'log'), cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem'), plain: await freePort(), tls: await freePort() };
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', at.key, '-out', at.cert], { stdio: 'ignore' });
      house = await House.start('sqlite');
      at.program = house.port;
      await preparedCohort(house, { train: [] });
      await house.halt();
      house.env.TELEMACHUS_BASE_URL = `https://localhost:${at.tls}`;
      await house.serve();
      front = Object.assign(Object.create(house), { url: house.env.TELEMACHUS_BASE_URL });
      proxy.configure(at);
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';         // fetch knows no other list; one test below looks at the certificate
    });
    after(async () => {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      if (child) { child.kill('SIGTERM'); await child.ended; }
      await house?.end();
      if (at) rmSync(at.dir, { recursive: true, force: true });
    });

    const start = async () => {
      mkdirSync(join(at.dir, 'home'), { recursive: true });
      child = spawn(found(name), proxy.run(at), { env: { PATH: process.env.PATH, HOME: join(at.dir, 'home') }, stdio: ['ignore', 'pipe', 'pipe'] });
      child.words = '';
      for (const s of [child.stdout, child.stderr]) s.on('data', d => { child.words += d; });
      child.ended = new Promise(done => child.once('exit', done));
      for (let i = 0; i < 100 && child.exitCode === null; i++) {
        if (await fetch(`${front.url}/healthz`).then(r => r.ok, () => false)) return;
        await sleep(50);
      }
      assert.fail(`${name} does not serve: ${child.words}`);
    };

    test('its own test finds no mistake in the example', () => {
      execFileSync(found(name), proxy.test(at), { env: { PATH: process.env.PATH, HOME: at.dir }, stdio: 'pipe' });
    });

    test('it serves https with a certificate that can be checked, and sends plain http there', async () => {
      await start();
      const status = await new Promise((done, fail) => request(`${front.url}/healthz`, { ca: readFileSync(at.cert), rejectUnauthorized: true }, r => { r.resume(); done(r.statusCode); }).on('error', fail).end());
      assert.equal(status, 200);
      const plain = await new Promise((done, fail) => get({ host: '127.0.0.1', port: at.plain, path: '/help', headers: { host: 'localhost' } }, done).on('error', fail));
      plain.resume();
      assert.ok([301, 308].includes(plain.statusCode), `${plain.statusCode}`);
      assert.match(plain.headers.location, /^https:\/\/localhost.*\/help$/);
    });

    test('somebody signs in, reads, writes; cookies and headers are those of https', async () => {
      ama = new Visitor(front, 'Ama');
      const address = await house.signInAddress('ama@north.example');
      assert.ok(address.startsWith(front.url), address);
      await ama.get(address);
      const signed = await ama.ask('POST', new URL(address).pathname, { body: new URLSearchParams({ csrf: ama.csrf }), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: front.url, 'x-forwarded-for': '203.0.113.9' } });
      assert.equal(signed.status, 303);
      assert.match(signed.headers.getSetCookie().join('\n'), /__Host-[^=]+=[^;]+;.*Secure/i);
      const home = await ama.get('/home', { follow: true });
      assert.equal(home.status, 200);
      assert.match(home.headers.get('strict-transport-security'), /max-age/);
      assert.equal((await ama.send('/me/profile', /me\/profile$/, { about: 'Through the proxy.' })).status, 303);
      assert.match((await ama.get('/me/profile')).page, /Through the proxy\./);
      const zip = await fetch(`${front.url}/me/data.zip`, { headers: { cookie: [...ama.cookies].map(c => c.join('=')).join('; ') } });
      assert.equal(Buffer.from(await zip.arrayBuffer()).readUInt32LE(0), 0x04034b50);
    });

    test('the address is the one that the proxy saw, whatever a visitor claims', async () => {
      const seen = (await house.sql('SELECT address FROM people_session')).split('\n');
      assert.ok(seen.some(a => /^127\./.test(a)), seen.join(' '));
      assert.ok(!seen.some(a => a.startsWith('203.')), seen.join(' '));
    });

    test('figures and readiness are answered inside only', async () => {
      for (const path of ['/metrics', '/readyz']) assert.equal((await fetch(front.url + path)).status, 404, path);
      assert.equal((await fetch(`${house.url}/readyz`)).status, 200);
    });

    test('a file may be as large as the program says; beyond that it is refused, and nothing breaks', async () => {
      const karin = await new Visitor(front, 'Karin').enter('karin@north.example');
      const send = async megabytes => {
        await karin.get('/desk/people/import');
        const body = new FormData();
        body.set('csrf', karin.csrf);
        body.set('role', 'mentor');
        body.set('step', 'look');
        body.set('file', new Blob([`email,first_name\n${mentors[0].email},Tom\n`, ' '.repeat(megabytes * 1e6)]), 'list.csv');
        return karin.ask('POST', '/desk/people/import', { body }).then(r => r.status, e => e.cause?.code ?? e.name);
      };
      assert.ok([200, 422].includes(await send(2)), 'two megabytes are read');
      assert.equal(await send(8.7), 413, 'the program refuses what the proxy lets through');
      const far = await send(40);
      assert.ok([413, 502, 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(far), `the proxy refuses: ${far}`);
      assert.equal((await karin.get('/desk/people')).status, 200);
    });

    test('what opens doors stays out of its log', { skip: name !== 'nginx' && 'Caddy logs no requests unless told to' }, () => {
      const log = readFileSync(at.log, 'utf8');
      assert.match(log, /GET \/me\/profile/);
      assert.doesNotMatch(log, /GET \/sign-in\/[A-Za-z0-9_-]{20}/);
    });

    test('the program goes and comes back; the proxy says so meanwhile and needs no hand', async () => {
      await house.halt();
      assert.equal((await fetch(`${front.url}/help`)).status, 502);
      await house.serve();
      let status;
      for (let i = 0; i < 150 && status !== 200; i++) { status = (await fetch(`${front.url}/help`)).status; await sleep(100); }
      assert.equal(status, 200);
      assert.equal((await ama.get('/home', { follow: true })).status, 200, 'still signed in');
    });
  });
}
