// The pictures of the README: the demonstration's main pages, at 390 and 1280 pixels, into docs/screenshots.
//   node tests/shots.mjs build/telemachus
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const program = resolve(process.argv[2] ?? 'build/telemachus');
const out = resolve('docs/screenshots');
const data = mkdtempSync(join(tmpdir(), 'telemachus-shots-'));
const port = 18473;
const env = { ...process.env, TELEMACHUS_BASE_URL: `http://127.0.0.1:${port}` };
const shots = {
  Coordinator: [{ width: 1280, pages: { desk: '/desk', calls: '/desk/calls', gates: '/desk/cohort/gates', matching: '/desk/matching' }, height: 1100 }, { width: 390, pages: { matching: '/desk/matching' }, height: 1500 }],
  Mentee: [{ width: 390, pages: { home: '/home', gatherings: '/gatherings', training: '/learn', profile: '/me/profile' }, height: 1500 }],
};

mkdirSync(out, { recursive: true });
execFileSync(program, ['demo', '--data', data], { env, stdio: 'ignore' });
const server = spawn(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], { env, stdio: 'ignore' });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  for (let i = 0; i < 200; i++) {
    try { if ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok) break; } catch { /* not yet */ }
    await new Promise(done => setTimeout(done, 50));
  }
  const links = JSON.parse(execFileSync(program, ['demo', '--data', data, '--links', '--json'], { env }));
  for (const [part, sizes] of Object.entries(shots)) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(links.find(l => l.part === part).url);
    await page.click('form button');
    for (const [name, path, width, height] of sizes.flatMap(s => Object.entries(s.pages).map(p => [...p, s.width, s.height]))) {
      await page.setViewportSize({ width, height });
      await page.goto(`http://127.0.0.1:${port}${path}`);
      const file = join(out, `${name}-${width}.png`);
      await page.screenshot({ path: file, clip: { x: 0, y: 0, width, height: Math.min(height, await page.evaluate(() => document.documentElement.scrollHeight)) } });
      try { execFileSync('convert', [file, '+dither', '-colors', '128', '-define', 'png:compression-level=9', `PNG8:${file}`]); } catch { /* larger, but right */ }
    }
    await context.close();
  }
} finally {
  await browser.close();
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
