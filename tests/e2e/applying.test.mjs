// From a notice on a wall to a place in a cohort: the public page, invitations, the application in four steps, screening, the
// waiting list and its draw. With and without JavaScript, on every engine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { forms, hrefs, Visitor } from '../lib/visitor.mjs';
import { preparedCohort, must } from '../lib/quick.mjs';
import { button } from '../lib/sink.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

for (const engine of engines) {
  describe(`applying, ${engine}`, () => {
    let house, browser, karin, enter, slug, closes, broken = null;
    const people = [];

    function step(name, body) {
      test(name, { timeout: 600_000 }, async t => {
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
    }
    const mark = () => house.sink.mails.length;
    const open = async (options = {}) => {
      const p = await Person.open(browser, house, { viewport: { width: 390, height: 844 }, ...options });
      people.push(p);
      return p;
    };
    const plain = { javaScriptEnabled: false };
    async function clean(p) {
      await p.page.evaluate(axe);
      const { violations } = await p.page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      assert.deepEqual(violations.map(v => `${p.page.url()}: ${v.id}, ${v.nodes[0].html.slice(0, 120)}`), []);
      assert.ok(await p.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${p.page.url()} is wider than the telephone`);
    }
    const state = async email => house.sql(`SELECT t.state FROM programmes_participant t JOIN people_person p ON p.id = t.person WHERE p.email_key = '${email}' ORDER BY t.state`);
    const applicationOf = async email => house.sql(`SELECT a.id FROM recruiting_application a JOIN people_person p ON p.id = a.person WHERE p.email_key = '${email}'`);

    // Fills the three screens, counting what a person is asked for; gives the address at the end.
    async function apply(p, { as, name, offer = [], want = [], goals, languages = 'English' }) {
      let asked = 0;
      const count = async () => { asked += await p.page.locator('form .field').count(); };
      await p.page.locator(`input[name=part][value=${as}]`).check();
      if (name) {
        await p.page.getByLabel('First name').fill(name[0]);
        await p.page.getByLabel('Last name').fill(name[1]);
      }
      await count();
      await p.press('Go on');
      for (const [i, words] of offer.entries()) await p.page.locator(`input[name=offer${i + 1}]`).fill(words);
      for (const [i, words] of want.entries()) await p.page.locator(`input[name=want${i + 1}]`).fill(words);
      if (goals) await p.page.getByLabel('What should be different').fill(goals);
      await count();
      await p.press('Go on');
      await p.page.getByLabel('Languages you can talk in').fill(languages);
      for (const i of [0, 1, 3, 4, 6, 7]) await p.page.locator('input[name=week]').nth(i).check();
      await p.page.getByLabel('I have read this').check();
      await count();
      await p.press('Send my application');
      assert.match(await p.text(), /Your application has arrived/);
      return asked;
    }

    before(async () => {
      house = await House.start(engine);
      browser = await openBrowser();
      let cohort;
      ({ karin, enter, cohort } = await preparedCohort(house, { train: [], changes: { cohort: { size: '12' } } }));
      slug = cohort.slug;
      // 41 days before the launch the plan's last day is over: applications are opened by hand
      const refused = await karin.send('/desk/applications/page', /page$/, { taking: 'open' });
      assert.match(refused.page, /Until when are applications open/);
      closes = new Date(Date.parse(cohort.launch) - 7 * 86400e3).toISOString().slice(0, 10);
      must(await karin.send('/desk/applications/page', /page$/, { taking: 'open', closes_day: closes }), 'open the door');
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    step('the public page is open to anybody, says when and how much, and is light', async () => {
      const nobody = new Visitor(house);
      const answer = await nobody.get(`/c/${slug}`);
      assert.equal(answer.status, 200);
      for (const words of [/Applications are open/, /hours or so in all/, /Karin|Berg/, /Times are those of Lisbon/, /Send me my link/]) assert.match(answer.page, words);
      let bytes = gzipSync(answer.page).length;
      for (const path of new Set(hrefs(answer.page.replace(/[\s\S]*?<head>|<\/head>[\s\S]*/g, '')).filter(h => h.startsWith('/assets/')))) {
        const asset = await fetch(house.url + path, { headers: { 'accept-encoding': 'gzip' } });
        bytes += Number(asset.headers.get('content-length')) || gzipSync(Buffer.from(await asset.arrayBuffer())).length;
      }
      assert.ok(bytes < 60 * 1024, `${bytes} bytes at the first visit`);
    });

    step('a coordinator changes its words, closes it and opens it again', async () => {
      must(await karin.send('/desk/applications/page', /page$/, { headline: 'Somebody to think with', taking: 'closed' }), 'close');
      const closed = (await new Visitor(house).get(`/c/${slug}`)).page;
      assert.match(closed, /Somebody to think with/);
      assert.match(closed, /Applications are closed/);
      assert.doesNotMatch(closed, /Send me my link/);
      must(await karin.send('/desk/applications/page', /page$/, { taking: 'open', closes_day: closes }), 'open');
    });

    step('somebody unknown applies in the browser without a script, in four steps and ten questions', async () => {
      const p = await open(plain);
      const since = mark();
      await p.go(`/c/${slug}`);
      await p.page.getByLabel('Your mail address').fill('nia@west.example');
      await p.press('Send me my link');
      assert.match(await p.text(), /Look into your mail/);
      const link = button(await house.sink.wait({ to: 'nia@west.example', since }), /begin/i);
      await p.go(link);
      const asked = await apply(p, { as: 'both', name: ['Nia', 'Okoro'], offer: ['Difficult conversations'], want: ['Negotiating', 'Saying no'], goals: 'Fewer evenings at work.' });
      assert.ok(asked <= 10, `${asked} questions`);
      assert.equal(await state('nia@west.example'), 'applied\napplied');
      await house.sink.wait({ to: 'nia@west.example', since, subject: /has arrived/ });
    });

    step('the same address asked for again looks the same as one that nobody knows', async () => {
      const a = new Visitor(house), b = new Visitor(house);
      const known = await a.send(`/c/${slug}`, /apply$/, { email: 'tom@north.example' });
      const unknown = await b.send(`/c/${slug}`, /apply$/, { email: 'who@west.example' });
      assert.deepEqual([known.status, known.headers.get('location')], [unknown.status, unknown.headers.get('location')]);
    });

    step('people are invited by pasting addresses; bad lines are named, nobody twice', async () => {
      const answer = await karin.send('/desk/applications/invite', /invite$/, { part: 'mentee', lines: 'Ida Marsh <ida@west.example>\nleo.stone@west.example\nno address here\nama@north.example' });
      assert.equal(answer.status, 200);
      assert.match(answer.page, /2 people are invited/);
      assert.match(answer.page, /Line 3/);
      assert.match(answer.page, /One was in this cohort already/);
      assert.equal(await state('ida@west.example'), 'invited');
    });

    step('the letter goes on the next working morning; with a script the draft survives a lost connection', async () => {
      const since = mark();
      await house.advance('3d');
      const mail = await house.sink.wait({ to: 'ida@west.example', since, rule: 'R02' });
      const p = await open({ bypassCSP: true });
      await p.go(button(mail, /apply/i));
      assert.match(await p.text(), /Ida, what would you like to be/);
      await clean(p);
      await p.page.locator('input[name=part][value=mentee]').check();
      await p.press('Go on');
      await p.page.waitForURL(/\/what$/);
      await clean(p);
      await p.page.locator('input[name=want1]').fill('Presenting to strangers');
      await p.page.getByLabel('What should be different').fill('I say something in every meeting.');
      await p.context.setOffline(true);
      await p.page.getByRole('button', { name: 'Go on', exact: true }).click();
      await p.page.getByText('There is no connection').waitFor();
      await p.context.setOffline(false);
      await p.page.reload();
      await p.page.getByText('is back').waitFor();
      assert.equal(await p.page.locator('input[name=want1]').inputValue(), 'Presenting to strangers');
      assert.equal(await p.page.getByLabel('What should be different').inputValue(), 'I say something in every meeting.');
      p.troubles = p.troubles.filter(t => !/ERR_INTERNET_DISCONNECTED/.test(t));
      await p.press('Save and go on later');
      await p.page.waitForURL(/\/c\//);
      house.ida = button(mail, /apply/i);
    });

    step('whoever leaves it unfinished is reminded, and goes on where they were', async () => {
      const since = mark();
      await house.advance('4d');
      const mail = await house.sink.wait({ to: 'ida@west.example', since, rule: 'R03' });
      const p = await open(plain);
      await p.go(button(mail, /finish/i));
      assert.match(p.page.url(), /\/when$/);
      const path = new URL(p.page.url()).pathname;
      const refused = await new Visitor(house).send(path, /when$/, { languages: 'Esperanto', agreed: null });
      assert.equal(refused.status, 422);
      assert.match(refused.page, /Please say that you have read this/);
      assert.match(refused.page, /value="Esperanto"/);
      await p.page.getByLabel('Languages you can talk in').fill('English');
      await p.page.getByLabel('I have read this').check();
      await p.press('Send my application');
      assert.match(await p.text(), /Your application has arrived/);
      assert.match(await p.text(), /Worth reading meanwhile/);
      await p.page.locator('.rows a').first().click();
      await p.page.waitForURL(/\/read\//);
    });

    step('no, thank you: one page, one press, and nobody asks again', async () => {
      const mail = house.sink.find({ to: 'leo.stone@west.example', rule: 'R02' })[0];
      const since = mark();
      const p = await open(plain);
      await p.go(button(mail, /no, thank you/i));
      await p.page.getByLabel('Would you tell us why?').fill('A full year');
      await p.press('No, not this time');
      assert.match(await p.text(), /You have said no/);
      assert.equal(await state('leo.stone@west.example'), 'declined');
      const again = await karin.send('/desk/applications/invite', /invite$/, { part: 'mentee', lines: 'leo.stone@west.example' });
      assert.match(again.page, /said no before/);
      await house.advance('8d');
      assert.equal(house.sink.find({ to: 'leo.stone@west.example', since }).length, 0);
      const list = (await karin.get('/desk/applications/invite')).page;
      assert.match(list, /A full year/);
      assert.match(list, /said no/);
    });

    step('somebody signed in suggests a colleague, whose letter names them; a stranger\'s suggestion waits', async () => {
      const tom = await enter({ email: 'tom@north.example', first_name: 'Tom' });
      const since = mark();
      must(await tom.send(`/c/${slug}/nominate`, /nominate$/, { first_name: 'Zoe', email: 'zoe@west.example', part: 'mentor', why: 'You explain things so that they stay.' }), 'nominate');
      const stranger = new Visitor(house);
      must(await stranger.send(`/c/${slug}/nominate`, /nominate$/, { first_name: 'Uma', email: 'uma@west.example', part: 'mentee', why: 'It is your turn.', by_name: 'Mona Manager', by_email: 'mona@north.example' }), 'nominate');
      await house.advance('3d');
      const mail = await house.sink.wait({ to: 'zoe@west.example', since, rule: 'R01' });
      assert.match(mail.text, /Tom Quillfeather suggested you/);
      assert.match(mail.text, /so that they stay/);
      assert.equal(house.sink.find({ to: 'uma@west.example', since }).length, 0);
      must(await karin.send('/desk/applications/invite', /nominations/, { answer: 'invite' }), 'settle');
      assert.equal(await state('uma@west.example'), 'invited');
    });

    step('the coordinator asks for more, gets the answer by link, and accepts', async () => {
      const id = await applicationOf('nia@west.example');
      const since = mark();
      assert.match((await karin.get('/desk/applications')).page, /Nia/);
      must(await karin.send(`/desk/applications/${id}`, /ask$/, { question: 'What was your hardest conversation?' }), 'ask');
      const mail = await house.sink.wait({ to: 'nia@west.example', since, subject: /question/ });
      const p = await open(plain);
      await p.go(button(mail, /answer/i));
      assert.match(await p.text(), /your hardest conversation/);
      await p.page.getByLabel('Your answer').fill('Closing a site with forty people.');
      await p.press('Send my answer');
      assert.match((await house.sink.wait({ to: 'karin@north.example', since, rule: 'application-answer' })).text, /Nia has answered/);
      assert.match((await karin.get(`/desk/applications/${id}`)).page, /with forty people/);
      must(await karin.send(`/desk/applications/${id}`, /accept$/, { words: 'Your example made us smile.' }), 'accept');
      const letter = await house.sink.wait({ to: 'nia@west.example', since, rule: 'R04-accepted' });
      assert.match(letter.text, /made us smile/);
      assert.equal(await state('nia@west.example'), 'accepted\naccepted');
      assert.match(await house.sql("SELECT f.wants FROM people_profile f JOIN people_person p ON p.id = f.person WHERE p.email_key = 'nia@west.example'"), /^Negotiating/);
    });

    step('who is mentor and mentee at once has both trainings, one home, and is never matched with themselves', async () => {
      const nia = await new Visitor(house, 'Nia').enter('nia@west.example');
      const page = (await nia.get('/learn')).page;
      const mine = new Set(hrefs(page).filter(h => /^\/learn\/M/.test(h)));
      const tom = new Set(hrefs((await (await enter({ email: 'tom@north.example', first_name: 'Tom' })).get('/learn')).page).filter(h => /^\/learn\/M/.test(h)));
      assert.ok(mine.size >= tom.size, `${mine.size} and ${tom.size} modules`);
      assert.match((await nia.get('/home', { follow: true })).page, /training|time zone/i);
      must(await karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
      const sides = await house.sql("SELECT (SELECT count(*) FROM matching_proposal WHERE mentor = mentee), (SELECT count(*) FROM matching_proposal m JOIN people_person p ON p.id IN (m.mentor, m.mentee) WHERE p.email_key = 'nia@west.example')");
      const [self, placed] = sides.split('|').map(Number);
      assert.equal(self, 0);
      assert.ok(placed > 0 || /Nia Okoro/.test((await karin.get('/desk/matching/left-out')).page), 'she is in the matching');
      assert.equal(await house.sql("SELECT count(*) FROM matching_proposal m JOIN people_person p ON p.id = m.mentee WHERE p.email_key = 'ida@west.example'"), '0');
    });

    step('the waiting list has a date and a draw that anybody can repeat', async () => {
      const ids = [];
      for (const email of ['ida@west.example']) ids.push(await applicationOf(email));
      for (const [i, name] of ['Pia', 'Quinn', 'Rob'].entries()) {
        const email = `${name.toLowerCase()}@west.example`;
        const since = mark();
        must(await new Visitor(house).send(`/c/${slug}`, /apply$/, { email }), 'ask for the link');
        const token = new URL(button(await house.sink.wait({ to: email, since }), /begin/i)).pathname;
        const v = new Visitor(house);
        must(await v.send(token, /you$/, { part: 'mentee', first_name: name, last_name: `Doe${i}` }), 'you');
        must(await v.send(`${token}/what`, /what$/, { want1: 'Presenting', goals: 'Less fear.' }), 'what');
        must(await v.send(`${token}/when`, /when$/, { languages: 'English', agreed: '1' }), 'when');
        ids.push(await applicationOf(email));
      }
      const since = mark();
      for (const id of ids) must(await karin.send(`/desk/applications/${id}`, /wait$/), 'wait');
      const letter = await house.sink.wait({ to: 'ida@west.example', since, rule: 'R04-waitlisted' });
      const p = await open(plain);
      await p.go(button(letter, /application/i));
      assert.match(await p.text(), /You hear by/);
      must(await karin.send('/desk/applications/draws', /draws$/, { part: 'mentee' }), 'draw');
      const [seed] = (await house.sql('SELECT seed FROM recruiting_draw')).split('\n');
      const drawn = (await house.sql('SELECT application FROM recruiting_draw_place ORDER BY place')).split('\n');
      const hash = id => execFileSync('b2sum', ['-l', '256'], { input: `${seed}:${id}` }).toString().slice(0, 64);
      assert.deepEqual(drawn, [...ids].sort((a, b) => (hash(a) < hash(b) ? -1 : 1)));
      const page = (await karin.get('/desk/applications/draws')).page;
      assert.ok(page.includes(seed));
      house.drawn = drawn;
      await house.advance('16d');
      assert.match((await karin.get('/desk/applications')).page, /the answer you promised/);
    });

    step('a kind no names a reason and a day; taking it back needs one page', async () => {
      const [first, second] = house.drawn;
      const since = mark();
      must(await karin.send(`/desk/applications/${first}/refuse`, /refuse$/, { words: 'There were four people for one place.' }), 'refuse');
      await house.advance('1h');
      const mails = house.sink.find({ since, rule: 'R04-notnow' });
      assert.equal(mails.length, 1);
      assert.match(mails[0].text, /four people for one place/);
      const email = await house.sql(`SELECT p.email_key FROM recruiting_application a JOIN people_person p ON p.id = a.person WHERE a.id = ${second}`);
      const letter = house.sink.find({ to: email, rule: 'R04-waitlisted' })[0];
      const p = await open(plain);
      await p.go(button(letter, /application/i));
      await p.press('Take my application back');
      await p.press('Take it back');
      assert.match(await p.text(), /You have taken your application back/);
      assert.equal(await state(email), 'declined');
    });

    step('line managers get dates and nothing else, if the applicant likes', async () => {
      const mail = house.sink.find({ to: 'nia@west.example', subject: /has arrived/ })[0];
      const v = new Visitor(house);
      const path = new URL(button(mail, /stand/i)).pathname;
      must(await v.send(path, /manager$/, { manager: 'boss@west.example', wanted: '1' }), 'manager');
      assert.match((await v.get(path)).page, /three letters/);
      assert.equal((await v.get(`/c/${slug}/managers`)).status, 200);
    });

    step('an application is its owner\'s and staff\'s: a forged link and another coordinator find nothing', async () => {
      const v = new Visitor(house);
      assert.equal((await v.get('/apply/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).status, 404);
      const tom = await enter({ email: 'tom@north.example', first_name: 'Tom' });
      assert.equal((await tom.get('/desk/applications')).status, 403);
      assert.ok(forms((await karin.get('/desk/applications')).page).length > 0);
    });
  });
}
