// One cohort walks through its whole life on the programme clock, as coordinator, sponsor, mentors and mentees live it: real pages,
// real mails from a real SMTP server. Without JavaScript on every engine, and once with it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { button, links } from '../lib/sink.mjs';
import { contact, coordinator, mentees, mentors, roster, sponsor, status } from '../lib/cast.mjs';

const lives = [...engines.map(engine => ({ engine, script: false })), { engine: 'sqlite', script: true }];

for (const { engine, script } of lives.filter(l => !process.env.LIFE || process.env.LIFE === `${l.engine}${l.script ? '+js' : ''}`)) {
  describe(`a cohort's life, ${engine}, ${script ? 'with' : 'without'} JavaScript`, () => {
    let house, browser, broken = null, pairPath;
    const people = {};
    const [tom, bea] = mentors;
    const [ama, raj] = mentees;

    // A step of the story. The first that fails ends it: the others would only repeat its failure.
    function step(name, body) {
      test(name, { timeout: 600_000 }, async t => {
        if (broken) return t.skip(`after: ${broken}`);
        try {
          await body();
          for (const p of Object.values(people)) assert.deepEqual(p.troubles, [], `${p.name}'s pages`);
        } catch (error) {
          if (!process.env.LIFE_ON) broken = name;
          for (const p of Object.values(people)) p.troubles.length = 0;
          const seen = Object.values(people).map(p => `${p.name} at ${p.page.url()}`).join(', ');
          error.message += `\n(${seen})\n${house?.logTail(10)}`;
          throw error;
        }
        return undefined;
      });
    }

    async function person(who, enter = true) {
      const p = await Person.open(browser, house, { javaScriptEnabled: script });
      p.name = who.first ?? who.first_name;
      if (enter) await p.enter(who.email);
      people[who.email] = p;
      return p;
    }
    const field = (p, label) => p.page.getByLabel(label).first();
    async function h1(p, words) {
      const seen = await p.page.locator('h1').first().innerText();
      assert.match(seen, words);
    }
    const mark = () => house.sink.mails.length;

    // Answers a mail by its button: the confirming page, then its own button.
    async function answerByMail(mail, words, press, fill = async () => {}) {
      const stranger = await Person.open(browser, house, { javaScriptEnabled: script });
      await stranger.go(button(mail, words));
      await fill(stranger);
      await stranger.press(press);
      const said = await stranger.text();
      assert.deepEqual(stranger.troubles, []);
      await stranger.close();
      return said;
    }

    before(async () => {
      house = await House.start(engine);
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    step('an administrator is added on the machine and signs in by a mailed link', async () => {
      await house.cli('admin', 'add', coordinator.email, '--first-name', coordinator.first, '--last-name', coordinator.last, '--zone', 'Europe/Lisbon');
      // A Monday morning, so that working days are where the story expects them.
      const now = await house.now();
      const days = (8 - now.getUTCDay()) % 7 || 7;
      await house.setClock(new Date(now.getTime() + days * 86400e3).toISOString().slice(0, 10) + 'T07:00');
      await house.serve();
      const karin = await person(coordinator, false);
      await karin.signIn(coordinator.email);
      await karin.go('/desk');
    });

    step('a cohort is made in at most twelve decisions', async () => {
      const karin = people[coordinator.email];
      await karin.go('/desk');
      await karin.press(/Make (a|your first) cohort/);
      await karin.press(/the short form/);
      const asked = await karin.page.locator('form[action="/desk/cohort/new"] .field, form[action="/desk/cohort/new"] label.choice:has(input[type=checkbox])').count();
      assert.ok(asked <= 13, `${asked} decisions`);
      await field(karin, 'What is the cohort called?').fill('Autumn');
      if (await field(karin, 'In which time zone').count()) await field(karin, 'In which time zone').fill('Europe/Lisbon').catch(() => field(karin, 'In which time zone').selectOption('Europe/Lisbon'));
      await field(karin, 'How many pairs?').fill('2');
      await field(karin, 'How many hours a week').fill('20');
      await field(karin, 'What is it for?').fill('New people find their way with somebody who has been there longer.');
      await field(karin, 'What will success mean?').fill('Nine of ten pairs reach the end, and say that it was worth it.');
      await field(karin, 'Which number can people ring').fill('+351210009999');
      await karin.press('Make the cohort');
      const [cohort] = await house.json('cohort', 'list');
      house.cohort = cohort;
      assert.equal(cohort.name, 'Autumn');
    });

    step('applications stay closed while anything is missing, and each line says where to mend it', async () => {
      const karin = people[coordinator.email];
      await karin.go('/desk/cohort/gates');
      assert.equal(await karin.page.getByRole('button', { name: 'Open applications' }).count(), 0);
      const missing = karin.page.locator('#open li.missing');
      assert.ok(await missing.count() > 0);
      for (const remedy of await missing.locator('a.button').evaluateAll(list => list.map(a => a.getAttribute('href')))) await karin.go(remedy);
    });

    step('sponsor and designated contact are named; the sponsor signs what success means', async () => {
      const karin = people[coordinator.email];
      for (const [who, role] of [[sponsor, /sponsor/i], [contact, /contact/i]]) {
        await karin.go('/desk/cohort/staff');
        const form = karin.page.locator('form[action="/desk/cohort/staff"]');
        await form.getByLabel('Mail address').fill(who.email);
        await form.getByLabel('First name').fill(who.first);
        await form.getByLabel('Last name').fill(who.last);
        await form.getByLabel(role).first().check();
        await karin.press('Add', form);
      }
      const olu = await person(sponsor);
      await olu.go('/desk/cohort/success');
      await olu.press('I sign this');
    });

    step('every gathering gets its address, and mail is proved to arrive', async () => {
      const karin = people[coordinator.email];
      const under = async (path, pattern) => {
        await karin.go(path);
        return [...new Set((await karin.page.locator('main a').evaluateAll(list => list.map(a => a.getAttribute('href')))).filter(h => pattern.test(h)))];
      };
      const gatherings = await under('/desk/gatherings', /^\/desk\/gatherings\/\d+$/);
      assert.ok(gatherings.length >= 3, `${gatherings.length} gatherings`);
      for (const path of gatherings) {
        for (const sitting of await under(path, new RegExp(`^${path}/\\d+$`))) {
          await karin.go(sitting);
          await field(karin, 'Address to join').fill('https://meet.example/room');
          await karin.press(/.+/, karin.page.locator('form[action$="/link"]'));
        }
      }
      const since = mark();
      await karin.go('/desk/cohort/gates');
      await karin.press('Send me a test mail');
      const mail = await house.sink.wait({ to: coordinator.email, since });
      await karin.go(links(mail).find(l => l.includes('/desk/cohort/mail-proof/')));
      await karin.press('It arrived');
    });

    step('the gate opens', async () => {
      const karin = people[coordinator.email];
      await karin.go('/desk/cohort/dpia');
      await karin.page.locator('input[name=how][value=agreed]').check();
      await field(karin, 'Whose word is it?').fill('Dora Privacy');
      await karin.press('Write it down');
      await karin.go('/desk/cohort/gates');
      if (!await karin.page.getByRole('button', { name: 'Open applications' }).count()) {
        assert.fail(`still missing: ${(await karin.page.locator('#open li.missing').allInnerTexts()).join(' | ')}`);
      }
      await karin.press('Open applications');
    });

    step('rosters come in through the page, looked over first', async () => {
      const karin = people[coordinator.email];
      for (const [list, role] of [[mentors, /mentor/i], [mentees, /mentee/i]]) {
        await karin.go('/desk/people/import');
        const file = join(house.data, 'roster.csv');
        writeFileSync(file, roster(list));
        await karin.page.locator('input[type=file]').first().setInputFiles(file);
        await karin.page.locator('fieldset#role').getByLabel(role).first().check();
        await karin.press('Look at it first');
        assert.match(await karin.text(), /What would happen/);
        assert.equal((await house.json('cohort', 'list'))[0][role.source === 'mentor' ? 'mentors' : 'mentees'], 0);
        await karin.press(/Let .* in/);
        assert.equal((await house.json('cohort', 'list'))[0][role.source === 'mentor' ? 'mentors' : 'mentees'], list.length);
      }
    });

    step('everybody is asked to prepare, learns, writes a profile and confirms it', async () => {
      const { launch } = house.cohort;
      const since = mark();
      await house.setClock(new Date(Date.parse(launch) - 41 * 86400e3).toISOString().slice(0, 10) + 'T12:00');
      for (const who of [...mentors, ...mentees]) {
        await house.sink.wait({ to: who.email, since });
        const p = await person(who, false);
        await p.signIn(who.email);
        for (let i = 0; i < 15; i++) {
          await p.go('/learn');
          const next = p.page.getByRole('link', { name: 'Open the next module' });
          if (!await next.count()) break;
          await p.press('Open the next module');
          await p.page.locator('form[action$="/answer"] input[type=radio]').first().check();
          await p.press(/See what works better|Choose again/);
          await field(p, 'One commitment').fill('I will ask before I answer.');
          await p.press('Done');
        }
        await h1(p, /You are ready/);
        await p.go('/me/profile');
        await field(p, 'A few sentences about you').fill(`I like long walks and short meetings.`);
        if (await p.page.locator('input[name=choice]').count()) await p.page.locator('input[name=choice]').first().check();
        await p.press('Save and look at it');
        await p.press('This is right, show it to my partner');
      }
      await people[coordinator.email].go('/desk/training');
      await h1(people[coordinator.email], /Everybody has done/);
    });

    step('pairs are proposed, looked at and published', async () => {
      const karin = people[coordinator.email];
      await karin.go('/desk/matching');
      await karin.press('Propose pairs');
      const rows = await karin.page.locator('tbody tr').allInnerTexts();
      assert.equal(rows.length, 2, rows.join('\n'));
      assert.ok(rows.some(r => /Ama/.test(r) && /Tom/.test(r)), rows.join('\n'));
      await karin.page.locator('tbody a', { hasText: 'Look' }).first().click();
      await karin.press('Lock');
      await karin.go('/desk/matching');
      house.proposed = mark();
      await karin.press(/Send them to both sides/);
      await karin.press(/Send all 2/);
    });

    step('all four say yes straight from their mails', async () => {
      await house.advance('1h');
      for (const who of [...mentors, ...mentees]) {
        const mail = await house.sink.wait({ to: who.email, since: house.proposed, subject: /meet|propos/i });
        for (const word of status([...mentors, ...mentees].filter(o => o !== who))) assert.ok(!mail.raw.includes(word), `"${word}" in "${mail.subject}" to ${who.email}`);
        await answerByMail(mail, /yes/i, /yes/i);
      }
      await house.advance('1h');
      const karin = people[coordinator.email];
      await karin.go('/desk/matching');
      assert.equal(await karin.page.locator('tbody .chip', { hasText: 'both said yes' }).count(), 2);
    });

    step('the cohort is launched when its second gate is whole', async () => {
      const { launch } = house.cohort;
      await house.setClock(launch + 'T08:00');
      const karin = people[coordinator.email];
      await karin.go('/desk/gatherings');
      await karin.press('Find sittings for everybody');
      await karin.go('/desk/cohort/gates');
      if (!await karin.page.getByRole('button', { name: 'Launch the cohort' }).count()) {
        assert.fail(`still missing: ${(await karin.page.locator('#launch li.missing').allInnerTexts()).join(' | ')}`);
      }
      house.launched = mark();
      await karin.press('Launch the cohort');
      await house.advance('3h');
    });

    step('everybody reads what a gathering holds; its notes for whoever leads it stay on the desk', async () => {
      const karin = people[coordinator.email], a = people[ama.email], notes = /Record the plenary/;
      await karin.go('/desk/gatherings');
      await karin.page.locator('main h2 a').first().click();
      await karin.page.waitForLoadState('load');
      assert.match(await karin.page.locator('main').innerText(), notes);
      await a.go('/gatherings');
      await a.page.locator('main a[href^="/gatherings/"]').first().click();
      await a.page.waitForLoadState('load');
      const seen = await a.page.locator('main').innerText();
      assert.match(seen, /\d+ min: /);
      assert.doesNotMatch(seen, notes);
    });

    step('the mentee writes first, from what /home says, and the mentor answers', async () => {
      const a = people[ama.email], t = people[tom.email];
      await a.go('/home');
      await a.page.getByRole('link', { name: 'Everything about you two' }).first().click();
      await a.page.waitForLoadState('load');
      pairPath = /\/pairs\/[^/]+/.exec(a.page.url())[0];
      await a.go(`${pairPath}/messages`);
      await h1(a, /Write the first lines to Tom/);
      const since = mark();
      await a.page.locator('textarea[name=body]').fill('Hello Tom, I joined because I lead my first team. Tuesday or Thursday at five?');
      await a.press('Send');
      const mail = await house.sink.wait({ to: tom.email, since });
      assert.match(mail.text, /first team/);
      for (const word of status([ama])) assert.ok(!mail.raw.includes(word), `"${word}" reached Tom`);
      await t.go(`${pairPath}/messages`);
      const answered = mark();
      await t.page.locator('textarea[name=body]').fill('Thursday at five is good. I look forward to it.');
      await t.press('Send');
      await house.sink.wait({ to: ama.email, since: answered });
    });

    step('they book a meeting and hear of it the day before and the hour before', async () => {
      const a = people[ama.email];
      await a.go(`${pairPath}/meetings`);
      await a.page.locator('fieldset#at input[type=radio]').first().check();
      if (!await a.page.locator('input[name=channel]:checked').count()) await a.page.locator('input[name=channel]').first().check();
      await a.press('Book it');
      const since = mark();
      await house.advance('12d');
      const mails = house.sink.find({ to: tom.email, since }).map(m => m.rule);
      assert.ok(mails.filter(r => /R17/.test(r)).length >= 1, `Tom heard ${mails}`);
      house.asked = await house.sink.wait({ to: ama.email, since, subject: /Did you and Tom meet/ });
    });

    step('"did you meet?" is answered from the mail, without signing in', async () => {
      await answerByMail(house.asked, /we met/i, /yes, we (met|spoke)/i);
      await people[ama.email].go(pairPath);
      assert.match(await people[ama.email].text(), /One conversation so far/);
    });

    step('the agreement is written by one and signed by the other', async () => {
      const a = people[ama.email], t = people[tom.email];
      await a.go(`${pairPath}/agreement`);
      if (!await a.page.locator('input[name=cadence]:checked').count()) await a.page.locator('input[name=cadence]').first().check();
      if (!await a.page.locator('input[name=channel]:checked').count()) await a.page.locator('input[name=channel]').first().check();
      await a.page.locator('textarea[name=quiet]').fill('We write one line on Friday.');
      await a.press(/Write it and sign/);
      await t.go(`${pairPath}/agreement`);
      await t.press('Sign it');
      await t.go(`${pairPath}/agreement`);
      await h1(t, /have agreed how you work/);
    });

    step('a goal is written, a note kept, both by the pair alone', async () => {
      const a = people[ama.email];
      await a.go(`${pairPath}/goals`);
      await a.page.locator('textarea[name=statement]').fill('I lead the Monday round without notes.');
      await a.page.locator('input[name=category]').first().check();
      await a.press('Write it down');
      await a.go(`${pairPath}/notes`);
      await a.page.locator('textarea[name=body]').fill('Ask Tom about the marmalade affair.');
      await a.press('Keep it');
      await people[coordinator.email].go('/desk/pairs');
      await people[coordinator.email].page.getByRole('link', { name: /Ama/ }).first().click();
      await people[coordinator.email].page.waitForLoadState('load');
      const seen = await people[coordinator.email].text();
      assert.doesNotMatch(seen, /Monday round|marmalade|first team/);
      const raja = people[raj.email];
      await raja.go(pairPath, 404);
      await people[coordinator.email].go(pairPath, 404);
    });

    step('contact in another channel counts: "we spoke"', async () => {
      const t = people[tom.email];
      await t.go(`${pairPath}/spoke`);
      await t.page.locator('input[name=kind]').first().check();
      await t.press('Yes, we spoke');
      await t.go(pairPath);
      assert.match(await t.text(), /2 conversations so far/);
    });

    step('the quiet pair is reminded twice, then a person sees it at the desk', async () => {
      const since = house.launched;
      await house.advance('18d');
      const toRaj = house.sink.find({ to: raj.email, since }).map(m => m.rule);
      assert.ok(toRaj.some(r => /R1[14]/.test(r)), `Raj heard ${toRaj}`);
      const karin = people[coordinator.email];
      await karin.go('/desk');
      assert.match(await karin.text(), /Raj|Bea/);
      for (const who of [...mentors, ...mentees]) {
        const when = house.sink.find({ to: who.email, since }).filter(m => m.headers.get('x-telemachus-class') === 'programme').map(m => m.date.getTime()).sort((x, y) => x - y);
        for (let i = 2; i < when.length; i++) assert.ok(when[i] - when[i - 2] >= 7 * 86400e3, `three programme mails within seven days to ${who.email}`);
      }
    });

    step('a call is logged in two clicks', async () => {
      const karin = people[coordinator.email];
      await karin.go('/desk/calls');
      await karin.page.getByText('Log it', { exact: true }).first().click();
      await karin.press('All is well', karin.page.locator('details[open] form').first());
    });

    step('help is asked for and answered', async () => {
      const a = people[ama.email], karin = people[coordinator.email];
      await a.go('/help');
      await a.page.locator('input[name=category]').first().check();
      await a.page.locator('textarea[name=body]').fill('Where is the recording of the launch?');
      await a.press('Send');
      await karin.go('/desk/help');
      await karin.page.locator('a[href^="/desk/help/"]').first().click();
      await karin.page.waitForLoadState('load');
      assert.match(await karin.text(), /recording of the launch/);
      const since = mark();
      await karin.page.locator('textarea[name=body]').fill('Under Gatherings, from tonight.');
      await karin.press('Send');
      await house.advance('11m');               // until then it can be undone, and waits
      await house.sink.wait({ to: ama.email, since });
    });

    step('a pause stops every mail, and ends', async () => {
      const a = people[ama.email], t = people[tom.email];
      await a.go(`${pairPath}/pause`);
      const until = new Date((await house.now()).getTime() + 21 * 86400e3).toISOString().slice(0, 10);
      await a.page.locator('input[name=until]').fill(until);
      await a.press('Pause until then');
      const since = mark();
      await house.advance('19d');
      const heard = house.sink.find({ since }).filter(m => [ama.email, tom.email].includes(m.recipient) && m.headers.get('x-telemachus-class') === 'programme' && !/^R(12|13)/.test(m.rule));
      assert.deepEqual(heard.map(m => m.rule), []);
      await t.go(`${pairPath}/pause`);
      await t.press('Come back now');
      await t.go(`${pairPath}/meetings`);
      await h1(t, /Choose a time/);
    });

    step('both show each other more, and only then is status seen', async () => {
      const a = people[ama.email], t = people[tom.email];
      await a.go(`${pairPath}/reveal`);
      await a.press(/Yes, if Tom/);
      await a.go(`${pairPath}/reveal`);
      assert.ok(!(await a.page.content()).includes(tom.title));
      await t.go(`${pairPath}/reveal`);
      assert.ok(!(await t.page.content()).includes(ama.title));
      await t.press(/Yes, if Ama/);
      await a.go(`${pairPath}/reveal`);
      assert.ok((await a.page.content()).includes(tom.title));
    });

    step('half-way questions are answered from the mail', async () => {
      const since = mark();
      await house.advance('100d');
      const mail = house.sink.find({ to: ama.email, since }).filter(m => /\/(pulse|survey)\//.test(m.html) || /question/i.test(m.html)).pop();
      assert.ok(mail, `no questions came: ${house.sink.find({ to: ama.email, since }).map(m => m.rule)}`);
      const address = links(mail).find(l => /\/(pulse|survey|do)\//.test(l));
      const stranger = await Person.open(browser, house, { javaScriptEnabled: script });
      await stranger.go(address);
      if (/\/do\//.test(stranger.page.url())) await stranger.press(/.+/, stranger.page.locator('main form'));
      for (const group of await stranger.page.locator('main fieldset').all()) await group.locator('input[type=radio]').first().check();
      await stranger.press('Send my answers');
      await stranger.close();
    });

    step('towards the end everybody gets five closing cards; either side can do them alone', async () => {
      const left = Math.ceil((Date.parse((await house.json('cohort', 'list'))[0].end) - (await house.now()).getTime()) / 86400e3);
      await house.advance(`${Math.max(left - 6, 1)}d`);
      for (const who of [ama, tom]) {
        const p = people[who.email];
        await p.go(`${pairPath}/closing`);
        if (await p.page.locator('input[name=reason]').count()) {
          await p.page.locator('input[name=reason]').first().check();
          await p.press('Begin the closing');
          await p.go(`${pairPath}/closing`);
        }
        for (let i = 0; i < 6 && await p.page.getByRole('button', { name: /Next card|Finish/ }).count(); i++) {
          for (const name of ['learned', 'thanks', 'goals_word']) {
            const box = p.page.locator(`textarea[name=${name}]`);
            if (await box.count()) await box.fill(`To ask first (${name}, ${p.name}).`);
          }
          const radio = p.page.locator('main form input[type=radio]');
          if (await radio.count() && !await p.page.locator('main form input[type=radio]:checked').count()) await radio.first().check();
          await p.press(/Next card|Finish/);
        }
        await p.go(`${pairPath}/closing`);
        assert.match(await p.text(), /well closed|All five cards/);
      }
    });

    step('a pair that never answered is brought to an end by a person, in two clicks', async () => {
      await house.advance('30d');
      const karin = people[coordinator.email];
      await karin.go('/desk/pairs');
      await karin.page.getByRole('link', { name: /Raj/ }).first().click();
      await karin.page.waitForLoadState('load');
      await karin.page.locator('details', { hasText: /ending|an end/ }).locator('summary').first().click();
      await karin.page.locator('input[name=reason]').first().check();
      await karin.press(/Close it|Begin the closing/);
    });

    step('after the end every pair has a proper ending, and the figures say so', async () => {
      await house.advance('30d');
      const states = (await house.sql('SELECT state FROM journeys_pair')).split('\n');
      assert.deepEqual([...new Set(states)], ['closed']);
      const karin = people[coordinator.email];
      await karin.go('/desk/figures');
      assert.match(await karin.text(), /\d+ %|\d+ of \d+/);
      const ids = house.sink.mails.map(m => m.messageId);
      assert.equal(new Set(ids).size, ids.length, 'a Message-ID came twice');
    });
  });
}
