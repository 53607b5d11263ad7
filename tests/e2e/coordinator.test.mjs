// A coordinator who has only the guide takes a cohort of forty from the worksheet to the closing report, through the pages. The steps
// are counted, what is done is counted here and compared with the report, and every letter comes once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { House, sleep } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { button, links } from '../lib/sink.mjs';
import { Visitor, forms } from '../lib/visitor.mjs';
import { must } from '../lib/quick.mjs';

const zones = ['Europe/Lisbon', 'Europe/Berlin', 'Europe/Warsaw'];
const skills = ['Running meetings', 'Giving feedback', 'Data analysis', 'Project planning'];
// Twenty mentors and twenty mentees; the last four mentees come by the public page, all others on a list.
const people = Array.from({ length: 40 }, (_, i) => {
  const mentor = i < 20;
  const first = `${'ABCDEFGHIJKLMNOPQRST'[i % 20]}${mentor ? 'anna' : 'emil'}`;
  return { first, last: mentor ? 'Guide' : 'Seeker', mentor, email: `${first.toLowerCase()}@forty.example`, zone: zones[i % 3], skill: skills[i % 4], phone: `+3512101${String(10000 + i)}` };
});
const listed = people.slice(0, 36), applying = people.slice(36);
const line = p => [p.email, p.first, p.last, p.mentor ? 'mentor' : 'mentee', p.zone, 'English', p.mentor ? p.skill : '', p.mentor ? '' : p.skill, p.phone, 'Head of unit'].join(',');
const head = 'E-Mail,First name,Last name,Role,Time zone,Languages,Offers,Wants,Phone,Job title';

describe('a coordinator with only the guide', () => {
  let house, browser, karin, cohort, broken = null;
  const who = {};                               // participants, by first name
  const did = { proposals: 0, declined: 0, spoken: 0, came: 0, seats: 0, pairs: 0, closers: 0 };
  const addresses = new Set();                  // of every link that the coordinator was shown

  function step(name, body) {
    test(name, { timeout: 600_000 }, async t => {
      if (broken) return t.skip(`after: ${broken}`);
      try {
        await body();
        if (karin) assert.deepEqual(karin.troubles, []);
      } catch (error) {
        broken = name;
        error.message += `\n(at ${karin?.page.url()})\n${house?.logTail(10)}`;
        throw error;
      }
      return undefined;
    });
  }
  const mark = () => house.sink.mails.length;
  // The serving process looks at the programme's clock once a second.
  const at = async moment => { await house.setClock(moment); await sleep(1500); };
  // Waits until so many letters are there, and a moment longer for one too many.
  const came = async (n, what) => {
    for (const until = Date.now() + 60_000; house.sink.find(what).length < n && Date.now() < until;) await sleep(200);
    assert.equal(house.sink.find(what).length, n, JSON.stringify(what));
    return house.sink.find(what);
  };
  const page = async path => {
    await karin.go(path);
    for (const h of await karin.page.locator('main a[href^="/"], nav a[href^="/"]').evaluateAll(list => list.map(a => a.getAttribute('href').split('#')[0]))) addresses.add(h);
    return karin.text();
  };
  const day = n => new Date(Date.parse(cohort.launch) + n * 86400e3).toISOString().slice(0, 10);
  const enter = async p => (who[p.first] ??= await new Visitor(house, p.first).enter(p.email));
  // What comes next, as Today says it: the words of its first line and of its button.
  const next = async () => {
    await page('/desk');
    return (await karin.page.locator('#next li').first().innerText()).replace(/\s+/g, ' ');
  };

  async function prepare(p) {
    const v = await enter(p);
    for (let i = 0; i < 15; i++) {
      const module = /<a class="button" href="(\/learn\/[^"]+)"/.exec((await v.get('/learn')).page);
      if (!module) break;
      const answer = forms((await v.get(module[1])).page).find(f => /answer$/.test(f.action));
      must(await v.post(answer.action, { ...Object.fromEntries(answer.fields), answer: answer.radios.answer[0] }), 'answer');
      must(await v.send(module[1], new RegExp(`${module[1]}$`), { commitment: 'I will listen.', situation: '' }), 'module');
    }
    must(await v.send('/me/profile', /me\/profile$/, { about: 'I like long walks.', choice: null }), 'profile');
    must(await v.send('/me/profile', /confirm$/), 'confirm');
  }

  async function sayYes(mails) {
    for (const mail of mails) {
      const stranger = new Visitor(house);
      const path = new URL(button(mail, /yes/i)).pathname;
      const form = forms((await stranger.get(path)).page)[0];
      must(await stranger.post(form.action, [...form.fields, [form.buttons[0].name ?? 'answer', form.buttons[0].value]]), 'yes');
    }
  }

  // Sends what the table holds, as the confirming page says it; gives the letters.
  async function publish() {
    const since = mark();
    await page('/desk/matching');
    await karin.press('Send them to both sides');
    const n = Number(/Send (\d+|one)? ?proposal/.exec(await karin.text())?.[1] ?? 1) || 1;
    await karin.press(/^Send /);
    await house.advance('30m');
    const letters = await came(2 * n, { rule: 'R08', since });
    did.proposals += n;
    return letters;
  }

  const pathOf = async p => /\/pairs\/\d+/.exec((await (await enter(p)).get('/home')).page)[0];
  async function speak(p) {
    const v = await enter(p);
    const path = await pathOf(p);
    const form = forms((await v.get(`${path}/spoke`)).page).find(f => /spoke/.test(f.action));
    must(await v.post(form.action, [...form.fields.filter(([n]) => n !== 'kind'), ['kind', form.radios.kind[0]]]), 'spoke');
    did.spoken++;
  }
  async function closeCards(p) {
    const v = await enter(p);
    const path = await pathOf(p);
    for (let card = 1; card <= 5; card++) {
      const form = forms((await v.get(`${path}/closing?card=${card}`)).page).find(f => f.method === 'POST' && /closing/.test(f.action) && f.fields.length > 1);
      const fields = form.fields.slice();
      for (const [name, values] of Object.entries(form.radios)) if (!fields.some(([n]) => n === name) && values.length > 1) fields.push([name, values[0]]);
      must(await v.post(form.action, fields), `card ${card}`);
    }
    did.closers++;
  }

  before(async () => {
    house = await House.start('sqlite');
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await house?.end();
  });

  step('the first sign-in leads to the worksheet, and the cohort stands after twelve decisions', async () => {
    await house.cli('admin', 'add', 'karin@forty.example', '--first-name', 'Karin', '--last-name', 'Berg', '--zone', 'Europe/Lisbon');
    await house.setClock('2027-01-04T08:00');
    await house.serve();
    karin = await Person.open(browser, house);
    await karin.signIn('karin@forty.example');
    await karin.press('Make a cohort');
    await karin.press('Begin a worksheet');
    assert.match(await karin.text(), /0 of 12 decided/);
    const decisions = await karin.page.locator('a[href^="#"]').evaluateAll(list => new Set(list.map(a => a.getAttribute('href')).filter(h => h !== '#main')).size);
    assert.equal(decisions, 12, 'decisions on the worksheet');
    const p = karin.page;
    await p.fill('[name=purpose]', 'New colleagues find their way.');
    await p.fill('[name=success]', 'Nine of ten pairs close well.');
    await p.fill('[name=audience]', 'Everybody in the first two years.');
    await p.check('[name=pack][value=six-months]');
    await p.fill('[name=size]', '20');
    await p.fill('[name=budget]', '8,000 euros.');
    await p.fill('[name=sponsor_name]', 'Olu Ade');
    await p.fill('[name=sponsor_email]', 'olu@forty.example');
    await p.check('[name=basis][value=interest]');
    await karin.press('Save and look at the whole');
    await karin.press('Make the cohort');
    [cohort] = await house.json('cohort', 'list');
  });

  step('each line of the first gate is mended from its own button; data protection holds until somebody answers for it', async () => {
    const asked = await house.sink.wait({ to: 'olu@forty.example', rule: 'sponsor-sign' });
    assert.match(await page('/desk/cohort/success'), /Olu Ade has been asked by mail/);
    const olu = await Person.open(browser, house, { viewport: { width: 390, height: 844 } });
    await olu.enter('olu@forty.example');
    await olu.go(new URL(button(asked, /sign/i)).pathname);
    await olu.press('I sign this');
    assert.doesNotMatch(await olu.text(), /and sign it/);
    await olu.close();

    let since = mark();
    await page('/desk/cohort/staff');
    const form = karin.page.locator('form[action="/desk/cohort/staff"]');
    await form.getByLabel('Mail address').fill('mia@forty.example');
    await form.getByLabel('First name').fill('Mia');
    await form.getByLabel(/contact/i).first().check();
    await karin.press('Add', form);
    assert.match((await house.sink.wait({ to: 'mia@forty.example', since })).subject, /designated contact/);

    since = mark();
    await page('/desk/cohort/gates');
    await karin.press('Send me a test mail');
    await karin.go(new URL(links(await house.sink.wait({ to: 'karin@forty.example', since })).find(l => l.includes('mail-proof'))).pathname);
    await karin.press('It arrived');

    assert.match(await page('/desk/cohort/gates'), /One thing stands between[\s\S]*Nobody has confirmed the assessment/);
    assert.equal(await karin.page.getByRole('button', { name: 'Open applications' }).count(), 0);
    await karin.press('Read and confirm it');
    const text = await karin.page.request.get('/desk/cohort/dpia/text');
    assert.match(await text.text(), /New colleagues find their way/);
    await karin.page.check('[name=how][value=answered]');
    await karin.page.fill('[name=name]', 'Dora Data');
    await karin.press('Write it down');
    assert.match(await karin.text(), /A reason is needed/);
    await karin.page.check('[name=how][value=agreed]');
    await karin.press('Write it down');
    await karin.press('Open applications');
    assert.match(await next(), /Bring your people .*Import a list/);
  });

  step('one list with its mistakes, and its mended sister', async () => {
    await karin.press('Import a list');
    const bad = listed.map(line);
    bad[2] = bad[2].replace('@', '(at)');
    bad[5] = bad[5].replace(/Europe\/\w+/, 'Berln');
    const file = join(house.data, 'list.csv');
    writeFileSync(file, [head, ...bad].join('\n'));
    await karin.page.locator('input[type=file]').first().setInputFiles(file);
    await karin.press('Look at it first');
    const said = await karin.text();
    assert.match(said, /2 rows cannot be used[\s\S]*E-Mail[\s\S]*Time zone\s+Berln/);
    writeFileSync(file, [head, ...listed.map(line)].join('\n'));
    await karin.page.locator('input[type=file]').first().setInputFiles(file);
    await karin.press('Look again');
    await karin.press('Let 36 people in');
    assert.match(await next(), /People begin to prepare on/);
  });

  step('four apply by the public page, each in four steps and at most ten fields', async () => {
    await at('2027-02-10T10:00');
    for (const p of applying) {
      const a = await Person.open(browser, house, { viewport: { width: 390, height: 844 }, timezoneId: p.zone });
      const since = mark();
      await a.go(`/c/${cohort.slug}`);
      await a.page.getByLabel('Your mail address').fill(p.email);
      await a.press('Send me my link');                                  // 1
      await a.go(button(await house.sink.wait({ to: p.email, since }), /begin/i));
      let steps = 1, fields = 1;
      const go = async words => { fields += await a.page.locator('form .field').count(); steps++; await a.press(words); };
      assert.equal(await a.page.locator('[name=zone]').inputValue(), p.zone, 'the zone of the device');
      await a.page.locator('[name=part][value=mentee]').check();
      await a.page.getByLabel('First name').fill(p.first);
      await a.page.getByLabel('Last name').fill(p.last);
      await go('Go on');                                                 // 2
      await a.page.locator('[name=want1]').fill(p.skill);
      await a.page.getByLabel('What should be different').fill('I speak up');
      await go('Go on');                                                 // 3
      await a.page.getByLabel('Languages you can talk in').fill('English');
      await a.page.getByLabel('I have read this').check();
      await go('Send my application');                                   // 4
      await a.page.getByText(/has arrived/).first().waitFor();             // sent by the script, which survives a lost line
      assert.equal(steps, 4);
      assert.ok(fields <= 10, `${fields} fields`);
      await a.close();
    }
    assert.match(await next(), /4 applications to read/);
    for (let i = 0; i < 4; i++) {
      await page('/desk/applications');
      await karin.page.locator('main a[href^="/desk/applications/"]').filter({ hasText: /Seeker/ }).first().click();
      await karin.page.waitForLoadState('load');
      await karin.press('Accept');
    }
    assert.match(await karin.text(), /20 mentors and 20 mentees have a place/);
  });

  step('sittings for everybody, one room for all, and a week of preparing', async () => {
    await page('/desk/gatherings');
    await karin.press('Find sittings for everybody');
    await karin.page.fill('[name=room]', 'https://meet.example/room');
    await karin.press('Use it for all');
    assert.match(await karin.text(), /every sitting has a link/);
    await at(`${day(-38)}T12:00`);
    for (const p of people) await prepare(p);
    assert.match(await page('/desk'), /40 of 40 have finished/);
    await came(40, { rule: 'R05' });
  });

  step('pairs are proposed and sent; one says no, one never answers, and the next round serves them', async () => {
    await at(`${day(-28)}T10:00`);
    assert.match(await next(), /Propose pairs .*To the matching/);
    await karin.press('To the matching');
    await karin.press('Propose pairs');
    assert.match(await next(), /20 proposals to read and send/);
    const letters = await publish();
    const [no, silent] = [people[0], people[4]].map(p => letters.find(m => m.recipient === p.email));     // of one skill: each fits the other's mentee
    await sayYes(letters.filter(m => m !== no && m !== silent));
    const refuser = people.find(p => p.email === no.recipient);
    const proposal = new URL(links(no).find(l => l.includes('/proposals/'))).pathname;
    must(await (await enter(refuser)).send(proposal, /proposals/, { answer: 'no', note: '' }), 'no');
    did.declined = 1;
    await at(`${day(-22)}T10:00`);                            // five days are over
    assert.match(await page('/desk'), /to read and send|2 mentees have no partner/);
    for (let round = 0; round < 3; round++) {
      await page('/desk/matching');
      if (await karin.page.getByRole('button', { name: 'Find mentors for the rest' }).count()) await karin.press('Find mentors for the rest');
      if (!await karin.page.getByRole('link', { name: 'Send them to both sides' }).count()) break;
      await sayYes(await publish());
      await house.advance('30m');
    }
    did.pairs = Number(await house.sql('SELECT count(*) FROM journeys_pair'));
    assert.ok(did.pairs >= 19, `${did.pairs} pairs\n${await page('/desk/matching/left-out')}`);
  });

  step('it is launched from what Today says, and nobody is called absent before somebody has ticked', async () => {
    await at(`${cohort.launch}T08:00`);
    await page('/desk/gatherings');
    await page('/desk');
    assert.match(await karin.text(), /Launch the cohort[\s\S]*the day is here/);
    await karin.press('To the launch');
    await karin.press('Launch the cohort');
    await house.advance('30h');
    assert.match(await page('/desk'), /Who came: Launch/);
    assert.equal(house.sink.find({ rule: 'R13-missed' }).length, 0);
    assert.doesNotMatch(await karin.text(), /missed a gathering/);
    while (/Who came: Launch/.test(await page('/desk'))) {
      await karin.press('Tick who came');
      await karin.press('Tick all of them');
      const boxes = karin.page.locator('[name=people]');
      did.came += await boxes.count();
      await karin.press('Save');
    }
    assert.equal(did.came, 40);
    await house.advance('4d');
    await came(40, { rule: 'R13-attended' });
  });

  step('weeks pass; a silent pair is seen, a call is logged in two clicks from the list and from the mail', async () => {
    const mentees = people.filter(p => !p.mentor);
    const paired = [];
    for (const p of mentees) if (/\/pairs\/\d+/.test((await (await enter(p)).get('/home')).page)) paired.push(p);
    assert.equal(paired.length, did.pairs);
    const [silent, ...others] = paired;
    const since = mark();
    for (let week = 0; week < 3; week++) {
      for (const p of others) await speak(p);
      await house.advance('13d');
    }
    assert.match(await page(`/desk/pairs/${/\d+/.exec(await pathOf(silent))[0]}`), /What waits[\s\S]*Ring /);
    await page('/desk');
    let clicks = 0;
    const click = async target => { await target.click(); clicks++; };
    await click(karin.page.getByText('Log it', { exact: true }).first());
    await click(karin.page.locator('details[open] form').first().getByRole('button', { name: 'All is well' }));
    assert.match(await karin.text(), /The call is logged/);
    assert.equal(clicks, 2);
    const mail = await house.sink.wait({ to: 'karin@forty.example', rule: 'R40', since });
    const offered = links(mail).map(l => /\/desk\/calls\/(\d+)/.exec(l)?.[1]).filter(Boolean);
    const open = await house.sql(`SELECT id FROM care_call WHERE state = 'due' AND id IN (${offered}) LIMIT 1`);
    await karin.go(new URL(links(mail).find(l => l.endsWith(`/desk/calls/${open}`))).pathname);           // the first click, in the mail
    await karin.press('Nobody answered');                                 // the second
    assert.match(await karin.text(), /logged|Noted|tried/i);
    who.others = others;
    who.silent = silent;
  });

  step('a pair ends early, and the page asks once more before it does', async () => {
    const early = who.others.pop();
    await page(`/desk/pairs/${/\d+/.exec(await pathOf(early))[0]}`);
    await karin.page.locator('details summary', { hasText: /to an end/ }).first().click();
    await karin.page.check('[name=reason][value=life-change]');
    await karin.press('Begin the closing');
    assert.match(await karin.text(), /closing/);
    who.early = early;
  });

  step('targets change with a reason, and the report says so', async () => {
    await page('/desk/cohort/targets');
    await karin.page.fill('[name=target5]', '85');
    await karin.press('Save');
    assert.match(await karin.text(), /A reason is needed/);
    await karin.page.fill('[name=reason]', 'The second half-year is quieter.');
    await karin.press('Save');
    assert.match(await karin.text(), /from 75\s?% to 85\s?%/);
    assert.match(await page('/desk/figures/report'), /Targets that changed[\s\S]*quieter/);
  });

  step('the ending: five cards in five steps, and nobody just expires', async () => {
    for (let at = 0; at < 6; at++) {
      for (const p of who.others) await speak(p);
      await house.advance('18d');
    }
    const [{ end }] = await house.json('cohort', 'list');
    await at(`${new Date(Date.parse(end) - 10 * 86400e3).toISOString().slice(0, 10)}T10:00`);
    for (const p of who.others) await speak(p);
    assert.match(await page('/desk'), /pairs have not closed yet/);
    const [one] = who.others;
    const a = await Person.open(browser, house, { viewport: { width: 390, height: 844 } });
    await a.enter(one.email);
    await a.go('/home');
    assert.match(await a.page.locator('main h1').first().innerText(), /ending|goodbye|close/i, 'the ending is the next step');
    await a.go(`${await pathOf(one)}/closing`);
    assert.match(await a.text(), /about twelve minutes/);
    let cards = 0;
    while (await a.page.getByRole('button', { name: /Next card|Finish/ }).count()) {
      const radio = a.page.locator('main form input[type=radio]');
      if (await radio.count() && !await a.page.locator('main form input[type=radio]:checked').count()) await radio.first().check();
      await a.press(/Next card|Finish/);
      cards++;
    }
    assert.equal(cards, 5);
    assert.match(await a.text(), /My certificate/);
    did.closers++;
    await a.close();
    for (const p of who.others.slice(1)) await closeCards(p);
    const mentors = (await house.sql(`SELECT DISTINCT b.email FROM journeys_pair p JOIN people_person a ON a.id = p.mentee JOIN people_person b ON b.id = p.mentor
      WHERE a.email IN (${who.others.map(p => `'${p.email}'`)})`)).split('\n');
    for (const email of mentors) await closeCards(people.find(p => p.email === email));
    await at(`${new Date(Date.parse(end) + 20 * 86400e3).toISOString().slice(0, 10)}T10:00`);
    assert.match(await next(), /Bring (one pair|\d+ pairs) to an end/);
    for (let i = 0; i < 4; i++) {
      const id = await house.sql("SELECT id FROM journeys_pair WHERE state <> 'closed' LIMIT 1");
      if (!id) break;
      await page(`/desk/pairs/${id}`);
      await karin.page.locator('details summary', { hasText: /ending|an end/ }).first().click();
      if (await karin.page.locator('[name=reason]').count()) await karin.page.locator('[name=reason][value=no-contact]').check();
      await karin.press(/Close it|Begin the closing|Complete/, karin.page.locator('details[open]'));
    }
    assert.match(await next(), /Read the report, and pass it on/);
  });

  step('the report says what was done, no more and no less', async () => {
    await karin.press('Open the report');
    assert.match(await karin.text(), /Nine of ten pairs close well[\s\S]*Signed by Olu Ade/);
    const file = await karin.page.request.get('/desk/figures/report/file');
    assert.equal(file.status(), 200);
    const rows = Object.fromEntries((await (await karin.page.request.get('/desk/figures/csv')).text()).split('\n').map(l => l.split(',')).filter(r => r[0]).map(r => [r[0], { value: Number(r[2]), n: Number(r[6]), of: Number(r[7]) }]));
    const figure = (key, n, of) => assert.deepEqual([rows[key].n, rows[key].of], [n, of], key);
    figure('application', 40, 40);
    figure('match-mentee', did.pairs, 20);
    figure('declined', did.declined, did.proposals);
    figure('meetings', did.spoken, did.pairs);
    figure('first-meeting-start', did.pairs - 1, did.pairs);              // all but the silent one
    figure('completion', who.others.length, did.pairs);
    assert.equal(rows['attendance-live'].n, did.came);
  });

  step('letters: none twice, none missing, and three to the sponsor', async () => {
    const [{ end }] = await house.json('cohort', 'list');
    await at(`${new Date(Date.parse(end) + 44 * 86400e3).toISOString().slice(0, 10)}T12:00`);
    const all = house.sink.mails;
    assert.equal(new Set(all.map(m => m.messageId)).size, all.length, 'a mail came twice');
    assert.deepEqual(house.sink.find({ to: 'olu@forty.example' }).map(m => m.rule).filter(r => /^R37/.test(r)).sort(), ['R37-end', 'R37-launch', 'R37-mid']);
    const once = (rule, n) => {
      const to = house.sink.find({ rule }).map(m => m.recipient);
      assert.equal(to.length, n, rule);
      assert.equal(new Set(to).size, n, `${rule}, once each`);
    };
    once('applied', 4);
    once('R04-accepted', 4);
    once('R05', 40);
    once('R10', 2 * did.pairs);
    once('R13-attended', 40);
    assert.equal(house.sink.find({ rule: 'R08' }).length, 2 * did.proposals);
  });

  step('the cohort is closed, Today says so, and no link that was shown leads nowhere', async () => {
    await page('/desk/cohort');
    await karin.press('Close the cohort');
    await karin.press('Close the cohort');
    assert.match(await page('/desk'), /This cohort is closed/);
    const lost = [];
    for (const path of addresses) {
      const answer = await karin.page.request.get(path, { maxRedirects: 0 });
      if (answer.status() >= 400) lost.push(`${answer.status()} ${path}`);
    }
    assert.deepEqual(lost, []);
  });
});
