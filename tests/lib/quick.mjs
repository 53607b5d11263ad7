// A cohort brought to life through the same pages as anybody's, but by hand-made requests: fast ground for walks and crawls.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Visitor, forms, hrefs } from './visitor.mjs';
import { button, links } from './sink.mjs';
import { contact, coordinator, mentees, mentors, roster, sponsor } from './cast.mjs';

const words = html => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 400);
const must = (response, what) => {
  const trouble = /id="errors"[\s\S]*?<\/div>/.exec(response.page)?.[0] ?? /<main[\s\S]*<\/main>/.exec(response.page)?.[0] ?? response.page;
  if (![200, 303].includes(response.status)) throw new Error(`${what}: ${response.status} ${words(trouble)}`);
  return response;
};

// Up to the day before matching: everybody is in, those in `train` (default: all) have trained and confirmed their profile.
export async function preparedCohort(house, { cast = { mentors, mentees }, train = [...cast.mentors, ...cast.mentees], changes = {} } = {}) {
  const who = {};
  const enter = async person => (who[person.first ?? person.first_name] ??= await new Visitor(house, person.first ?? person.first_name).enter(person.email));
  await house.cli('admin', 'add', coordinator.email, '--first-name', coordinator.first, '--last-name', coordinator.last, '--zone', 'Europe/Lisbon');
  const now = await house.now();
  const days = (8 - now.getUTCDay()) % 7 || 7;
  await house.setClock(new Date(now.getTime() + days * 86400e3).toISOString().slice(0, 10) + 'T07:00');
  if (!house.server) await house.serve();
  const karin = await enter(coordinator);

  must(await karin.send('/desk/cohort/new', /cohort\/new$/, { name: 'Autumn', zone: 'Europe/Lisbon', size: '2', staff_hours: '20', purpose: 'People find their way.', success: 'Nine of ten pairs reach the end.', help_phone: '+351210009999', ...changes.cohort }), 'make a cohort');
  for (const [person, role] of [[sponsor, 'sponsor'], [contact, 'contact']]) {
    must(await karin.send('/desk/cohort/staff', /cohort\/staff$/, { email: person.email, first_name: person.first, last_name: person.last, role }), `add ${role}`);
  }
  must(await (await enter(sponsor)).send('/desk/cohort/success', /sign$/), 'sign');
  const under = async (path, pattern) => new Set(hrefs((await karin.get(path)).page).filter(h => pattern.test(h)));
  for (const path of await under('/desk/gatherings', /^\/desk\/gatherings\/\d+$/)) {
    for (const sitting of await under(path, new RegExp(`^${path}/\\d+$`))) {
      must(await karin.send(sitting, /link$/, { url: changes.link ?? 'https://meet.example/room' }), 'set the link');
    }
  }
  const since = house.sink.mails.length;
  must(await karin.send('/desk/cohort/gates', /gates\/mail$/), 'prove mail');
  const proof = new URL(links(await house.sink.wait({ to: coordinator.email, since })).find(l => l.includes('mail-proof'))).pathname;
  must(await karin.send(proof, /mail-proof/), 'mail proof');
  must(await karin.send('/desk/cohort/dpia', /dpia$/, { how: 'agreed', name: 'Dora Privacy' }), 'agree on data protection');
  must(await karin.send('/desk/cohort/gates', /gates\/open$/), 'open');

  for (const [people, role] of [[cast.mentors, 'mentor'], [cast.mentees, 'mentee']]) {
    const file = join(house.data, `${role}.csv`);
    writeFileSync(file, roster(people));
    const [cohort] = await house.json('cohort', 'list');
    await house.cli('import', '--cohort', cohort.slug, '--role', role, file);
  }
  const [cohort] = await house.json('cohort', 'list');
  await house.setClock(new Date(Date.parse(cohort.launch) - 41 * 86400e3).toISOString().slice(0, 10) + 'T12:00');
  for (const person of train) {
    const visitor = await enter(person);
    for (let i = 0; i < 15; i++) {
      const next = /<a class="button" href="(\/learn\/[^"]+)"/.exec((await visitor.get('/learn')).page);
      if (!next) break;
      const page = await visitor.get(next[1]);
      const answer = forms(page.page).find(f => /answer$/.test(f.action));
      must(await visitor.post(answer.action, { ...Object.fromEntries(answer.fields), answer: answer.radios.answer[0] }), 'answer');
      must(await visitor.send(next[1], new RegExp(`${next[1]}$`), { commitment: `I will listen. ${changes.commitment ?? ''}`, situation: changes.situation ?? '' }), 'module');
    }
    must(await visitor.send('/me/profile', /me\/profile$/, { about: 'I like long walks.', choice: null, ...changes.profile }), 'profile');
    must(await visitor.send('/me/profile', /confirm$/), 'confirm');
  }
  return { who, enter, cohort, karin };
}

// Matched, and asked: gives the page of each one's answer, by mail address.
export async function proposedCohort(house, { karin }, cast = { mentors, mentees }) {
  must(await karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
  const published = house.sink.mails.length;
  must(await karin.send('/desk/matching/send', /publish$/), 'publish');
  await house.advance('1h');
  const answers = {};
  for (const person of [...cast.mentors, ...cast.mentees]) {
    const mail = await house.sink.wait({ to: person.email, since: published, subject: /meet|propos/i });
    answers[person.email] = new URL(button(mail, /yes/i)).pathname;
  }
  return answers;
}

// Everybody says yes, and it begins.
export async function acceptedCohort(house, { who, enter, cohort, karin }, answers) {
  for (const path of Object.values(answers)) {
    const stranger = new Visitor(house);
    const page = await stranger.get(path);
    const form = forms(page.page)[0];
    const yes = form.buttons[0];
    must(await stranger.post(form.action, [...form.fields, [yes.name ?? 'answer', yes.value]]), 'accept');
  }
  await house.setClock(cohort.launch + 'T08:00');
  must(await karin.send('/desk/gatherings', /seats$/), 'seats');
  const gate = await karin.get('/desk/cohort/gates');
  if (!/gates\/launch/.test(gate.page)) throw new Error(`the launch is blocked: ${[...gate.page.matchAll(/<li class="missing">([\s\S]*?)<\/li>/g)].map(m => m[1].replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).join(' | ')}`);
  return { who, enter, cohort, karin };
}

// Up to the launch. Gives { visitors by first name, pair, cohort, since }.
export async function launchedCohort(house, { cast = { mentors, mentees }, changes = {} } = {}) {
  const prepared = await preparedCohort(house, { cast, changes });
  const { who, enter, cohort, karin } = await acceptedCohort(house, prepared, await proposedCohort(house, prepared, cast));
  must(await karin.send('/desk/cohort/gates', /gates\/launch$/), 'launch');
  await house.advance('3h');
  return { who, enter, cohort, pairs: await pairsOf(house) };
}

export async function pairsOf(house) {
  const pairs = (await house.sql(`SELECT p.id, b.first_name, a.first_name FROM journeys_pair p JOIN people_person a ON a.id = p.mentor JOIN people_person b ON b.id = p.mentee`)).split('\n').map(l => l.split('|'));
  return Object.fromEntries(pairs.map(([id, mentee]) => [mentee, id]));
}

// Somebody who runs another programme of the same organisation, and nothing here.
export async function coordinatorElsewhere(house, email) {
  await house.sql("INSERT INTO programmes_programme (id, slug, name, created_at) VALUES (77, 'south', 'South', 0)");
  await house.sql(`UPDATE people_role SET scope = 77 WHERE person = (SELECT id FROM people_person WHERE email = '${email}')`);
}

export { must };
