// Before and after the solver: wishes are asked for and given, a proposal is declined in private, the next best comes up, and people
// find their circle. Without JavaScript, on every engine.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { openBrowser, Person } from '../lib/browser.mjs';
import { Visitor } from '../lib/visitor.mjs';
import { preparedCohort, must } from '../lib/quick.mjs';
import { button, links } from '../lib/sink.mjs';
import { status } from '../lib/cast.mjs';

const names = { mentors: ['Tom', 'Bea', 'Cora', 'Dan', 'Eli', 'Finn', 'Gus', 'Hana'], mentees: ['Ama', 'Raj', 'Gia', 'Hal', 'Ivo', 'Joy'] };
const person = (first, mentor, i) => ({
  email: `${first.toLowerCase()}@north.example`, first_name: first, last_name: `Surname${first}`, title: `Title of ${first}`, grade: `Grade of ${first}`,
  organisation: `Firm of ${first}`, department: `Hall of ${first}`, team: `Team of ${first}`, time_zone: ['Europe/Lisbon', 'Europe/Berlin', 'Europe/London'][i % 3],
  languages: 'English', offers: mentor ? ['leading a team; finance', 'leading a team; finance; negotiation'][i % 2] : '',
  wants: mentor ? '' : ['leading a team', 'finance'][i % 2], interests: 'chess, hiking', phone: `+35121000000${i}`, capacity: mentor ? '1' : '', availability: 'mon-fri 08:00-20:00',
});
// Two mentors to spare: one of them may be the one that Ama would rather not have.
const cast = { mentors: names.mentors.map((n, i) => person(n, true, i)), mentees: names.mentees.map((n, i) => person(n, false, i)) };
const [ama, raj] = cast.mentees;

for (const engine of engines) {
  describe(`wishes, declines and circles, ${engine}`, () => {
    let house, browser, who, enter, karin, broken = null;
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
    const at = async email => {
      const p = await Person.open(browser, house, { javaScriptEnabled: false });
      people.push(p);
      return p.enter(email);
    };
    const mark = () => house.sink.mails.length;
    const proposalOf = async (first, state) => (await house.sql(`SELECT p.id, r.email FROM matching_proposal p JOIN people_person e ON e.id = p.mentee JOIN people_person r ON r.id = p.mentor WHERE e.first_name = '${first}' AND p.state = '${state}'`)).split('|');
    const main = page => /<main[\s\S]*<\/main>/.exec(page)[0].replace(/name="(csrf|draft)" value="[^"]*"/g, '');
    async function answerByMail(email, since, words) {
      const mail = await house.sink.wait({ to: email, since, subject: /meet/i });
      const stranger = await Person.open(browser, house, { javaScriptEnabled: false });
      await stranger.go(button(mail, words));
      await stranger.press(words);
      assert.deepEqual(stranger.troubles, []);
      await stranger.close();
    }

    before(async () => {
      house = await House.start(engine);
      browser = await openBrowser();
      ({ who, enter, karin } = await preparedCohort(house, { cast, train: [ama, raj, ...cast.mentors] }));
      await enter(raj);
      await house.advance('8d');        // two letters a week are the most: those about the training are a week old now
    });
    after(async () => {
      await browser?.close();
      await house?.end();
    });

    step('the coordinator asks for wishes; mentees get a letter and the step on their home page', async () => {
      const since = mark();
      must(await karin.send('/desk/matching', /window$/, { days: '7' }), 'open the window');
      assert.match((await karin.get('/desk/matching')).page, /0 of 6 mentees/);
      await house.advance('1d');
      const mail = await house.sink.wait({ to: ama.email, since, rule: 'R07' });
      assert.ok(links(mail).some(l => l.endsWith('/shortlist')), links(mail).join(' '));
      assert.match((await who.Ama.get('/home')).page, /Say whom you would like to learn from/);
      assert.match((await who.Tom.get('/home')).page, /Say whom you would like to work with/);
    });

    step('a list has three to five mentors and gives no status away', async () => {
      const page = (await who.Ama.get('/shortlist')).page;
      const on = cast.mentors.filter(m => page.includes(`<h2>${m.first_name}</h2>`));
      assert.ok(on.length >= 3 && on.length <= 5, `${on.length} on the list`);
      for (const word of status(cast.mentors).concat(cast.mentors.map(m => m.team))) assert.ok(!page.includes(word), `"${word}" on the list`);
    });

    step('an order is given without a script; the same place twice is refused and comes back filled in', async () => {
      const p = await at(ama.email);
      await p.go('/shortlist');
      await p.page.locator('select[name=rank1]').selectOption('1');
      await p.page.locator('select[name=rank2]').selectOption('1');
      await p.page.locator('input[name=not3]').check();
      await p.press('Save my order');
      assert.match(await p.text(), /Two mentors have the same place/);
      assert.equal(await p.page.locator('select[name=rank1]').inputValue(), '1');
      assert.ok(await p.page.locator('input[name=not3]').isChecked());
      await p.page.locator('select[name=rank2]').selectOption('2');
      await p.press('Save my order');
      assert.match(p.page.url(), /\/home$/);
      assert.doesNotMatch(await p.text(), /Say whom you would like to learn from/);
      await p.go('/shortlist');
      assert.equal(await p.page.locator('select[name=rank2]').inputValue(), '2');
    });

    step('a mentor marks mentees and sees nobody\'s order', async () => {
      const page = (await who.Tom.get('/shortlist')).page;
      assert.doesNotMatch(page, /choice of|first choice/i);
      const before = main(page);
      const id = /name="mentees" value="(\d+)"/.exec(page)[1];
      must(await who.Tom.send('/shortlist', /marks$/, { mentees: id }), 'mark');
      assert.match((await who.Tom.get('/shortlist')).page, new RegExp(`value="${id}" checked`));
      await who.Raj.get('/home');
      assert.equal((await who.Raj.post('/shortlist/marks', { cohort: '1', mentees: id })).status, 404);
      assert.ok(before.length > 0);
    });

    step('who has answered is not asked again, the others are', async () => {
      const since = mark();
      await house.advance('3d');
      assert.equal(house.sink.find({ to: ama.email, since, rule: 'R07-2' }).length, 0);
      await house.sink.wait({ to: raj.email, since, rule: 'R07-2' });
    });

    step('after seven days the lists are closed, in kind words', async () => {
      await house.advance('4d');
      const answer = await who.Raj.get('/shortlist');
      assert.match(answer.page, /The lists have closed/);
      assert.match((await who.Ama.get('/shortlist')).page, /Thank you for your answer/);
      const late = await who.Raj.post('/shortlist', { cohort: (await house.json('cohort', 'list'))[0].id ?? '1', rank1: '1', mentor1: '1' });
      assert.ok([404, 409].includes(late.status), `${late.status}`);
      assert.match((await karin.get('/desk/matching')).page, /1 of 6 mentees/);
    });

    step('pairs are proposed and sent; the first choice counts', async () => {
      must(await karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
      house.proposed = mark();
      must(await karin.send('/desk/matching/send', /publish$/), 'publish');
      await house.advance('1h');
      const [, mentor] = await proposalOf('Ama', 'published');
      const first = await house.sql(`SELECT p.email FROM matching_rank r JOIN people_person p ON p.id = r.mentor JOIN people_person e ON e.id = r.mentee WHERE e.first_name = 'Ama' AND r.rank = 1`);
      assert.equal(mentor, first);
      assert.match((await karin.get('/desk/matching')).page, /Wave 1/);
    });

    step('a mentor says no from the mail, and the mentee can see nothing of it', async () => {
      const [id, email] = await proposalOf('Ama', 'published');
      const mentor = cast.mentors.find(m => m.email === email);
      const before = [main((await who.Ama.get(`/proposals/${id}`)).page), main((await who.Ama.get('/home')).page)];
      const visitor = who[mentor.first_name];
      must(await visitor.send(`/proposals/${id}`, /proposals/, { answer: 'no', note: 'I know this person too well' }), 'decline');
      assert.equal((await proposalOf('Ama', 'declined'))[0], id);
      assert.deepEqual([main((await who.Ama.get(`/proposals/${id}`)).page), main((await who.Ama.get('/home')).page)], before);
      await answerByMail(ama.email, house.proposed, /yes/i);
      assert.match((await who.Ama.get(`/proposals/${id}`)).page, /You said yes/);
    });

    step('the next best comes up as a draft; the coordinator sends it as a second wave', async () => {
      await house.advance('20m');
      const page = (await karin.get('/desk/matching')).page;
      assert.match(page, /after a decline/);
      const [, email] = await proposalOf('Ama', 'draft');
      assert.notEqual(email, (await proposalOf('Ama', 'declined'))[1]);
      house.second = mark();
      must(await karin.send('/desk/matching/send', /publish$/), 'publish again');
      assert.match((await karin.get('/desk/matching')).page, /Wave 2/);
    });

    step('both say yes from their mails and are a pair', async () => {
      await house.advance('10m');
      const [, email] = await proposalOf('Ama', 'published');
      await answerByMail(ama.email, house.second, /yes/i);
      await answerByMail(email, house.second, /yes/i);
      assert.equal(await house.sql(`SELECT count(*) FROM journeys_pair j JOIN people_person e ON e.id = j.mentee WHERE e.first_name = 'Ama'`), '1');
    });

    step('somebody who joins late gets a draft, and nothing that was sent moves', async () => {
      const before = await house.sql("SELECT id, state FROM matching_proposal WHERE state NOT IN ('draft', 'dropped') ORDER BY id");
      must(await karin.send('/desk/matching', /refill$/), 'refill');
      await house.cli('match', '--cohort', (await house.json('cohort', 'list'))[0].slug, '--refill');
      assert.equal(await house.sql("SELECT id, state FROM matching_proposal WHERE state NOT IN ('draft', 'dropped') ORDER BY id"), before);
    });

    step('a mentor can stand in reserve or take a group', async () => {
      const list = (await karin.get('/desk/matching/mentors')).page;
      const path = /href="(\/desk\/matching\/mentors\/\d+)"/.exec(list)[1];
      assert.equal((await karin.send(path, new RegExp(`${path}$`), { capacity: '6', group: '0' })).status, 422);
      must(await karin.send(path, new RegExp(`${path}$`), { capacity: '1', reserve: '1' }), 'reserve');
      assert.match((await karin.get('/desk/matching/mentors')).page, /One mentor stands in reserve/);
    });

    step('circles are formed, one person is moved with a reason, and members see theirs once it is confirmed', async () => {
      must(await karin.send('/desk/circles', /\/desk\/circles$/, { side: 'mentee' }), 'form');
      const page = (await karin.get('/desk/circles')).page;
      assert.match(page, /Read the one circle/);
      assert.doesNotMatch((await who.Ama.get('/gatherings')).page, /Your circle/);
      const path = /href="(\/desk\/circles\/\d+)"/.exec(page)[1];
      const one = (await karin.get(path)).page;
      assert.match(one, /Circle 1 of mentees/);
      const joy = (await house.sql("SELECT id FROM people_person WHERE first_name = 'Joy'"));
      must(await karin.send(path, /\/out$/, { person: joy, reason: 'Works the other shift' }), 'out');
      must(await karin.send(path, /\/in$/, { person: joy, reason: 'The shift has changed' }), 'in');
      assert.match((await karin.get(path)).page, /The shift has changed/);
      must(await karin.send('/desk/circles', /confirm$/), 'confirm');
      const mine = (await who.Ama.get('/gatherings')).page;
      assert.match(mine, /Your circle/);
      assert.doesNotMatch(mine, /The shift has changed/);
      for (const word of status(cast.mentees.filter(m => m !== ama))) assert.ok(!mine.includes(word), `"${word}" in the circle`);
      const tom = await new Visitor(house, 'Tom').enter(cast.mentors[0].email);
      assert.doesNotMatch((await tom.get('/gatherings')).page, /Your circle/);
    });
  });
}
