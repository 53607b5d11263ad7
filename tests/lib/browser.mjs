// Chromium through Playwright. One browser for a test file, one context for each person.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export async function openBrowser(more = []) {
  return chromium.launch({ executablePath, args: [...args, ...more], headless: true, timeout: 60_000 });
}

// A person at a browser: pages, what went wrong on them, signing in.
export class Person {
  static async open(browser, house, options = {}) {
    const person = new Person();
    person.house = house;
    person.context = await browser.newContext({ baseURL: house.url, locale: 'en-GB', timezoneId: 'Europe/London', ...options });
    person.context.setDefaultTimeout(60_000);
    person.page = await person.context.newPage();
    person.troubles = [];
    person.page.on('response', r => { if (r.status() >= 500) person.troubles.push(`${r.status()} ${r.request().method()} ${r.url()}`); });
    person.page.on('console', m => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) person.troubles.push(`console: ${m.text()}`); });
    person.page.on('pageerror', e => person.troubles.push(`script: ${e.message}`));
    return person;
  }

  // Goes there and expects that status.
  async go(path, status = 200) {
    const response = await this.page.goto(path);
    if (response.status() !== status) throw new Error(`GET ${path}: ${response.status()}, not ${status}\n${await this.text()}`);
    return this.page;
  }

  text() { return this.page.locator('main').innerText().catch(() => this.page.content()); }

  // Presses a button or link by its words, and waits for the page behind it.
  async press(words, within = this.page) {
    const target = within.getByRole('button', { name: words }).or(within.getByRole('link', { name: words })).first();
    try {
      await target.waitFor({ timeout: 60_000 });
    } catch {
      throw new Error(`nothing to press called ${words} at ${this.page.url()}:\n${await this.text()}`);
    }
    const before = this.troubles.length;
    await target.click();
    await this.page.waitForLoadState('load');
    if (this.troubles.length > before) throw new Error(`${words}: ${this.troubles.slice(before).join('; ')}\n${this.house.logTail(8)}`);
  }

  // Signs in as people do: asks for the link, reads the mail, opens it, presses the button.
  async signIn(email) {
    const since = this.house.sink.mails.length;
    await this.go('/sign-in');
    await this.page.getByLabel('Mail address').fill(email);
    await this.press('Send me a link');
    const mail = await this.house.sink.wait({ to: email, rule: 'sign-in', since });
    const { button } = await import('./sink.mjs');
    await this.go(button(mail, /sign in/i));
    await this.press('Sign in');
    if (/\/sign-in/.test(this.page.url())) throw new Error(`${email} is not signed in:\n${await this.text()}`);
    return this;
  }

  // Signs in by an address from the machine itself, where the mail is not what is tested.
  async enter(email) {
    await this.go(await this.house.signInAddress(email));
    await this.press('Sign in');
    return this;
  }

  async close() { await this.context.close(); }
}
