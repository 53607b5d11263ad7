// Four houses in which every page of the program is to be seen in each of its states, and the list of what is to be looked at there:
//   lived   a demonstration in its seventh week, with names that are too long, names from right to left, a pause and a concern
//   ended   the same programme after its last day
//   fresh   a cohort before the matching: people, but no pairs
//   bare    a coordinator who has just signed in for the first time
import { House, run, program } from './house.mjs';
import { Visitor, forms } from './visitor.mjs';
import { must, preparedCohort } from './quick.mjs';

export const longName = 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis';   // 60 letters, no space
export const longFamily = 'Hubertblainewolfeschlegelsteinhausenbergerdorffvoralternware';
const longWord = `https://example.org/${'a-very-long-address-without-any-space-'.repeat(4)}`;

// ---- routes ----

const routesOf = async () => JSON.parse(await run(program, ['routes'])).filter(r => r.method === 'GET')
  .map(r => ({ ...r, pattern: new RegExp(`^${r.path.replaceAll('.', '\\.').replace(/:[a-z]+/g, '[^/]+')}$`), holes: (r.path.match(/:/g) ?? []).length }))
  .sort((a, b) => a.holes - b.holes);
export const routeOf = (routes, path) => routes.find(r => r.pattern.test(path.split(/[?#]/)[0]));

// What answers with a file or with a part of a page; the others are pages and are looked at.
export const files = ['/desk/figures/csv', '/desk/figures/report/file', '/desk/cohort/dpia/text', '/desk/figures/xlsx', '/gatherings/:gathering/calendar.ics', '/calendar/:token.ics', '/pairs/:pair/certificate/pdf', '/me/data.json', '/me/data.zip',
  '/desk/design/:design/dpia', '/desk/packs/:pack/zip', '/sign-in/passkey.json', '/sign-in/second.json', '/me/security/passkey.json', '/desk/cohort/new/follows',
  '/apply'];                                            // leads on to one's own application

// ---- people ----

async function signIn(house, email, name = email) {
  const visitor = await new Visitor(house, name).enter(email);
  visitor.id = await house.sql(`SELECT id FROM people_person WHERE email = '${email}'`);
  return visitor;
}

// Follows links from the given pages, one address for each route, and gives the addresses that are pages for this person. Links that
// lead nowhere are put into dead.
async function crawl(routes, visitor, begin, want, dead) {
  const found = new Map(), queue = begin.map(path => [path, '']), seen = new Set();
  while (queue.length) {
    const [link, from] = queue.shift();
    const path = link.replace(visitor.house.url, '').split('#')[0];
    const route = routeOf(routes, path);
    if (!route) { dead.set(path, from); continue; }
    if (seen.has(path) || files.includes(route.path) || !want(route.path) || (from && found.has(route.path))) continue;
    seen.add(path);
    const answer = await visitor.get(path);
    if (answer.status === 404 && from) dead.set(path, from);
    if (answer.status !== 200) continue;
    found.set(found.has(route.path) ? path : route.path, path);
    for (const [, href] of answer.page.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"/g)) queue.push([href.replaceAll('&amp;', '&'), path]);
  }
  return [...found.values()];
}

// ---- houses ----

async function demonstration(day) {
  const house = await House.start('sqlite');
  delete house.env.TELEMACHUS_PURPOSE;
  await house.cli('demo', '--day', String(day));
  await house.serve();
  house.links = JSON.parse(await house.cli('demo', '--links', '--json'));
  house.mail = (what, pattern) => house.sql(`SELECT body FROM mail_outbox WHERE body LIKE '%${what}%' ORDER BY id DESC`)
    .then(all => all.match(pattern)?.[0].replace(house.url, ''));
  return house;
}

const emailOf = (house, id) => house.sql(`SELECT email FROM people_person WHERE id = ${id}`);
const partOf = (house, part) => house.links.find(l => l.part === part).email;
const roleOf = (house, role) => house.sql(`SELECT p.email FROM people_role r JOIN people_person p ON p.id = r.person WHERE r.role = '${role}' LIMIT 1`);

async function name(house, person, first, last) {
  await house.sql(`UPDATE people_person SET first_name = '${first}', last_name = '${last}' WHERE id = ${person}`);
}

// A pair's own doings, by one of them.
async function talk(visitor, pair, words) {
  const at = part => `/pairs/${pair}/${part}`;
  const day = (await visitor.house.sql(`SELECT date(${await programmeTime(visitor.house)}, 'unixepoch')`));
  must(await visitor.send(at('messages'), /messages$/, { body: words }), 'message');
  must(await visitor.send(at('notes'), /notes$/, { body: words, shared: '1' }), 'note');
  must(await visitor.send(at('goals'), /goals$/, { statement: words.slice(0, 150), category: forms((await visitor.get(at('goals'))).page).find(f => /goals$/.test(f.action)).radios.category[0] }), 'goal');
  must(await visitor.send(at('spoke'), /spoke$/, { kind: 'video', day, minutes: '45' }), 'spoke');
}
const programmeTime = async house => Math.floor((await house.now()).getTime() / 1000);

async function lived(routes) {
  const house = await demonstration(45);
  const pairs = (await house.sql("SELECT id, mentor, mentee, state FROM journeys_pair ORDER BY id")).split('\n').map(l => l.split('|')).map(([id, mentor, mentee, state]) => ({ id, mentor, mentee, state }));
  const mentee = await signIn(house, partOf(house, 'Mentee'), 'mentee');
  const mentor = await signIn(house, partOf(house, 'Mentor'), 'mentor');
  const busy = new Set(pairs.filter(p => p.mentee === mentee.id || p.mentor === mentor.id).flatMap(p => [p.mentee, p.mentor])), free = [];
  for (const p of pairs.filter(x => x.state === 'active')) {
    if (!busy.has(p.mentee) && !busy.has(p.mentor)) free.push(p);
    busy.add(p.mentee).add(p.mentor);
  }
  const [long, rtl, held, over] = free;
  const paused = pairs.find(p => p.state === 'paused'), closed = pairs.find(p => p.state === 'closed') ?? over;
  // Whether anybody has ended early by then is up to those who play it.
  if (closed === over) await house.sql(`UPDATE journeys_pair SET state = 'closed', closed_at = last_contact_at, end_reason = 'goals-met' WHERE id = ${over.id}`);
  await name(house, long.mentee, longName, longFamily);
  await name(house, long.mentor, longFamily, longName);
  await name(house, rtl.mentee, 'عبد الرحمن', 'بن عبد العزيز القحطاني');
  await name(house, rtl.mentor, 'יהודית', 'בן־יהודה');

  const sponsorEmail = await roleOf(house, 'sponsor');
  const who = { mentee, mentor, coordinator: await signIn(house, partOf(house, 'Coordinator'), 'coordinator'),
    contact: await signIn(house, await roleOf(house, 'contact'), 'contact'), sponsor: await signIn(house, sponsorEmail, 'sponsor'),
    long: await signIn(house, await emailOf(house, long.mentee), 'long'), rtl: await signIn(house, await emailOf(house, rtl.mentor), 'rtl'),
    held: await signIn(house, await emailOf(house, held.mentor), 'held'), paused: await signIn(house, await emailOf(house, paused.mentee), 'paused'),
    closed: await signIn(house, await emailOf(house, closed.mentee), 'closed') };
  const own = pairs.find(p => p.mentee === mentee.id);

  await talk(mentee, own.id, 'Thank you, Thursday is good.');
  await talk(who.long, long.id, `${longWord} ${longName}`);
  await talk(who.rtl, rtl.id, 'שלום, ניפגש ביום חמישי? لنتحدث يوم الخميس.');
  const sent = must(await (await signIn(house, await emailOf(house, held.mentee))).send('/concern', /^\/concern$/, { level: '1', body: `He shouts. ${longWord}`, pair: held.id, anonymous: null }), 'concern');
  const code = /\/concern\/[^?]+/.exec(sent.headers.get('location'))[0];
  must(await mentee.send('/help', /^\/help$/, { category: 'technical', body: `My camera is broken. ${longWord}` }), 'help');
  must(await mentee.send('/me/data/correct', /correct$/, { field: 'title', wish: 'Harpist' }), 'correction');
  const { coordinator } = who;
  const design = must(await coordinator.send('/desk/design', /design$/), 'worksheet').headers.get('location');
  await coordinator.get('/desk/pairs');
  const bulk = must(await coordinator.post('/desk/bulk', { kind: 'remind', filter: '', all: '1' }), 'bulk').headers.get('location');
  const moved = must(await coordinator.post('/desk/bulk', { kind: 'move', filter: '', all: '1' }), 'bulk').headers.get('location');
  await house.sql("UPDATE gatherings_circle SET confirmed_at = NULL WHERE side = 'mentor'");      // the mentees' circles stand, the mentors' are to be read
  for (const v of [coordinator, mentee]) {
    await house.sql(`INSERT INTO people_passkey VALUES (${9000000 + Number(v.id)}, ${v.id}, x'0${v.id}', -7, x'00', 0, '${v === mentee ? 'Telephone' : longName}', 0, NULL)`).catch(() => {});
    await house.sql(`INSERT INTO people_address VALUES (${9100000 + Number(v.id)}, ${v.id}, 'home${v.id}@home.example', 'home${v.id}@home.example', 0, 1, NULL, 0)`);
  }
  must(await mentee.send('/me/security', /addresses$/, { email: 'another@home.example' }), 'address');
  const mails = { do: await house.mail('/do/', /http:[^ )]*\/do\/[\w-]{20,}/), apply: await house.mail('/apply/', /http:[^ )]*\/apply\/[\w-]{20,}/), pulse: await house.mail('/pulse/', /http:[^ )]*\/pulse\/\d+\?t=[\w-]+/),
    proof: await house.mail('mail-proof/', /http:[^ )]*\/mail-proof\/[\w-]+/), confirm: await house.mail('addresses/confirm', /http:[^ )]*\/confirm\/[\w-]+/) };
  const unsubscribe = (await house.sql('SELECT unsubscribe FROM mail_outbox WHERE unsubscribe IS NOT NULL ORDER BY id DESC LIMIT 1')).replace(house.url, '');
  const link = new URL(await house.signInAddress(mentee.email)).pathname;
  const applying = [];
  for (const state of ['sent', 'asked', 'waiting', 'accepted', 'declined', 'withdrawn', 'draft']) {
    const one = await signIn(house, await house.sql(`SELECT p.email FROM recruiting_application a JOIN people_person p ON p.id = a.person WHERE a.state = '${state}' LIMIT 1`));
    const own = (await one.get('/apply')).headers.get('location');
    applying.push(own);
    if (state === 'draft') applying.push(...['/you', '/what', '/when', '/no'].map(p => own + p));
    if (state === 'sent') applying.push(`${own}/withdraw`);
  }
  const deputy = await signIn(house, await house.sql("SELECT p.email FROM people_role r JOIN people_person p ON p.id = r.person WHERE r.role = 'coordinator' AND r.person NOT IN (SELECT person FROM people_role WHERE role = 'administrator') LIMIT 1"), 'deputy');
  await house.sql(`INSERT OR REPLACE INTO programmes_choice (person, cohort) SELECT ${deputy.id}, id FROM programmes_cohort WHERE slug = 'winter-cohort'`);
  const half = await signIn(house, sponsorEmail);
  await house.sql(`UPDATE people_session SET strong = 1 WHERE person = ${who.sponsor.id}`);
  await house.sql(`INSERT INTO people_authenticator VALUES (${who.sponsor.id}, x'00', 0, 0)`);
  await half.enter(sponsorEmail);
  must(await who.mentor.send('/me/security/password', /password$/, { password: 'a calm harbour at noon' }), 'password');
  const proposal = await house.sql(`SELECT proposal FROM journeys_pair WHERE id = ${own.id}`);
  const [wave, waveOf, wavePair] = (await house.sql("SELECT w.id, w.person, w.pair FROM evaluation_wave w JOIN journeys_pair p ON p.id = w.pair WHERE w.answered_at IS NULL AND p.state = 'active' ORDER BY w.asked_at DESC LIMIT 1")).split('|');
  const pages = list => path => list.some(p => path === p || path.startsWith(p.replace(/\*$/, '\0').split('\0')[0]) && p.endsWith('*'));
  const pairOnly = pages(['/home', '/pairs/*', '/people', '/proposals/*']);
  const visits = [
    ['nobody', new Visitor(house), ['/', '/sign-in', '/sign-in/sent', '/sign-in/password', link, '/help', '/help/sent', '/concern', code, '/c/winter-cohort', '/c/autumn-cohort', '/c/winter-cohort/nominate', '/c/winter-cohort/managers', '/c/winter-cohort/sent',
      mails.do, mails.apply, `${mails.apply}/no`, ...applying, mails.pulse, mails.pulse?.replace('/pulse/', '/survey/'), unsubscribe, mails.proof, '/mailbox']],
    ['mentee', mentee, ['/home', '/me', '/me/zone', '/sign-out', '/shortlist', `/proposals/${proposal}`, mails.confirm, '/me/security/passkeys', '/me/data/erase', ...['pause', 'spoke', 'closing', 'review', 'reveal'].map(p => `/pairs/${own.id}/${p}`)]],
    ['mentor', who.mentor, ['/home', '/me/security/password/remove'], pages(['/home', '/pairs/*', '/learn*', '/library', '/me/security*'])],
    ['half', half, ['/sign-in/second'], path => path === '/sign-in/second'],
    ['deputy', deputy, ['/desk/applications', '/desk/applications/draws', '/desk/applications/invite', '/desk/applications/page', '/desk', '/desk/pairs', '/desk/cohort/gates'], path => /^\/desk($|\/applications|\/pairs$|\/cohort\/gates$)/.test(path)],
    ['long', who.long, ['/home', '/me', '/me/data/log'], pages(['/home', '/pairs/*', '/people', '/me', '/me/data/log', '/gatherings*'])],
    ['rtl', who.rtl, ['/home'], pairOnly],
    ['held', who.held, ['/home'], pairOnly],
    ['paused', who.paused, ['/home', `/pairs/${paused.id}/pause`], pairOnly],
    ['closed', who.closed, ['/home', `/pairs/${closed.id}`, `/pairs/${closed.id}/messages`, `/pairs/${closed.id}/closing`, `/pairs/${closed.id}/certificate`], pairOnly],
    ['contact', who.contact, ['/desk/concerns'], pages(['/desk/concerns*', '/home'])],
    ['sponsor', who.sponsor, ['/home', '/desk/figures', '/desk/cohort/success', '/me/security/app/remove'], path => /^\/(home|desk|me$|me\/security)/.test(path)],
    ['coordinator', coordinator, ['/desk', design, `${design}/print`, `${design}/make`, `${design}/discard`, bulk, moved, '/desk/pairs?show=unmet&flag=flagged', '/desk/pairs?q=nobody', `/desk/pairs/${long.id}`, `/desk/people/${long.mentee}`, '/desk/retention/messages', '/desk/packs/nine-months?kind=mails&lang=en&key=R14', '/desk/calls', '/desk/jobs', '/desk/safety', '/desk/keys',
      `/desk/pairs/${held.id}`, `/desk/pairs/${paused.id}`, `/desk/pairs/${closed.id}`, '/desk/mails', '/desk/matching/mentors', `/desk/pairs/${wavePair}/for/${waveOf}/wave/${wave}`]],
  ];
  return { name: 'lived', house, who, visits };
}

async function ended() {
  const house = await demonstration(300);
  const closed = (await house.sql("SELECT id, mentee, mentor FROM journeys_pair WHERE state = 'closed' ORDER BY (SELECT count(*) FROM journeys_certificate c WHERE c.pair = journeys_pair.id) DESC, id LIMIT 1")).split('|');
  const who = { coordinator: await signIn(house, partOf(house, 'Coordinator'), 'coordinator'), mentee: await signIn(house, await emailOf(house, closed[1]), 'mentee'), mentor: await signIn(house, await emailOf(house, closed[2]), 'mentor') };
  const participant = path => /^\/(home|pairs|learn|gatherings|people|library)/.test(path);
  const desk = path => /^\/desk(\/(pairs|closing|figures|calls|flags|help|cohort|gatherings|mails|matching|sponsor|people|training))?(\/:[a-z]+|\/remind|\/gates|\/phases|\/close)?$/.test(path);
  const certificate = await house.sql('SELECT code FROM journeys_certificate LIMIT 1');
  return { name: 'ended', house, who, visits: [
    ['nobody', new Visitor(house), [`/certificate/${certificate}`], path => /^\/certificate/.test(path)],
    ['mentee', who.mentee, ['/home', `/pairs/${closed[0]}/closing`, `/pairs/${closed[0]}/certificate`], participant],
    ['mentor', who.mentor, ['/home', `/pairs/${closed[0]}`], path => /^\/(home|pairs)/.test(path)],
    ['coordinator', who.coordinator, ['/desk', '/desk/closing', '/desk/closing/remind', '/desk/cohort/close'], desk],
  ] };
}

const places = ['Europe/Lisbon', 'Europe/Berlin', 'Europe/London'];
const person = (first, mentor, i) => ({
  email: `${first.toLowerCase()}@north.example`, first_name: first, last_name: `Surname${first}`, title: `Title of ${first}`, grade: `Grade of ${first}`, organisation: `Firm of ${first}`, department: `Hall of ${first}`, team: `Team of ${first}`,
  time_zone: places[i % 3], languages: 'English', offers: mentor ? ['leading a team; finance', 'leading a team; finance; negotiation'][i % 2] : '', wants: mentor ? '' : ['leading a team', 'finance'][i % 2], interests: 'chess, hiking',
  phone: `+35121000000${i}`, capacity: mentor ? '1' : '', availability: 'mon-fri 08:00-20:00',
});

async function fresh() {
  const house = await House.start('sqlite');
  const cast = { mentors: ['Tom', 'Bea', 'Cora', 'Dan', 'Eli', 'Finn'].map((n, i) => person(n, true, i)), mentees: ['Ama', 'Raj', 'Gia', 'Hal'].map((n, i) => person(n, false, i)) };
  const { who, karin, enter } = await preparedCohort(house, { cast, train: [...cast.mentors, cast.mentees[0]] });
  await enter(cast.mentees[1]);
  must(await karin.send('/desk/matching', /window$/, { days: '7' }), 'window');
  must(await karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
  await house.sql('UPDATE programmes_cohort SET in_person = 1');
  const now = Math.floor((await house.now()).getTime() / 1000);
  const [sent, mentee] = (await house.sql("SELECT id, mentee FROM matching_proposal WHERE state = 'draft' ORDER BY id LIMIT 1")).split('|');
  await house.sql(`UPDATE matching_proposal SET state = 'published', published_at = ${now}, expires_at = ${now + 5 * 86400} WHERE id = ${sent}`);
  const participant = path => /^\/(home|shortlist|learn|gatherings|people|library|me$|help|proposals)/.test(path);
  return { name: 'fresh', house, who: { coordinator: karin, trained: who.Ama, untrained: who.Raj, mentor: who.Tom }, visits: [
    ['trained', who.Ama, ['/home', '/shortlist'], participant],
    ['untrained', who.Raj, ['/home', '/shortlist'], path => /^\/(home|learn|me\/profile)/.test(path)],
    ['mentor', who.Tom, ['/home'], path => /^\/(home|shortlist)/.test(path)],
    ['coordinator', karin, ['/desk', '/desk/matching/send', '/desk/cohort/gates', '/desk/cohort/gates/aside/sittings', '/desk/cover', '/desk/acts', '/desk/flags', '/desk/help', '/desk/applications/draws', '/desk/corrections', `/desk/matching/${sent}/for/${mentee}`], path => path.startsWith('/desk') && !/packs|retention|keys|jobs|safety/.test(path)],
  ] };
}

async function bare() {
  const house = await House.start('sqlite');
  await house.cli('admin', 'add', 'karin@north.example', '--first-name', 'Karin', '--last-name', 'Berg');
  await house.serve();
  const karin = await signIn(house, 'karin@north.example', 'coordinator');
  return { name: 'bare', house, who: { coordinator: karin }, visits: [
    ['nobody', new Visitor(house), ['/', '/sign-in', '/help', '/concern'], path => ['/', '/sign-in', '/help', '/concern'].includes(path)],
    ['coordinator', karin, ['/home', '/desk', '/desk/cohort', '/desk/cohort/new', '/desk/people', '/desk/pairs', '/desk/matching', '/desk/design', '/desk/figures', '/desk/safety', '/desk/jobs', '/me'], path => /^\/(home|me$|desk($|\/(cohort|cohort\/new|people|pairs|matching|design|figures|safety|jobs|calls|flags|mails|gatherings|training|applications)$))/.test(path)],
  ] };
}

// Forms sent as nobody should send them: the page comes back with what is to be mended. [house, person, page, form, fields]
const rejected = [
  ['lived', 'nobody', '/sign-in', /sign-in$/, { email: 'no address' }],
  ['lived', 'nobody', '/sign-in/password', /password$/, { email: 'x@example.org', password: 'wrong' }],
  ['lived', 'nobody', '/help', /help$/, { body: '' }],
  ['lived', 'nobody', '/concern', /concern$/, { body: '' }],
  ['lived', 'nobody', '/c/:slug', /apply$/, { email: 'no address' }],
  ['lived', 'nobody', '/c/:slug/nominate', /nominate$/, { email: 'no address' }],
  ['lived', 'mentee', '/me', /\/me$/, { first_name: '' }],
  ['lived', 'mentee', '/me/profile', /profile$/, { about: 'x'.repeat(3000) }],
  ['lived', 'mentee', '/me/security/password', /password$/, { password: 'short' }],
  ['lived', 'mentee', '/me/data/correct', /correct$/, { wish: '' }],
  ['lived', 'mentee', '/me/data/erase', /erase$/, {}],
  ['lived', 'mentee', '/pairs/:pair/messages', /messages$/, { body: '' }],
  ['lived', 'mentee', '/pairs/:pair/goals', /goals$/, { statement: '' }],
  ['lived', 'mentee', '/pairs/:pair/notes', /notes$/, { body: '' }],
  ['lived', 'mentee', '/pairs/:pair/spoke', /spoke$/, { day: '', minutes: '-1' }],
  ['lived', 'mentee', '/pairs/:pair/pause', /pause$/, { until: '' }],
  ['lived', 'mentee', '/pairs/:pair/meetings', /meetings$/, { at: '', day: '', time: '' }],
  ['lived', 'coordinator', '/desk/people/import', /import$/, {}],
  ['lived', 'coordinator', '/desk/cohort/new', /new$/, { name: '' }],
  ['lived', 'coordinator', '/desk/cohort/staff', /staff$/, { email: 'no address' }],
  ['lived', 'coordinator', '/desk/applications/page', /page$/, { closes_day: '2000-01-01', headline: 'x'.repeat(2000) }],
  ['lived', 'coordinator', '/desk/sponsor', /sponsor$/, { on_day: '31', name: longName, address: 'no address' }],
];

// Everything: { houses, routes, visits: [{ house, who, path, route }], rejected: [{ house, who, path, form, fields }],
// dead: links that lead nowhere }
export async function stage() {
  const routes = await routesOf();
  const houses = [];
  const end = () => Promise.all([...House.open].map(h => h.end().catch(e => console.error(e))));
  try {
    const made = await Promise.allSettled([lived(), ended(), fresh(), bare()]);
    houses.push(...made.filter(m => m.status === 'fulfilled').map(m => m.value));
    for (const m of made) if (m.status === 'rejected') throw m.reason;
    const visits = [], dead = new Map();
    for (const h of houses) {
      for (const [person, visitor, begin, want] of h.visits) {
        h.who[person] = visitor;
        const paths = await crawl(routes, visitor, [...new Set(begin.filter(Boolean))], want ?? (() => true), dead);
        if (!paths.length) throw new Error(`${h.name}: ${person} sees nothing, ${begin[0]} gives ${(await visitor.get(begin[0])).status}`);
        for (const path of paths) visits.push({ house: h.name, who: person, path, route: routeOf(routes, path).path });
      }
    }
    const sent = rejected.map(([house, who, page, form, fields]) => ({ house, who, form, fields, path: visits.find(v => v.house === house && v.who === who && v.route === page)?.path, route: page }));
    return { routes, houses: Object.fromEntries(houses.map(h => [h.name, h])), visits, rejected: sent, dead: [...dead].map(([path, from]) => `${path} on ${from}`), end };
  } catch (error) {
    await end();
    throw error;
  }
}
