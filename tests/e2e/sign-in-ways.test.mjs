// Ways to sign in beside the mailed link: password, passkeys, a second factor, more than one address; and the sessions they make.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { button } from '../lib/sink.mjs';
import { Visitor } from '../lib/visitor.mjs';

const good = 'lantern gravel otter seven';

// Browsers give passkeys to names, not to numbers.
async function houseByName(engine, env) {
  const house = await House.start(engine, env);
  house.url = house.env.TELEMACHUS_BASE_URL = `http://localhost:${house.port}`;
  return house;
}

// RFC 6238 once more, so that the two do not share a mistake.
function codeOf(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

// A device that makes and keeps passkeys, inside of this page's browser.
async function device(person, options = {}) {
  const cdp = await person.context.newCDPSession(person.page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    add: credential => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    clear: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
    verified: isUserVerified => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

async function addPasskey(person, name) {
  await person.go('/me/security/passkeys');
  await person.page.getByLabel('What is it called?').fill(name);
  await person.page.getByRole('button', { name: 'Make it' }).click();
  await person.page.waitForURL(/\/me\/security$/);
}

// A password takes its time: what is read afterwards must be the answer, not the page before it.
async function send(person, words) {
  const moved = person.page.waitForEvent('framenavigated');
  await person.press(words);
  await moved;
  await person.page.waitForLoadState('load');
}

async function byPassword(person, email, password) {
  await person.go('/sign-in/password');
  await person.page.getByLabel('Mail address').fill(email);
  await person.page.getByLabel('Password').fill(password);
  await send(person, 'Sign in');
}

async function setPassword(person, password) {
  await person.go('/me/security/password');
  await person.page.getByLabel('New password').fill(password);
  await send(person, 'Save it');
}

for (const engine of engines) {
  describe(`ways to sign in, ${engine}`, () => {
    let house, browser;
    const people = [];
    const open = async options => {
      const person = await Person.open(browser, house, options);
      people.push(person);
      return person;
    };
    const told = (to, subject, since) => house.sink.wait({ to, rule: 'security', since, subject });

    before(async () => {
      house = await houseByName(engine);
      for (const [name, role] of [['Ada', 'administrator'], ['Bea', 'sponsor'], ['Cem', 'sponsor'], ['Dora', 'sponsor'], ['Emil', 'sponsor'], ['Finn', 'sponsor']]) {
        await house.cli('admin', 'add', `${name.toLowerCase()}@example.org`, '--first-name', name, '--role', role);
      }
      await house.serve();
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await house?.end();
      assert.deepEqual(people.flatMap(p => p.troubles).filter(t => !/WebAuthn|status of 5/.test(t)), []);
    });

    test('a password is set, without JavaScript; what would be guessed is refused in words', async () => {
      const bea = await (await open({ javaScriptEnabled: false })).enter('bea@example.org');
      const elsewhere = await (await open()).enter('bea@example.org');
      for (const [password, words] of [['short', /too short/], ['password123456', /Many people/], ['abcdefghijklmn', /keyboard/], ['bea@example.org', /your address/]]) {
        await setPassword(bea, password);
        assert.match(await bea.text(), words, password);
        assert.equal(await bea.page.getByLabel('New password').inputValue(), '');
      }
      const since = house.sink.mails.length;
      await setPassword(bea, good);
      assert.match(await bea.text(), /password is set/i);
      const mail = await told('bea@example.org', undefined, since);
      assert.match(mail.text, /A password has been set/);
      assert.match(mail.text, /127\.0\.0\.1|::1/);
      await elsewhere.go('/me');
      assert.match(elsewhere.page.url(), /\/sign-in/, 'the other device is signed out');
      await bea.go('/me/security');
      assert.doesNotMatch(await house.sql('SELECT hash FROM people_password'), /lantern/);
      assert.match(await house.sql('SELECT hash FROM people_password'), /^\$argon2id\$/);
    });

    test('it signs in; a wrong one and an unknown address get the same answer', async () => {
      const bea = await open({ javaScriptEnabled: false });
      await byPassword(bea, 'BEA@example.org', good);
      await bea.go('/me/sessions');
      assert.match(await bea.text(), /with a password/);
      const stranger = new Visitor(house);
      const answers = new Set();
      for (const email of ['bea@example.org', 'nobody@example.org', 'bea@example.org', 'nobody@example.org']) {
        await stranger.get('/sign-in/password');
        const answer = await stranger.post('/sign-in/password', { email, password: 'this is not the one', next: '' });
        assert.equal(answer.status, 422);
        answers.add(answer.page.replace(/(value|content)="[^"]*"/g, ''));
      }
      assert.equal(answers.size, 1);
    });

    test('changing it asks for the present one; removing it asks once more', async () => {
      const bea = await open({ javaScriptEnabled: false });
      await byPassword(bea, 'bea@example.org', good);
      await bea.go('/me/security/password');
      await bea.page.getByLabel('Your present password').fill('something else entirely');
      await bea.page.getByLabel('New password').fill('walrus under four umbrellas');
      await send(bea, 'Save it');
      assert.match(await bea.text(), /not your present password/);
      await bea.page.getByLabel('Your present password').fill(good);
      await bea.page.getByLabel('New password').fill('walrus under four umbrellas');
      await send(bea, 'Save it');
      await byPassword(await open(), 'bea@example.org', 'walrus under four umbrellas');
      await bea.go('/me/security');
      await bea.press('Remove it');
      await bea.press('Remove it');
      await bea.go('/me/security');
      assert.match(await bea.text(), /You have none, and you need none/);
    });

    test('ten wrong ones close an account to passwords for a while, not to the link', async () => {
      const finn = await (await open()).enter('finn@example.org');
      await setPassword(finn, good);
      const stranger = new Visitor(house);
      await stranger.get('/sign-in/password');
      for (let i = 0; i < 10; i++) {
        const answer = await stranger.post('/sign-in/password', { email: 'finn@example.org', password: `wrong number ${i}`, next: '' }, { headers: { 'x-forwarded-for': '192.0.2.9' } });
        if (answer.status === 429) break;
        assert.equal(answer.status, 422);
      }
      const closed = await stranger.post('/sign-in/password', { email: 'finn@example.org', password: good, next: '' }, { headers: { 'x-forwarded-for': '192.0.2.10' } });
      // a new quarter of an hour may have begun in between
      assert.ok([429, 303].includes(closed.status), `${closed.status}`);
      await (await open()).enter('finn@example.org');
    });

    test('a flood of passwords is turned away, and pages stay quick', async () => {
      const stranger = new Visitor(house);
      await stranger.get('/sign-in/password');
      const quick = async () => {
        const began = performance.now();
        await fetch(`${house.url}/sign-in`).then(r => r.text());
        return performance.now() - began;
      };
      const flood = Array.from({ length: 120 }, (_, i) => stranger.post('/sign-in/password', { email: `flood${i}@example.org`, password: 'whatever it is', next: '' }, { headers: { 'x-forwarded-for': `198.51.100.${i}` } }));
      const times = [];
      for (let i = 0; i < 10; i++) times.push(await quick());
      const statuses = (await Promise.all(flood)).map(r => r.status);
      assert.ok(statuses.every(s => [422, 429, 503].includes(s)), `${new Set(statuses).size}: ${[...new Set(statuses)]}`);
      assert.ok(statuses.filter(s => s === 503).length > 20, 'most are told to come back');
      times.sort((a, b) => a - b);
      assert.ok(times[5] < 1000, `a page took ${times[5]} ms`);
    });

    test('passkeys: two with names, one signs in without a name typed', async () => {
      const cem = await (await open()).enter('cem@example.org');
      const key = await device(cem);
      const since = house.sink.mails.length;
      await addPasskey(cem, 'My telephone');
      assert.match((await told('cem@example.org', undefined, since)).text, /A passkey has been added/);
      assert.match(await cem.text(), /My telephone/);
      const [first] = await key.keys();
      assert.equal(first.isResidentCredential, true);
      // the same device is recognised
      await cem.go('/me/security/passkeys');
      await cem.page.getByLabel('What is it called?').fill('Again');
      await cem.page.getByRole('button', { name: 'Make it' }).click();
      await cem.page.getByText('This device has a passkey for this place already').waitFor();
      await key.clear();
      await addPasskey(cem, 'The grey key');
      assert.equal(await house.sql('SELECT count(*) FROM people_passkey'), '2');

      await cem.go('/sign-out');
      await cem.press('Sign out');
      await cem.go('/sign-in');
      await cem.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await cem.page.waitForURL(u => !/sign-in/.test(u.pathname));
      await cem.go('/me/sessions');
      assert.match(await cem.text(), /with a passkey/);

      // a device whose counter stands still is a copy
      await key.clear();
      await key.add({ ...first, signCount: 0 });
      await house.sql("UPDATE people_passkey SET sign_count = 1000 WHERE name = 'My telephone'");
      await cem.go('/sign-out');
      await cem.press('Sign out');
      await cem.go('/sign-in');
      const before = house.sink.mails.length;
      await cem.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await cem.page.getByText('its owner has been told why').waitFor();
      assert.match((await told('cem@example.org', undefined, before)).text, /there may be a copy/);
      await cem.go('/me');
      assert.match(cem.page.url(), /\/sign-in/);

      // one that does not verify its owner is not enough
      await key.verified(false);
      await cem.go('/sign-in');
      await cem.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await cem.page.getByText('That did not work, or it was broken off').waitFor();

      await cem.enter('cem@example.org');
      await cem.go('/me/security');
      await cem.page.getByRole('link', { name: 'Remove My telephone' }).click();
      await cem.press('Remove it');
      assert.doesNotMatch(await cem.text(), /My telephone/);
    });

    test('an answer of a passkey counts once, and only here', async () => {
      const dora = await (await open()).enter('dora@example.org');
      await device(dora);
      await addPasskey(dora, 'Laptop');
      await dora.go('/sign-out');
      await dora.press('Sign out');
      await dora.go('/sign-in');
      const sent = dora.page.waitForRequest(r => r.method() === 'POST' && /sign-in\/passkey$/.test(r.url()));
      await dora.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      const fields = Object.fromEntries(new URLSearchParams((await sent).postData()));
      await dora.page.waitForURL(u => !/sign-in/.test(u.pathname));
      const thief = new Visitor(house);
      await thief.get('/sign-in');
      const again = async changes => (await thief.post('/sign-in/passkey', { ...fields, csrf: thief.csrf, ...changes })).status;
      assert.equal(await again({}), 422, 'a second time');
      const data = JSON.parse(Buffer.from(fields.client_data, 'base64url'));
      const elsewhere = Buffer.from(JSON.stringify({ ...data, origin: 'https://evil.example' })).toString('base64url');
      assert.equal(await again({ client_data: elsewhere }), 422, 'from elsewhere');
      assert.equal(await again({ signature: fields.authenticator_data }), 422, 'with another signature');
      assert.equal((await thief.get('/me')).status, 303);
    });

    test('without JavaScript the page says so and offers the other ways', async () => {
      const plain = await open({ javaScriptEnabled: false });
      await plain.go('/sign-in');
      assert.match(await plain.text(), /Passkeys need JavaScript/);
      assert.equal(await plain.page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
      await plain.press('Sign in with a password');
      assert.match(plain.page.url(), /sign-in\/password/);
    });

    test('codes from an app: asked for after the link, each once; recovery codes for the day it is lost', async () => {
      const emil = await (await open({ javaScriptEnabled: false })).enter('emil@example.org');
      await emil.go('/me/security/app');
      await emil.page.locator('summary').click();
      const secret = await emil.page.locator('dd code').innerText();
      await emil.page.getByLabel('Six digits from the app').fill('000000');
      await emil.press('Turn it on');
      assert.match(await emil.text(), /not right/);
      assert.equal((await emil.page.locator('dd code').textContent()).trim(), secret, 'the picture stays the same');
      const first = codeOf(secret);
      await emil.page.getByLabel('Six digits from the app').fill(first);
      await emil.press('Turn it on');
      const codes = await emil.page.locator('.codes code').allInnerTexts();
      assert.equal(codes.length, 10);
      await emil.go('/me');

      const other = await (await open()).enter('emil@example.org');
      assert.match(other.page.url(), /sign-in\/second/);
      await other.go('/me');
      assert.match(other.page.url(), /\/sign-in/, 'half signed in is nobody');
      await other.go('/sign-in/second');
      await other.page.getByLabel('Code from your app').fill(first);
      await other.press('Go on');
      assert.match(await other.text(), /has been used/);
      await other.page.getByLabel('Code from your app').fill(codeOf(secret, Date.now() + 30_000));
      await other.press('Go on');
      await other.go('/me/sessions');
      assert.match(await other.text(), /and a second proof/);

      const since = house.sink.mails.length;
      const lost = await (await open()).enter('emil@example.org');
      await lost.page.getByLabel('Code from your app').fill(codes[0].toUpperCase().replaceAll('-', ' '));
      await lost.press('Go on');
      await lost.go('/me/security');
      assert.match(await lost.text(), /9 recovery codes left/);
      assert.match((await told('emil@example.org', undefined, since)).text, /recovery codes was used/);
      const thief = await (await open()).enter('emil@example.org');
      await thief.page.getByLabel('Code from your app').fill(codes[0]);
      await thief.press('Go on');
      assert.match(await thief.text(), /has been used/);
      await lost.go('/me/security');
      await lost.press('Turn this off');
      await lost.press('Turn it off');
      await (await open()).enter('emil@example.org').then(p => p.go('/me'));
    });

    test('an address is added, confirmed, made the main one, and removed', async () => {
      const dora = await (await open()).enter('dora@example.org');
      const add = async email => {
        await dora.go('/me/security');
        await dora.page.getByLabel('Another address').fill(email);
        await dora.press('Add it');
      };
      let since = house.sink.mails.length;
      await add('ada@example.org');
      const answer = await dora.page.locator('.flash').innerText();
      await add('dora@home.example');
      assert.equal(await dora.page.locator('.flash').innerText(), answer, 'somebody else\'s gets the same answer');
      const link = button(await house.sink.wait({ to: 'dora@home.example', rule: 'address', since }), /confirm/i);
      assert.equal(house.sink.find({ to: 'ada@example.org', rule: 'address', since }).length, 0);
      assert.match((await told('dora@example.org', undefined, since)).text, /is to be added/);
      const bea = await (await open()).enter('bea@example.org');
      await bea.go(link, 404);
      await dora.go(link);
      await dora.press('Add it');
      assert.match(await dora.text(), /yours now/);

      const second = await (await open()).signIn('Dora@Home.Example');
      await second.go('/me/security');
      since = house.sink.mails.length;
      await second.page.getByRole('button', { name: 'Make it the main one: dora@home.example' }).click();
      await second.page.waitForLoadState('load');
      assert.match((await told('dora@example.org', undefined, since)).text, /another of your addresses/);
      await second.go('/me/security');
      await second.page.getByRole('link', { name: 'Remove dora@example.org' }).click();
      await second.press('Remove it');
      const gone = new Visitor(house);
      since = house.sink.mails.length;
      await gone.send('/sign-in', /\/sign-in$/, { email: 'dora@example.org' });
      await gone.send('/sign-in', /\/sign-in$/, { email: 'dora@home.example' });
      await house.sink.wait({ to: 'dora@home.example', rule: 'sign-in', since });
      assert.equal(house.sink.find({ to: 'dora@example.org', rule: 'sign-in', since }).length, 0);
    });

    test('sessions: device, when and from where; one or all others are ended', async () => {
      const ada = await (await open()).enter('ada@example.org');
      const phone = await (await open({ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1' })).enter('ada@example.org');
      const third = await (await open()).enter('ada@example.org');
      await ada.go('/me/sessions');
      assert.match(await ada.text(), /Safari, iPhone[\s\S]*by a mailed link[\s\S]*Signed in from (127\.0\.0\.1|::1)/);
      await ada.press('Sign out', ada.page.locator('li', { hasText: 'iPhone' }));
      await phone.go('/me');
      assert.match(phone.page.url(), /\/sign-in/);
      await ada.press('Sign out everywhere else');
      await third.go('/me');
      assert.match(third.page.url(), /\/sign-in/);
      await ada.go('/me');
    });

    test('ways are changed only a short while after signing in', async () => {
      const bea = await (await open()).enter('bea@example.org');
      const count = () => house.sql("SELECT count(*) FROM people_session WHERE person = (SELECT id FROM people_person WHERE email = 'bea@example.org')");
      const sessions = await count();
      await house.sql("UPDATE people_session SET proven_at = proven_at - 3600 WHERE person = (SELECT id FROM people_person WHERE email = 'bea@example.org')");
      await bea.go('/me/security/password');
      assert.match(bea.page.url(), /\/me\/security$/);
      assert.match(await bea.text(), /Show once more that it is you/);
      const answer = await bea.page.evaluate(async () => (await fetch('/me/security/password/remove', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ csrf: document.querySelector('meta[name=csrf]').content }) })).status);
      assert.equal(answer, 403);
      const since = house.sink.mails.length;
      await bea.press('Sign in anew');
      await bea.press('Send me a link');
      await bea.go(button(await house.sink.wait({ to: 'bea@example.org', rule: 'sign-in', since }), /sign in/i));
      await bea.press('Sign in');
      assert.match(bea.page.url(), /\/me\/security$/);
      assert.ok(await bea.page.getByRole('link', { name: 'Set a password' }).count());
      assert.equal(await count(), sessions, 'the old session is gone');
    });
  });

  describe(`a second factor required of staff, ${engine}`, () => {
    let house, browser;

    before(async () => {
      house = await houseByName(engine, { TELEMACHUS_STAFF_SECOND_FACTOR: 'required' });
      await house.cli('admin', 'add', 'ada@example.org', '--first-name', 'Ada');
      await house.cli('admin', 'add', 'olu@example.org', '--first-name', 'Olu', '--role', 'sponsor');
      await house.serve();
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    test('the desk opens once there is one; the link alone is not enough then; a reset is told', async () => {
      const ada = await (await Person.open(browser, house)).enter('ada@example.org');
      assert.match(ada.page.url(), /sign-in\/second/);
      assert.match(await ada.text(), /You have none yet/);
      await ada.go('/desk/cohort/new');
      assert.match(ada.page.url(), /sign-in\/second/);
      await ada.press('Set one up');
      await device(ada);
      await addPasskey(ada, 'Key');
      await ada.go('/desk/cohort/new');
      assert.match(ada.page.url(), /desk\/cohort\/new/);

      await ada.go('/sign-out');
      await ada.press('Sign out');
      await ada.enter('ada@example.org');
      assert.match(ada.page.url(), /sign-in\/second/);
      await ada.go('/me/security');
      assert.match(ada.page.url(), /\/sign-in/);
      await ada.go('/sign-in/second');
      await ada.page.getByRole('button', { name: 'Use a passkey' }).click();
      await ada.page.waitForURL(/\/desk/);

      const since = house.sink.mails.length;
      await house.cli('admin', 'reset-second-factor', 'ada@example.org');
      assert.match((await house.sink.wait({ to: 'ada@example.org', rule: 'security', since })).text, /removed by an administrator/);
      await ada.go('/me');
      assert.match(ada.page.url(), /\/sign-in/);
      await ada.enter('ada@example.org');
      assert.match(await ada.text(), /You have none yet/);
    });

    test('others are not asked', async () => {
      const olu = await (await Person.open(browser, house)).enter('olu@example.org');
      await olu.go('/me');
      assert.match(olu.page.url(), /\/me$/);
    });
  });
}
