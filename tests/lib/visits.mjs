// Goes to every page of the stage, two at a time, as whoever it belongs to.
import { watch } from './look.mjs';

export const cookies = (set, house, who) => [...set.houses[house].who[who].cookies].map(([name, value]) => ({ name, value, url: set.houses[house].house.url }));

// Sends a form as a browser without its own checks would: what is wrong with it is said by the server.
async function send(page, { form, fields }) {
  const gone = page.waitForNavigation();
  await page.evaluate(([pattern, values]) => {
    const f = [...document.forms].find(x => x.method === 'post' && new RegExp(pattern).test(new URL(x.action).pathname));
    if (!f) throw new Error(`no form ${pattern}`);
    for (const [name, value] of Object.entries(values)) {
      for (const e of f.querySelectorAll(`[name="${name}"]`)) if (/checkbox|radio/.test(e.type)) e.checked = false; else e.value = value;
    }
    HTMLFormElement.prototype.submit.call(f);
  }, [form.source, fields]);
  return gone;
}

// One page of each route; where there is one with the long names, that one.
function firsts(visits) {
  const by = new Map();
  for (const v of visits) if (!by.has(v.route) || (v.who === 'long' && by.get(v.route).who !== 'long')) by.set(v.route, v);
  return [...by.values()].sort((a, b) => `${a.house} ${a.who}`.localeCompare(`${b.house} ${b.who}`));
}

// look(page, complain, visit) is called on every page in this language; save(visit, locale, html) gets its HTML; once: a page of
// each route is enough. Gives all complaints,
// the same one of several pages of a route once.
export async function walk(browser, set, { locale, language, options, once = false, save = () => {} }, look) {
  const wrong = new Map();
  for (const { house } of Object.values(set.houses)) await house.sql(`UPDATE people_person SET locale = '${locale}'`);
  const queue = once ? firsts(set.visits) : [...set.visits, ...set.rejected];
  const worker = async () => {
    let context, page, heard, whose = '';
    while (queue.length) {
      const at = queue.findIndex(v => `${v.house} ${v.who}` === whose);
      const [visit] = queue.splice(Math.max(at, 0), 1);
      if (`${visit.house} ${visit.who}` !== whose) {
        await context?.close();
        whose = `${visit.house} ${visit.who}`;
        context = await browser.newContext({ baseURL: set.houses[visit.house].house.url, locale: language, ...options });
        await context.addCookies(cookies(set, visit.house, visit.who));
        page = await context.newPage();
        heard = await watch(page);
      }
      const complain = text => {
        const key = `${visit.route}: ${text}`;
        wrong.set(key, [...(wrong.get(key) ?? []), `${whose}${visit.form ? ', rejected,' : ''} ${visit.path}`]);
      };
      try {
        let answer = await page.goto(visit.path);
        if (visit.form) answer = await send(page, visit);
        if (answer.status() === (visit.form ? 422 : 200)) {
          save(visit, locale, await answer.text());
          await look(page, complain, visit);
        } else complain(`status ${answer.status()}`);
      } catch (e) { complain(e.message.split('\n')[0]); }
      for (const e of heard.take()) complain(e);
    }
    await context?.close();
  };
  await Promise.all([worker(), worker()]);
  return [...wrong].map(([what, where]) => `${what}\n      at ${where[0]}${where.length > 1 ? ` and ${where.length - 1} more` : ''}`).sort();
}
