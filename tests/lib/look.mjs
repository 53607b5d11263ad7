// What a page looks like, measured in the page: nothing wider than the window, nothing cut off, everything large enough to press,
// every sentence in the reader's language. Each function gives a list of complaints.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function accessible(page, some) {
  await page.evaluate(axe);
  const result = await page.evaluate(only => window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }), some ? { type: 'rule', values: some } : { type: 'tag', values: rules });
  return result.violations.map(v => `axe ${v.id} (${v.nodes.length}), ${v.nodes[0].html.slice(0, 160)}`);
}

// Runs in the page.
function geometry() {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - width;
  if (over > 1) wrong.push(`${over} pixels wider than the window`);
  const what = e => `<${e.localName}${e.className && typeof e.className === 'string' ? ` class="${e.className}"` : ''}> "${(e.textContent || e.value || '').trim().replace(/\s+/g, ' ').slice(0, 50)}"`;
  const hidden = e => !e.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true }) || e.closest('.skip, .seen-by-readers, svg');
  const scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll/.test(getComputedStyle(p).overflowX) && p !== document.documentElement && p !== document.body) return true; return false; };
  const small = r => r.width <= 1 || r.height <= 1;
  const say = text => { if (wrong.length < 12 && !wrong.includes(text)) wrong.push(text); };

  for (const e of document.querySelectorAll('body *')) {
    if (hidden(e)) continue;
    const r = e.getBoundingClientRect();
    if (small(r)) continue;
    if ((r.right > width + 1 || r.left < -1) && !scrolls(e)) say(`outside the window (${Math.round(r.left)} to ${Math.round(r.right)} of ${width}): ${what(e)}`);
    const s = getComputedStyle(e);
    if (/hidden|clip/.test(s.overflowX) && s.textOverflow !== 'ellipsis' && e.scrollWidth > e.clientWidth + 1 && e.textContent.trim()) say(`cut off: ${what(e)}`);
  }
  // Words that leave the box drawn around them.
  for (const e of document.querySelectorAll('button, .button, .chip, .choice, .card, .next, .flash, .empty, td, th, .nav a, .tabs a, .thread > li, .avatar, legend, label, h1, h2, h3')) {
    if (hidden(e)) continue;
    const box = e.getBoundingClientRect();
    if (small(box)) continue;
    const words = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    for (let n = words.nextNode(); n; n = words.nextNode()) {
      if (!n.data.trim() || hidden(n.parentElement) || getComputedStyle(n.parentElement).textOverflow === 'ellipsis') continue;
      const inner = n.parentElement.closest('.table-wrap, .tabs ul, pre, .nav ul');
      if (inner && e.contains(inner) && inner !== e) continue;
      const range = document.createRange();
      range.selectNodeContents(n);
      const r = range.getBoundingClientRect();
      if (small(r)) continue;
      if (r.right > box.right + 1.5 || r.left < box.left - 1.5 || ((r.bottom > box.bottom + 3 || r.top < box.top - 3) && e.matches('button, .button, .chip, .choice, .nav a, .tabs a, .avatar'))) say(`words leave ${what(e)}: "${n.data.trim().slice(0, 40)}"`);
    }
  }
  // Targets: 24 pixels at least; axe looks at links, which may have room around them instead.
  for (const e of document.querySelectorAll('a.button, .nav a, .tabs a, button, input:not([type=hidden]), select, textarea, summary')) {
    if (hidden(e)) continue;
    const r = (e.matches('input') && e.closest('label') || e).getBoundingClientRect();
    if (small(r) || getComputedStyle(e).display === 'inline') continue;
    if (r.width < 23.5 || r.height < 23.5) say(`too small to press (${Math.round(r.width)} x ${Math.round(r.height)}): ${what(e)}`);
  }
  // The copy of all that is kept about somebody names pages as they are kept.
  const bare = location.pathname !== '/me/data' && /(?<!\S)\/(desk|me|pairs)\/[\w:/-]+/.exec(document.body.innerText);
  if (bare) say(`an address instead of words: ${document.body.innerText.slice(Math.max(0, bare.index - 40), bare.index + 40).replace(/\s+/g, ' ')}`);
  const heads = document.querySelectorAll('h1').length;
  if (heads !== 1) say(`${heads} main headings`);
  // Texts of the templates are shown with their holes.
  const hole = !location.pathname.startsWith('/desk/packs/') && /\{[a-z_0-9]+\}|\bundefined\b|\(null\)|\bNaN\b/.exec(document.body.innerText);
  if (hole) say(`a hole in a sentence: ${document.body.innerText.slice(Math.max(0, hole.index - 30), hole.index + 40)}`);
  return wrong;
}
export const measured = page => page.evaluate(geometry);

// Sentences of the catalogue that stand on the page in English although another language was asked for.
function english(known) {
  const folded = s => s.replace(/\s+/g, ' ').trim();
  const set = new Set(known), found = new Set();
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = words.nextNode(); n; n = words.nextNode()) {
    const t = folded(n.data);
    if (t.split(' ').length >= 2 && !n.parentElement.closest('[translate=no], [lang], script, textarea, .letter, .prose, blockquote, pre') && set.has(t)) found.add(t);
  }
  return [...found].map(t => `not translated: "${t}"`);
}
export const translated = (page, known) => page.evaluate(english, known);

// The English sentences of the catalogue; those that a template says as well are left out, since its texts have no pseudo-locale.
export function sentences() {
  const po = readFileSync('content/messages/de.po', 'utf8');
  const pack = ['pack.yaml', 'library/index.txt'].map(f => readFileSync(`content/packs/nine-months/${f}`, 'utf8')).join('\n');
  return [...po.matchAll(/^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)/gm)].map(m => [...m[1].matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(p => JSON.parse(`"${p[1]}"`)).join('')).filter(s => s && !/[{<]/.test(s) && !pack.includes(s));
}

// What the browser itself complained of: errors, refused styles and scripts.
export async function watch(page) {
  const heard = [];
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', e => console.error(`refused by the content security policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
  page.on('console', m => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) heard.push(m.text()); });
  page.on('pageerror', e => heard.push(`script: ${e.message}`));
  return { take: () => heard.splice(0) };
}
