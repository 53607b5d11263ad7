// Somebody who talks HTTP by hand: cookies, forms with what stands in them, the CSRF field. For crawls and for speed.

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"' };
const plain = s => s.replace(/&(amp|lt|gt|quot|#39|#34);/g, (_, e) => entities[e]);
const attribute = (tag, name) => {
  const m = new RegExp(`\\s${name}(?:="([^"]*)"|='([^']*)'|(?=[\\s>/]|$))`).exec(tag);
  return m ? plain(m[1] ?? m[2] ?? '') : null;
};

// The forms of a page: method, action, fields as a browser would send them untouched, names of its buttons.
export function forms(html) {
  const found = [];
  for (const m of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const form = { method: (attribute(m[1], 'method') ?? 'get').toUpperCase(), action: attribute(m[1], 'action'), multipart: /multipart/.test(m[1]), fields: [], buttons: [], names: new Set(), radios: {} };
    for (const t of m[2].matchAll(/<(input|button|textarea|select)\b([^>]*)>/g)) {
      const [whole, kind, rest] = t;
      const name = attribute(rest, 'name');
      const type = attribute(rest, 'type') ?? (kind === 'button' ? 'submit' : 'text');
      if (name) form.names.add(name);
      if (kind === 'button' || type === 'submit') { form.buttons.push({ name, value: attribute(rest, 'value') ?? '' }); continue; }
      if (!name || attribute(rest, 'disabled') !== null) continue;
      if (kind === 'textarea') {
        form.fields.push([name, plain(m[2].slice(t.index + whole.length).split('</textarea>')[0])]);
      } else if (kind === 'select') {
        const inside = m[2].slice(t.index + whole.length).split('</select>')[0];
        const options = [...inside.matchAll(/<option\b([^>]*)>([^<]*)/g)];
        const chosen = options.find(o => attribute(o[1], 'selected') !== null) ?? options[0];
        form.radios[name] = options.map(o => attribute(o[1], 'value') ?? plain(o[2]));
        if (chosen) form.fields.push([name, attribute(chosen[1], 'value') ?? plain(chosen[2])]);
      } else if (type === 'radio' || type === 'checkbox') {
        (form.radios[name] ??= []).push(attribute(rest, 'value') ?? 'on');
        if (attribute(rest, 'checked') !== null) form.fields.push([name, attribute(rest, 'value') ?? 'on']);
      } else if (type !== 'file') {
        form.fields.push([name, attribute(rest, 'value') ?? '']);
      }
    }
    found.push(form);
  }
  return found;
}

export const hrefs = html => [...html.matchAll(/\s(?:href|src|action)="([^"]+)"/g)].map(m => plain(m[1]));

export class Visitor {
  constructor(house, name = '') {
    this.house = house;
    this.name = name;
    this.cookies = new Map();
    this.csrf = '';
  }

  async ask(method, path, { body, headers = {}, follow = false } = {}) {
    const url = path.startsWith('http') ? path : this.house.url + path;
    const response = await fetch(url, {
      method, body, redirect: 'manual', signal: AbortSignal.timeout(60_000),
      headers: { ...(this.cookies.size ? { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } : {}), ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value && !/max-age=0/i.test(line)) this.cookies.set(name, value); else this.cookies.delete(name);
    }
    const type = response.headers.get('content-type') ?? '';
    response.page = await response.text();
    response.path = path;
    const token = /name="csrf" value="([^"]+)"/.exec(response.page) ?? /<meta name="csrf" content="([^"]+)"/.exec(response.page);
    if (token && /html/.test(type)) this.csrf = plain(token[1]);
    if (follow && [301, 302, 303].includes(response.status)) return this.get(response.headers.get('location'), { follow: true });
    return response;
  }

  get(path, options) { return this.ask('GET', path, options); }

  post(path, fields = {}, options = {}) {
    const body = new URLSearchParams(fields instanceof Array ? fields : Object.entries(fields).flatMap(([k, v]) => (v instanceof Array ? v.map(x => [k, x]) : [[k, v]])));
    if (!body.has('csrf')) body.set('csrf', this.csrf);
    return this.ask('POST', path, { ...options, body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...options.headers } });
  }

  // Loads a page and sends its form whose action matches, with these fields changed.
  async send(path, action, changes = {}, options = {}) {
    const page = await this.get(path, { follow: true });
    const form = forms(page.page).find(f => f.method === 'POST' && action.test(f.action));
    if (!form) throw new Error(`${this.name} finds no form ${action} on ${path} (${page.status})`);
    const fields = form.fields.filter(([name]) => !(name in changes));
    for (const [name, value] of Object.entries(changes)) for (const v of [value].flat()) if (v !== null) fields.push([name, v]);
    return this.post(form.action, fields, options);
  }

  async enter(email) {
    const address = await this.house.signInAddress(email);
    await this.get(address);
    const response = await this.post(new URL(address).pathname);
    if (response.status !== 303) throw new Error(`${email} cannot sign in: ${response.status}`);
    this.email = email;
    return this;
  }
}
