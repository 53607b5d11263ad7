// The fault walk over a whole life: from the worksheet to the certificate, with what the machine does by night and what is typed at
// its terminal. Each verb is done from the same world again and again, each time with another database call, allocation, write,
// fsync or send failing (tests/lib/walk.mjs says what must be true). A new verb is a line.
//   FAULTS=all walks every N of every verb (make faults); otherwise each kind of failure of each verb comes at least once, with a
//   random N, and FAULTS_SECONDS (for each of the four stages) is spent on more of them. SEED=... repeats what was printed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { House, engines, program, sleep } from '../lib/house.mjs';
import { Faults } from '../lib/faults.mjs';
import { acceptedCohort, must, pairsOf, preparedCohort, proposedCohort } from '../lib/quick.mjs';
import { button } from '../lib/sink.mjs';
import { contact, roster, sponsor } from '../lib/cast.mjs';
import { Visitor, forms, hrefs } from '../lib/visitor.mjs';
import { Walk, all, form, look, upload } from '../lib/walk.mjs';

const seconds = Number(process.env.FAULTS_SECONDS ?? (all ? 36000 : 8));
const day = (w, n) => new Date(w.now.getTime() + n * 86400e3).toISOString().slice(0, 10);
const one = (w, query) => w.house.sql(query).then(s => s.split('\n')[0]);
const stranger = w => new Visitor(w.house, 'somebody');
const link = (w, pattern) => w.karin.get('/desk').then(p => hrefs(p.page).find(h => pattern.test(h)));

// Somebody whose application lies at the desk.
async function applied(w, email, first, last = false) {
  const v = new Visitor(w.house), since = w.house.sink.mails.length;
  must(await v.send(`/c/${w.cohort.slug}`, /apply$/, { email }), 'ask for the link');
  const path = new URL(button(await w.house.sink.wait({ to: email, since }), /begin/i)).pathname;
  must(await v.send(path, /you$/, { part: 'mentee', first_name: first, last_name: 'Doe' }), 'you');
  must(await v.send(`${path}/what`, /what$/, { want1: 'Presenting', goals: 'Less fear.' }), 'what');
  if (!last) must(await v.send(`${path}/when`, /when$/, { languages: 'English', agreed: '1' }), 'when');
  return { v, path };
}
const application = w => one(w, "SELECT a.id FROM recruiting_application a JOIN people_person p ON p.id = a.person WHERE p.email = 'pia@west.example'");

const worksheet = {
  purpose: 'New nurses find their way.', success: 'Nine of ten pairs reach the end.', audience: 'Nurses.', size: '12', staff_hours: '20', budget: 'None.',
  sponsor_name: sponsor.first, sponsor_email: sponsor.email, basis: 'interest', then: 'make', name: 'Spring', zone: 'Europe/Lisbon', pack: 'nine-months',
};

// A template that was changed elsewhere, as an archive.
function halfYear(house) {
  const into = join(house.data, 'taken');
  execFileSync(program, ['pack', 'export', '--thin', 'six-months', into, '--data', house.data], { env: house.env });
  const yaml = readdirSync(into, { recursive: true }).map(f => join(into, f)).find(f => f.endsWith('pack.yaml'));
  writeFileSync(yaml, readFileSync(yaml, 'utf8').replace('name: six-months', 'name: half-year').replaceAll('Six months', 'Half a year'));
  const zip = join(house.data, 'half.zip');
  execFileSync('python3', ['-m', 'zipfile', '-c', zip, join(yaml, '..')]);
  return readFileSync(zip);
}

const before = house => [
  form('worksheet begun', 'Karin', '/desk/design', /\/desk\/design$/),
  {
    ...form('worksheet made into a cohort', 'Karin', w => w.sheet, /make$/),
    async prepare(w) {
      const begun = must(await w.karin.send('/desk/design', /\/desk\/design$/), 'begin');
      const sheet = begun.headers.get('location');
      const decided = must(await w.karin.send(sheet, new RegExp(`${sheet}$`), worksheet), 'decide');
      return form('', 'Karin', decided.headers.get('location'), /make$/).prepare(w);
    },
  },
  {
    ...upload('template brought as an archive', 'Karin', '/desk/packs', /\/desk\/packs$/, { field: 'file', name: 'half.zip', bytes: halfYear(house) }),
    // a folder that is there must be whole; nothing half-unpacked may be found by the next start
    async state(w) {
      if (!existsSync(join(w.house.data, 'packs/half-year'))) return '';
      return w.house.cli('pack', 'check', join(w.house.data, 'packs/half-year')).then(() => 'whole', e => `half: ${e.message}`);
    },
    back: w => rmSync(join(w.house.data, 'packs/half-year'), { recursive: true, force: true }),
  },
  form('application begun', stranger, w => `/c/${w.cohort.slug}`, /apply$/, { email: 'new@west.example' }),
  {
    ...form('application sent', stranger, '', /when$/),
    async prepare(w) {
      const { v, path } = await applied(w, 'quinn@west.example', 'Quinn', true);
      return form('', () => v, `${path}/when`, /when$/, { languages: 'English', agreed: '1' }).prepare(w);
    },
  },
  form('invitation', 'Karin', '/desk/applications/invite', /invite$/, { part: 'mentee', lines: 'Ida Marsh <ida@west.example>\nleo.stone@west.example' }, { good: [200, 303] }),
  form('nomination', 'Tom', w => `/c/${w.cohort.slug}/nominate`, /nominate$/, { first_name: 'Zoe', email: 'zoe@west.example', part: 'mentor', why: 'You explain things.' }),
  form('application asked about', 'Karin', async w => `/desk/applications/${await application(w)}`, /ask$/, { question: 'Why now?' }),
  form('application accepted', 'Karin', async w => `/desk/applications/${await application(w)}`, /accept$/, { words: 'Welcome.' }),
  form('application kept waiting', 'Karin', async w => `/desk/applications/${await application(w)}`, /wait$/),
  form('application refused', 'Karin', async w => `/desk/applications/${await application(w)}/refuse`, /refuse$/, { words: 'Too many.' }),
  {
    ...form('roster', 'Karin'),
    async prepare(w) {
      const list = roster(['ada', 'ben', 'cleo'].map(n => ({ email: `${n}@east.example`, first_name: n, last_name: 'East', time_zone: 'Europe/Paris', languages: 'English', wants: 'finance' })));
      const looking = upload('', 'Karin', '/desk/people/import', /import$/, { field: 'file', name: 'list.csv', bytes: list }, { role: 'mentee', step: 'look' });
      const shown = await looking.act(w, await looking.prepare(w));
      const found = forms(shown.page).find(f => /import$/.test(f.action) && f.names.has('table'));
      return { visitor: w.karin, action: found.action, sent: [...found.fields.filter(([f]) => f !== 'role'), ['role', 'mentee'], ['step', 'import']] };
    },
  },
  form('shortlists made', 'Karin', '/desk/matching', /window$/, { days: '7' }),
  form('matching run', 'Karin', '/desk/matching', /run$/, { objective: 'total' }),
  {
    ...form('proposals sent', 'Karin', '/desk/matching/send', /publish$/),
    async prepare(w) {
      must(await w.karin.send('/desk/matching', /run$/, { objective: 'total' }), 'match');
      return form('', 'Karin', '/desk/matching/send', /publish$/).prepare(w);
    },
  },
];

// The page of a link in a mail shows what has become of it: after a commit whose answer was lost it says so.
const noted = /Thank you, it is noted/;
const answers = [
  { ...form('proposal accepted', stranger, w => w.answers['ama@north.example'], /./), noted, prepare: w => said(w, 'ama@north.example', 0) },
  { ...form('proposal declined', stranger, w => w.answers['tom@north.example'], /./), noted, prepare: w => said(w, 'tom@north.example', 1) },
];
async function said(w, email, which) {
  const visitor = new Visitor(w.house), page = await visitor.get(w.answers[email]);
  const f = forms(page.page)[0], b = f.buttons[which] ?? f.buttons.at(-1);
  return { visitor, action: f.action, sent: [...f.fields, [b.name ?? 'answer', b.value]] };
}

const p = path => w => `/pairs/${w.pairs.Ama}${path}`;
const ama = async w => one(w, "SELECT id FROM people_person WHERE first_name = 'Ama'");
const concern = { level: '0', body: 'He shouts.', not_for: '' };
const hook = (name, prepare) => ({ ...form(name), prepare });

const together = [
  form('message', 'Ama', p('/messages'), /messages$/, { body: 'How are you?' }),
  form('goal', 'Ama', p('/goals'), /\/goals$/, { statement: 'Lead a team', why: 'because', next_step: 'begin' }),
  form('note', 'Ama', p('/notes'), /\/notes$/, { body: 'Ask about the plan' }),
  form('we spoke', 'Ama', p('/spoke'), /spoke$/, w => ({ kind: 'phone', day: day(w, 0) })),
  form('agreement written', 'Ama', p('/agreement'), /agreement$/, { quiet: 'We ring.' }),
  form('meeting booked', 'Ama', p('/meetings'), /meetings$/, w => ({ day: day(w, 5), clock: '10:00', minutes: '45', channel: 'video' })),
  hook('meeting called off', async w => {
    must(await form('', 'Ama', p('/meetings'), /meetings$/, x => ({ day: day(x, 6), clock: '11:00', minutes: '45', channel: 'video' })).prepare(w).then(c => c.visitor.post(c.action, c.sent)), 'book');
    return form('', 'Ama', p(`/meetings/${await one(w, 'SELECT max(id) FROM journeys_meeting')}`), /meetings\/\d+$/, { how: 'cancelled' }).prepare(w);
  }),
  form('calendar address made anew', 'Ama', '/me', /calendar$/),
  form('pause', 'Ama', p('/pause'), /pause$/, w => ({ until: day(w, 20) })),
  form('profile', 'Ama', '/me/profile', /me\/profile$/, { about: 'I like the sea.' }),
  form('reminders wished', 'Ama', '/me/reminders', /reminders$/, { tempo: 'weekly', country: 'DE' }),
  form('seat answered', 'Ama', async w => hrefs((await w.who.Ama.get('/gatherings')).page).find(h => /^\/gatherings\/\d+$/.test(h)) ?? '/gatherings', /answer$/, {}, { nothing: true }),
  form('help asked', 'Ama', '/help', /help$/, { body: 'Where is the link?' }),
  hook('help answered', async w => {
    must(await w.who.Ama.send('/help', /help$/, { category: 'technical', body: 'My camera' }), 'ask');
    return form('', 'Karin', `/desk/help/${await one(w, 'SELECT max(id) FROM care_ticket')}`, /help\/\d+$/, { body: 'Under Gatherings.' }).prepare(w);
  }),
  form('concern, the pair rests', 'Ama', '/concern', /^\/concern$/, w => ({ ...concern, pair: w.pairs.Ama })),
  hook('concern taken', async w => {
    must(await w.who.Ama.send('/concern', /^\/concern$/, { ...concern, pair: w.pairs.Ama }), 'concern');
    return form('', 'Vera', hrefs((await w.who.Vera.get('/desk/concerns')).page).find(h => /concerns\/\d+$/.test(h)), /state$/, { state: 'taken', word: 'We look.' }).prepare(w);
  }),
  hook('pair let go on', async w => {
    must(await w.who.Ama.send('/concern', /^\/concern$/, { ...concern, pair: w.pairs.Ama }), 'concern');
    return form('', 'Vera', hrefs((await w.who.Vera.get('/desk/concerns')).page).find(h => /concerns\/\d+$/.test(h)), /pair$/, { choice: 'on' }).prepare(w);
  }),
  form('call logged', 'Karin', async w => `/desk/calls/${await one(w, "SELECT id FROM care_call WHERE state = 'due' ORDER BY id")}`, /calls\/\d+$/, { outcome: 'fine', minutes: '15' }),
  form('flag closed', 'Karin', async w => `/desk/flags/${await one(w, 'SELECT id FROM care_flag WHERE closed_at IS NULL ORDER BY id')}`, /close$/, { why: 'They are well', rest: '14' }),
  hook('call taken back', async w => {
    const c = await form('', 'Karin', `/desk/calls/${await one(w, "SELECT id FROM care_call WHERE state = 'due' ORDER BY id")}`, /calls\/\d+$/, { outcome: 'fine', minutes: '15' }).prepare(w);
    must(await w.karin.post(c.action, c.sent), 'call');
    return { visitor: w.karin, action: `/desk/acts/${await one(w, 'SELECT id FROM desk_act ORDER BY at DESC, id DESC')}/undo`, sent: [] };
  }),
  hook('many at once', async w => {
    await w.karin.get('/desk/pairs');
    const bulk = must(await w.karin.post('/desk/bulk', { kind: 'remind', filter: '', all: '1' }), 'bulk').headers.get('location');
    return form('', 'Karin', bulk, new RegExp(`${bulk}$`)).prepare(w);
  }),
  form('contact logged in somebody\'s name', 'Karin', async w => `/desk/pairs/${w.pairs.Ama}/for/${await ama(w)}`, /contact$/, w => ({ kind: 'phone', day: day(w, 0), minutes: '20', reason: 'said so' })),
  form('help number changed', 'Karin', '/desk/cohort/staff', /cohort\/help$/, { help_phone: '+351210001111' }),
  form('correction asked for', 'Ama', '/me/data/correct', /correct$/, { field: 'title', wish: 'Harpist' }),
  form('days of keeping', 'Karin', '/desk/retention', /retention\/messages$/, { days: '60' }),
  form('sponsor\'s letter', 'Karin', '/desk/sponsor', /sponsor$/, { name: 'Olu Ade', address: 'board@north.example', on_day: '20', active: '1', decision: 'Again?' }),
  form('erasure asked for', 'Raj', '/me/data/erase', /erase$/, { sure: '1' }),
  look('home', 'Ama', '/home'),
  look('the desk', 'Karin', '/desk'),
  look('my data as a file', 'Ama', '/me/data.json', /\}\s*$/),
  // Work of the night: whatever is struck, in the end it was done exactly once.
  {
    ...work('an erasure carried out', "kind = 'people.erase'", async w => { must(await w.who.Raj.send('/me/data/erase', /erase$/, { sure: '1' }), 'ask'); }),
    back: w => rmSync(join(w.house.data, 'erased.txt'), { force: true }),       // or each start would forget Raj again
  },
  work('the mornings of a cohort', "kind IN ('journeys.day', 'care.review')"),
  work('the night\'s forgetting', "kind IN ('people.retain', 'people.tidy', 'jobs.tidy')"),
  {
    name: 'backup at the terminal', good: [0], nothing: true, cold: true,
    prepare: async w => ({ file: join(w.house.data, 'backup.tar.gz') }),
    act: (w, { file }) => terminal(w, 'backup', file),
    state: (w, { file }) => left(w, file),
    back: (w, { file }) => rmSync(file, { force: true }),
  },
];

const ending = [
  form('closing card', 'Ama', w => `/pairs/${w.pairs.Ama}/closing?card=1`, /closing\/card$/, { learned: 'To ask first.' }),
  form('last closing card', 'Ama', w => `/pairs/${w.pairs.Ama}/closing?card=5`, /closing\/card$/, { notes_choice: 'keep', hours: '1' }),
  form('closers reminded', 'Karin', '/desk/closing/remind', /remind$/),
  form('pair ended at the desk', 'Karin', w => `/desk/pairs/${w.pairs.Raj}`, /close$/, { reason: 'life-change' }),
  look('certificate', 'Ama', async w => {
    must(await w.who.Ama.send(`/pairs/${w.pairs.Ama}/closing?card=5`, /closing\/card$/, { notes_choice: 'keep', hours: '1' }), 'the last card');
    return `/pairs/${w.pairs.Ama}/certificate/pdf?lang=de`;
  }, /%%EOF\s*$/),
];

// ---- what is not a form ----

function work(name, kinds, prepare = async () => {}) {
  const due = `state = 'waiting' AND (${kinds})`;
  return {
    name, nothing: true,
    async prepare(w) {
      await prepare(w);
      const ids = (await w.house.sql(`SELECT id FROM jobs_job WHERE ${due}`)).split('\n').filter(Boolean);
      assert.ok(ids.length, `${name}: no such work waits`);
      return { ids: ids.join(', ') };
    },
    async act(w, { ids }) {
      await w.house.sql(`UPDATE jobs_job SET due = CASE WHEN clock = 1 THEN ${Math.floor(Date.now() / 1000) - 5} ELSE ${Math.floor(w.now.getTime() / 1000)} END, not_before = 0, lease_until = 0 WHERE id IN (${ids})`);
      for (let i = 0; i < 200; i++) {
        await sleep(60);
        if (i % 10 === 9) { await w.alive(false); await w.house.sql(`UPDATE jobs_job SET not_before = 0, lease_until = 0 WHERE id IN (${ids}) AND state = 'waiting'`); }
        if (await w.house.sql(`SELECT count(*) FROM jobs_job WHERE id IN (${ids}) AND state = 'waiting'`) === '0') break;
      }
      const dead = await w.house.sql(`SELECT count(*) FROM jobs_job WHERE id IN (${ids}) AND state <> 'done'`);
      return { status: dead === '0' ? 303 : 500, page: `<h1>${dead} not done</h1>` };
    },
  };
}

// A command: what it printed must be a sentence, not a trace.
async function terminal(w, ...args) {
  try {
    w.cut = false;
    await w.house.cli(...args);
    return { status: 0, page: '' };
  } catch (e) {
    w.cut = typeof e.code !== 'number';         // dead of an allocation: nobody was there to tidy up
    if (typeof e.code === 'number') assert.match(e.stderr, /telemachus: .+\.|[A-Z].+\./, `${w.what}: it fails without a word`);
    return { status: e.code ?? 134, page: '<h1></h1>' };
  }
}

// A backup of this name is whole, or there is none and nothing lies about.
async function left(w, file) {
  const parts = readdirSync(w.house.data).filter(f => /partial|\.tmp$/.test(f));
  if (!existsSync(file)) return parts.length && !w.cut ? `half: ${parts}` : '';
  w.faults.disarm();
  return w.house.cli('verify', file).then(() => 'whole', e => `half: ${e.message}`);
}

for (const engine of engines.filter(e => !process.env.ENGINE || e === process.env.ENGINE)) {
  test(`each failure is survived through a whole life, ${engine}`, { timeout: (seconds * 4 + 1800) * 1000 }, async () => {
    const house = await House.start(engine);
    const faults = new Faults();
    const only = new RegExp(process.env.VERBS ?? '.');
    const stages = new Set((process.env.STAGES ?? 'before answers together ending').split(' '));
    try {
      Object.assign(house.env, faults.env);
      const prepared = await preparedCohort(house, { changes: { cohort: { size: '12' } } });
      const { who, karin, cohort, enter } = prepared;
      who.Vera = await enter(contact);
      who.Raj ??= await enter({ email: 'raj@north.example', first: 'Raj' });
      must(await karin.send('/desk/applications/page', /page$/, { taking: 'open', closes_day: new Date(Date.parse(cohort.launch) - 7 * 86400e3).toISOString().slice(0, 10) }), 'open the door');
      const w = new Walk(house, faults, { who, karin, cohort });
      const stage = async (name, verbs) => {
        if (!stages.has(name)) return;
        w.now = await house.now();
        await w.walk(verbs.filter(v => only.test(v.name)), seconds);
        w.report(engine, name);
      };
      await applied(w, 'pia@west.example', 'Pia');
      await stage('before', before(house));

      w.answers = await proposedCohort(house, prepared);
      await stage('answers', answers);
      await acceptedCohort(house, prepared, w.answers);
      if (stages.has('answers')) await w.walk([form('launch', 'Karin', '/desk/cohort/gates', /gates\/launch$/)].filter(v => only.test(v.name)), seconds / 4);
      must(await karin.send('/desk/cohort/gates', /gates\/launch$/), 'launch');
      await house.advance('16d');
      w.pairs = await pairsOf(house);
      await stage('together', together);

      const end = Number(await house.sql('SELECT max(planned_end) FROM journeys_pair'));
      for (const name of Object.keys(w.pairs)) must(await who[name].send(`/pairs/${w.pairs[name]}/spoke`, /spoke$/, { kind: 'video', day: (await house.now()).toISOString().slice(0, 10), minutes: '90' }), 'spoke');
      if (stages.has('ending')) {
        await house.advance(`${Math.ceil((end * 1000 - (await house.now()).getTime()) / 86400e3) - 18}d`);
        for (const [n, f] of [[1, {}], [2, {}], [3, {}], [4, { next: 'rest', again: '1' }]]) must(await who.Ama.send(`/pairs/${w.pairs.Ama}/closing?card=${n}`, /closing\/card$/, f), `card ${n}`);
      }
      await stage('ending', ending);
      if (house.engine === 'sqlite') {
        assert.equal(await house.sql('PRAGMA integrity_check'), 'ok');
        assert.equal(await house.sql('PRAGMA foreign_key_check'), '');
      }
      assert.equal(await house.sql("SELECT count(*) FROM jobs_job WHERE state = 'dead'"), '0', 'no work is given up');
      assert.deepEqual(w.broken, []);
    } finally {
      faults.disarm();
      house.server && (house.server.exitCode !== null || house.server.signalCode) && (house.server = null);
      faults.forgive(house);
      await house.end().catch(e => { if (!/the server ended with/.test(e.message)) throw e; });
    }
  });
}
