// The main ways through the program with the keyboard alone: signing in, applying, accepting a proposal, saying that two have spoken,
// raising a concern, a call from the desk, the five closing cards. The first two without JavaScript as well.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser, Person } from '../lib/browser.mjs';
import { House } from '../lib/house.mjs';
import { Keys } from '../lib/keys.mjs';
import { must, preparedCohort } from '../lib/quick.mjs';
import { button } from '../lib/sink.mjs';

const size = { viewport: { width: 1280, height: 900 } };

describe('with the keyboard alone', () => {
  let house, browser, karin, cohort, pair;
  const people = [];

  const open = async options => {
    const p = await Person.open(browser, house, { ...size, ...options });
    people.push(p);
    return { p, keys: new Keys(p.page) };
  };
  const enter = async email => {
    const one = await open();
    await one.p.enter(email);
    return one;
  };
  const step = (name, body) => test(name, { timeout: 600_000 }, async () => {
    await body();
    for (const p of people) assert.deepEqual(p.troubles, []);
  });

  before(async () => {
    house = await House.start('sqlite');
    browser = await openBrowser();
    ({ karin, cohort } = await preparedCohort(house));
    must(await karin.send('/desk/applications/page', /page$/, { taking: 'open', closes_day: new Date(Date.parse(cohort.launch) - 7 * 86400e3).toISOString().slice(0, 10) }), 'open the door');
  }, { timeout: 600_000 });
  after(async () => {
    await browser?.close();
    await house?.end();
  });

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with a script' : 'without a script';

    step(`signing in, ${how}`, async () => {
      const { p, keys } = await open({ javaScriptEnabled });
      const since = house.sink.mails.length;
      await p.go('/sign-in');
      await keys.fill('email', 'tom@north.example');
      await keys.go();                                   // Enter in the field sends it
      await p.go(button(await house.sink.wait({ to: 'tom@north.example', rule: 'sign-in', since }), /sign in/i));
      await keys.skip();
      await keys.enter(/^Sign in$/);
      assert.doesNotMatch(p.page.url(), /sign-in/);
      await p.go('/home');
      await keys.through();
    });

    step(`applying, in four steps, ${how}`, async () => {
      const { p, keys } = await open({ javaScriptEnabled });
      const email = `nia${javaScriptEnabled ? 1 : 2}@west.example`;
      const since = house.sink.mails.length;
      await p.go(`/c/${cohort.slug}`);
      await keys.fill('email', email);
      await keys.go();
      await p.go(button(await house.sink.wait({ to: email, since }), /begin/i));
      await keys.skip();
      await keys.choose('part', 'mentee');
      await keys.fill('first_name', 'Nia');
      await keys.fill('last_name', 'Okoro');
      await keys.enter(/^Go on$/);
      await keys.fill('want1', 'Negotiating');
      await keys.fill('goals', 'Fewer evenings at work.');
      await keys.enter(/^Go on$/);
      await keys.fill('languages', 'English');
      for (let i = 0; i < 4; i++) await keys.tick('week');
      await keys.tick('agreed');
      await keys.enter(/^Send my application$/);
      assert.match(await p.text(), /Your application has arrived/);
    });
  }

  step('a proposal is accepted from the mail', async () => {
    must(await karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
    const since = house.sink.mails.length;
    must(await karin.send('/desk/matching/send', /publish$/), 'publish');
    await house.advance('1h');
    for (const name of ['tom', 'bea', 'ama', 'raj']) {
      const mail = await house.sink.wait({ to: `${name}@north.example`, since, subject: /meet|propos/i });
      const { p, keys } = await open();
      await p.go(button(mail, /yes/i));
      await keys.skip();
      await keys.enter({ kind: 'button' });
      await p.close();
    }
    assert.equal(await house.sql("SELECT count(*) FROM journeys_pair"), '2');
    await house.setClock(cohort.launch + 'T08:00');
    must(await karin.send('/desk/gatherings', /seats$/), 'seats');
    must(await karin.send('/desk/cohort/gates', /gates\/launch$/), 'launch');
    await house.advance('3h');
    pair = await house.sql("SELECT p.id FROM journeys_pair p JOIN people_person e ON e.id = p.mentee WHERE e.email = 'ama@north.example'");
  });

  step('a message, a conversation that was had, a concern', async () => {
    const { p, keys } = await enter('ama@north.example');
    await p.go(`/pairs/${pair}/messages`);
    await keys.skip();
    await keys.fill('body', 'Good morning. Shall we begin?');
    await keys.enter(/^Send/);
    assert.match(await p.text(), /Shall we begin/);
    await p.go(`/pairs/${pair}/spoke`);
    await keys.skip();
    await keys.choose('kind', 'video');
    await keys.fill('minutes', '45');
    await keys.enter(/^Yes, we spoke$/);
    assert.equal(await house.sql(`SELECT n_met FROM journeys_pair WHERE id = ${pair}`), '1');
    await p.go('/home');
    await keys.enter(/Something feels wrong/);
    await keys.skip();
    await keys.choose('level', '0');
    await keys.fill('body', 'I am not sure whether this is meant well.');
    await keys.choose('pair', 'none');
    await keys.enter(/^Send$/);
    assert.match(p.page.url(), /\/concern\/[^?]+/);
  });

  step('the desk: a call is handled, and every page lets go of the keyboard', async () => {
    await house.advance('16d');
    const { p, keys } = await enter('karin@north.example');
    const done = () => house.sql("SELECT count(*) FROM care_call WHERE state = 'done'");
    const were = Number(await done());
    await p.go('/desk/calls');
    await keys.skip();
    await keys.to(/^Log it/);
    await keys.press('Enter');
    await keys.enter(/All is well/);
    assert.equal(Number(await done()), were + 1);
    for (const path of ['/desk', '/desk/pairs', '/desk/calls', '/desk/people', '/desk/matching', '/desk/cohort', '/desk/figures', `/desk/pairs/${pair}`]) {
      await p.go(path);
      await keys.through();
    }
  });

  step('a phone held in the hand has the same order', async () => {
    const { p, keys } = await enter('raj@north.example');
    await p.page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/home', '/me', '/learn', '/gatherings', '/me/profile']) {
      await p.go(path);
      await keys.through();
    }
  });

  step('five closing cards', async () => {
    const left = Math.ceil((Date.parse(cohort.end) - (await house.now()).getTime()) / 86400e3);
    await house.advance(`${left - 6}d`);
    const { p, keys } = await enter('ama@north.example');
    await p.go(`/pairs/${pair}/closing`);
    const next = async () => { await keys.enter(/^(Next card|Finish)$/); };
    await keys.skip();
    await keys.fill('learned', 'To ask first.');
    await next();
    await keys.fill('thanks', 'For your patience.');
    await next();
    await next();
    await keys.choose('next', 'in-touch');
    await next();
    await keys.choose('notes_choice', 'keep');
    await next();
    assert.match(await p.text(), /All five cards are done/);
  });
});
