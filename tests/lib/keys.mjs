// Somebody who has only a keyboard. Whatever Tab reaches must be seen to have the focus, stand in the window and come in the order of the
// page; the first thing that is not so ends the test.
import assert from 'node:assert/strict';

// Runs in the page: what has the focus, and how it shows.
function stop() {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const fold = s => (s ?? '').replace(/\s+/g, ' ').trim();
  const drawn = x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; };
  const label = e.labels?.[0];
  const frame = e.closest('.choice') ?? e;
  const r = frame.getBoundingClientRect();
  const x = Math.min(Math.max(r.left + Math.min(r.width / 2, 40), 1), innerWidth - 2), y = Math.min(Math.max(r.top + Math.min(r.height / 2, 20), 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  const before = window.keysWereAt;
  window.keysWereAt = e;
  return {
    kind: e.localName, type: e.type ?? '', name: e.name ?? '', value: e.value ?? '', href: e.getAttribute('href') ?? '',
    words: fold(e.getAttribute('aria-label') || (e.localName === 'input' && /button|submit/.test(e.type) ? e.value : '') || (label ? label.textContent : e.textContent)),
    shows: drawn(e) || drawn(frame) || getComputedStyle(e).boxShadow !== 'none',
    within: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    covered: !(top && (frame.contains(top) || top.contains(frame) || (label && label.contains(top)))),
    forward: !before || !before.isConnected || before === e || Boolean(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING),
    again: Boolean(before), jumps: e.tabIndex > 0, skip: e.className === 'skip',
  };
}

export class Keys {
  constructor(page) { this.page = page; this.presses = 0; }

  async press(key) { this.presses++; await this.page.keyboard.press(key); }
  async type(text) { await this.page.keyboard.type(text); }

  // Tab once; null at the end of the page, from where some browsers begin again.
  async tab() {
    await this.press('Tab');
    const at = await this.page.evaluate(stop);
    if (!at || (at.skip && at.again)) return null;
    const where = `${this.page.url()}: ${at.kind} "${at.words.slice(0, 60)}"`;
    assert.ok(at.shows, `${where} has the focus and does not show it`);
    assert.ok(at.within, `${where} has the focus outside of the window`);
    assert.ok(!at.covered, `${where} has the focus behind something`);
    assert.ok(at.forward, `${where} comes before what had the focus before`);
    assert.ok(!at.jumps, `${where} has a tabindex of its own`);
    return at;
  }

  // Tab until something called so has the focus; fields may be given as { name, value }.
  async to(words) {
    const seen = [];
    const fits = at => (words instanceof RegExp ? words.test(at.words) : Object.entries(words).every(([k, v]) => (v instanceof RegExp ? v.test(at[k]) : at[k] === v)));
    for (let i = 0; i < 150; i++) {
      const at = await this.tab();
      if (!at) break;
      if (fits(at)) return at;
      seen.push(at.words.slice(0, 30) || at.name);
    }
    throw new Error(`the keyboard does not reach ${words instanceof RegExp ? words : JSON.stringify(words)} at ${this.page.url()}: ${seen.join(' | ')}`);
  }

  // Into the main part, by the skip link.
  async skip() {
    const at = await this.tab();
    assert.ok(at?.skip, `the first stop of ${this.page.url()} is "${at?.words}", not the skip link`);
    await this.press('Enter');
    await this.page.waitForURL(/#main$/, { timeout: 60_000 });   // within a page the address follows a moment after the key
  }

  // Fills the next field of that name.
  async fill(name, text) {
    await this.to({ name });
    await this.press('Control+a');
    await this.type(text);
  }

  // Chooses a radio button by its value, with the arrows.
  async choose(name, value) {
    let at = await this.to({ name });
    if (value === undefined) value = at.value;
    if (at.value === value) await this.press('Space');
    for (let i = 0; i < 12 && at.value !== value; i++) {
      await this.press('ArrowDown');
      at = await this.page.evaluate(stop);
    }
    assert.equal(at.value, value, `the arrows do not reach ${name}=${value}`);
  }

  async tick(name) { await this.to({ name }); await this.press('Space'); }

  // Presses what has the focus and waits for the page behind it.
  async go(key = 'Enter') {
    const gone = this.page.waitForNavigation({ timeout: 60_000 });
    await this.press(key);
    const answer = await gone;
    assert.ok(!answer || answer.status() < 400, `${this.page.url()} answers ${answer?.status()}`);
  }

  async enter(words) { await this.to(words); await this.go(); }

  // Through a whole page and out of it again: every element that can be used has its turn, and the browser gets the keyboard back.
  async through() {
    await this.page.evaluate(() => { window.keysWereAt = null; document.activeElement?.blur(); window.scrollTo(0, 0); });
    const names = [];
    for (let i = 0; i < 400; i++) {
      const at = await this.tab();
      if (!at) break;
      names.push(at);
      assert.ok(i < 399, `${this.page.url()} does not let go of the keyboard`);
    }
    const expected = await this.page.evaluate(() => {
      const groups = new Set();
      return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
        if (e.disabled || !e.checkVisibility({ visibilityProperty: true }) || e.tabIndex < 0) return false;
        if (e.type !== 'radio') return true;
        const group = `${e.form?.action} ${e.name}`;
        return !groups.has(group) && groups.add(group);
      }).length;
    });
    const tabbed = names.filter((n, i) => /^(a|button|input|select|textarea|summary)$/.test(n.kind) && !(i && /^(date|time)$/.test(n.type) && names[i - 1].name === n.name)).length;
    assert.ok(tabbed >= expected, `${this.page.url()}: the keyboard reaches ${tabbed} of ${expected}`);
  }
}
