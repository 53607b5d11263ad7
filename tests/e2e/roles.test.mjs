// Every route as every role: the answer must be the one that the route's row promises, or, for a page of somebody else, none at all.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { House, engines } from '../lib/house.mjs';
import { Visitor } from '../lib/visitor.mjs';
import { coordinatorElsewhere, launchedCohort } from '../lib/quick.mjs';
import { contact } from '../lib/cast.mjs';

for (const engine of engines) {
  describe(`every route as every role, ${engine}`, () => {
    let house, routes, roles, parts;

    before(async () => {
      house = await House.start(engine);
      const { who, pairs, enter } = await launchedCohort(house);
      await enter(contact);
      const add = async (email, first, role) => {
        await house.cli('admin', 'add', email, '--first-name', first, '--role', role);
        return new Visitor(house, first).enter(email);
      };
      await house.cli('admin', 'add', 'mona@north.example', '--first-name', 'Mona', '--role', 'manager').catch(() => {});
      const else_ = await add('else@south.example', 'Else', 'coordinator');
      await coordinatorElsewhere(house, 'else@south.example');
      roles = [
        { name: 'nobody', visitor: new Visitor(house), has: [] },
        { name: 'mentee', visitor: who.Ama, has: ['participant'], pair: true },
        { name: 'mentor', visitor: who.Tom, has: ['participant'], pair: true },
        { name: 'another mentee', visitor: who.Raj, has: ['participant'] },
        { name: 'coordinator', visitor: who.Karin, has: ['coordinator', 'administrator'], staff: true },
        { name: 'coordinator elsewhere', visitor: else_, has: ['coordinator'] },
        { name: 'administrator', visitor: await add('adam@north.example', 'Adam', 'administrator'), has: ['administrator'], staff: true },
        { name: 'sponsor', visitor: who.Olu, has: ['sponsor'] },
        { name: 'designated contact', visitor: who.Vera, has: ['contact'] },
      ];
      routes = JSON.parse(await house.cli('routes'));
      const id = async query => (await house.sql(query)).split('\n')[0] || '1';
      parts = {
        ':pair': pairs.Ama,
        ':person': await id("SELECT id FROM people_person WHERE email = 'ama@north.example'"),
        ':proposal': await id('SELECT q.id FROM matching_proposal q JOIN people_person p ON p.id = q.mentee WHERE p.email = \'ama@north.example\''),
        ':gathering': await id('SELECT id FROM gatherings_gathering ORDER BY day'),
        ':cohort': await id('SELECT id FROM programmes_cohort'), ':ordinal': '1', ':pack': 'nine-months', ':module': 'M1', ':item': 'cadence-card', ':wave': 'pulse',
      };
    });
    after(() => house?.end());

    const concrete = path => path.replace(/:[a-z]+/g, part => parts[part] ?? '1');
    const mayEnter = (role, route) => route.who.length === 0 || (route.who.includes('signed-in') ? role.has.length > 0 : route.who.some(w => role.has.includes(w)));

    test('GET: whoever the row does not name is refused, and nothing breaks', async () => {
      const wrong = [];
      for (const role of roles) {
        for (const route of routes.filter(r => r.method === 'GET')) {
          const path = concrete(route.path);
          if (path === '/sign-out') continue;
          const answer = await role.visitor.get(path);
          const got = `${role.name}: GET ${route.path} gave ${answer.status}${answer.status >= 300 && answer.status < 400 ? ` to ${answer.headers.get('location')}` : ''}`;
          if (answer.status >= 500) wrong.push(got);
          else if (!mayEnter(role, route)) {
            const refused = role.has.length ? answer.status === 403 : answer.status === 303 && answer.headers.get('location').startsWith('/sign-in');
            if (!refused) wrong.push(got);
          } else if (/:pair/.test(route.path) && route.path.startsWith('/pairs/') && !role.pair && answer.status !== 404) wrong.push(got);
          else if (route.path.startsWith('/desk') && role.has.includes('coordinator') && !role.staff && /:(pair|person|proposal|gathering|call|flag|ticket)/.test(route.path) && ![403, 404].includes(answer.status)) wrong.push(got);
          else if (route.path.includes(':') === false && ![200, 303, 404].includes(answer.status)) wrong.push(got);
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('POST: the same, and without the CSRF field nobody gets in', async () => {
      const wrong = [];
      for (const role of roles) {
        for (const route of routes.filter(r => r.method === 'POST' && r.path !== '/sign-out')) {
          const path = concrete(route.path);
          if (!mayEnter(role, route)) {
            const answer = await role.visitor.post(path);
            if (![303, 403].includes(answer.status) || (answer.status === 303 && !answer.headers.get('location').startsWith('/sign-in'))) wrong.push(`${role.name}: POST ${route.path} gave ${answer.status}`);
          } else if (route.csrf && role.has.length) {
            const answer = await role.visitor.post(path, { csrf: 'forged' });
            if (answer.status !== 403 && answer.status !== 404) wrong.push(`${role.name}: POST ${route.path} with a forged field gave ${answer.status}`);
          }
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('POST to somebody else\'s pair finds nothing there', async () => {
      const wrong = [];
      for (const role of roles.filter(r => !r.pair && r.has.length)) {
        await role.visitor.get('/me');
        for (const route of routes.filter(r => r.method === 'POST' && r.path.startsWith('/pairs/'))) {
          if (role.staff && route.path.endsWith('/resume')) continue;   // staff may end a pause, from the desk too
          const answer = await role.visitor.post(concrete(route.path), { body: 'x', kind: 'video', day: '2026-01-01', reason: 'other', yes: '1' });
          if (![404, 422, 403].includes(answer.status)) wrong.push(`${role.name}: POST ${route.path} gave ${answer.status}`);
          // tokens are random letters: three of them may well spell a name
          const shown = answer.page.replace(/(value|content)="[^"]*"/g, '');
          if (answer.status === 422 && /\b(Tom|Ama)\b/.test(shown)) wrong.push(`${role.name}: POST ${route.path} shows names`);
        }
      }
      assert.deepEqual(wrong, []);
    });

    test('a manager does not sign in', async () => {
      const before = house.sink.mails.length;
      await new Visitor(house).send('/sign-in', /sign-in$/, { email: 'mona@north.example' });
      await house.advance('1h');
      assert.equal(house.sink.find({ to: 'mona@north.example', rule: 'sign-in', since: before }).length, 0);
    });
  });
}
