// Reads a site as one person and prints the requests that a scanner should try, one for each shape of address and each form, in
// the format of a proxy's log (sqlmap -l):   scan_targets.mjs URL FIRST-PATHS SESSION MOST
// An id in a path is marked with * so that it is tried as well.
import { Visitor, forms, hrefs } from '../tests/lib/visitor.mjs';

const [url, first, session, most] = process.argv.slice(2);
const leave = /^\/(sign-out|me\/data|me\/sessions|assets)/;
const visitor = new Visitor({ url });
if (session) visitor.cookies.set('tm_session', session);
const shape = path => path.replace(/[?#].*/, '').replace(/\/\d+(?=\/|$)/g, '/N');
const seen = new Set();
const requests = new Map();
const cookie = () => [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
const filled = form => new URLSearchParams([...form.fields, ...[...form.names].filter(n => !form.fields.some(([k]) => k === n)).map(n => [n, form.radios[n]?.[0] ?? '1'])]).toString();

const queue = first.split(' ');
while (queue.length && seen.size < 120) {
  const path = queue.shift();
  if (seen.has(shape(path)) || leave.test(path)) continue;
  seen.add(shape(path));
  const page = await visitor.get(path, { follow: true });
  if (!/html/.test(page.headers.get('content-type') ?? '')) continue;
  if (/\/\d+(?=[/?]|$)/.test(path) || path.includes('?')) requests.set('GET ' + shape(path), { method: 'GET', path: path.replace(/(\/\d+)(?=[/?]|$)/, '$1*') });
  for (const form of forms(page.page)) {
    const action = form.action ?? path;
    if (leave.test(action)) continue;
    const key = `${form.method} ${shape(action)} ${[...form.names].sort()}`;
    if (form.method === 'POST') requests.set(key, { method: 'POST', path: action, body: filled(form) });
    else requests.set(key, { method: 'GET', path: `${shape(action) === action ? action : path.replace(/\?.*/, '')}?${filled(form)}` });
  }
  queue.push(...hrefs(page.page).filter(h => h.startsWith('/') && !h.startsWith('//')));
}

const line = '======================================================';
const host = new URL(url).host;
for (const r of [...requests.values()].slice(0, Number(most ?? 60))) {
  console.log(`${line}\n10:00:00  ${url}  [127.0.0.1]\n${line}\n${r.method} ${r.path} HTTP/1.1\nHost: ${host}`);
  if (cookie()) console.log(`Cookie: ${cookie()}`);
  console.log(r.body ? `Content-Type: application/x-www-form-urlencoded\n\n${r.body}\n${line}\n` : `\n${line}\n`);
}
console.error(`${requests.size} requests of ${seen.size} shapes of pages`);
