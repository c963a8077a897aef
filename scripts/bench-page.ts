/** How soon the page greets on a slow phone line, and what it weighs: a real server, a real browser. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { BadCommand } from '../bot/control.ts';
import { freePort, startProcess } from './bench/server-process.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms; the processor slowed four times. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWED = 4;

export interface PageFigures {
  rounds: number;
  /** By the page's own clock, from navigation to the frame that shows the greeting. */
  greetingMs: { median: number; max: number; all: number[] };
  /** JavaScript and style sheets, packed. */
  gzipBytes: number;
}

export async function benchPage(options: { rounds: number; progress(line: string): void }): Promise<PageFigures> {
  if (!existsSync(CHROMIUM)) throw new BadCommand(`${CHROMIUM} is not there: install Debian's package chromium`);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-bench-'));
  const port = await freePort();
  options.progress('starting a server with the demo municipality');
  const server = await startProcess('bot/main.ts', { DATA_DIR: dataDir }, port);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const all: number[] = [];
    // The first load warms the browser up and is not counted.
    for (let round = 0; round <= options.rounds; round++) {
      const ms = await greet(browser, server.origin);
      options.progress(`greeting after ${Math.round(ms)} ms${round === 0 ? ' (not counted)' : ''}`);
      if (round > 0) all.push(Math.round(ms));
    }
    const sorted = [...all].sort((a, b) => a - b);
    return {
      rounds: options.rounds,
      greetingMs: { median: sorted[sorted.length >> 1] as number, max: sorted.at(-1) as number, all },
      gzipBytes: await weigh(server.origin),
    };
  } finally {
    await browser.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function greet(browser: Browser, origin: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const marks = window as { greetedAt?: number };
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('li.bot .bubble')) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        marks.greetedAt = performance.now();
      });
    }).observe(document, { childList: true, subtree: true });
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.goto(origin, { waitUntil: 'commit' });
  const greeted = await page.waitForFunction(() => (window as { greetedAt?: number }).greetedAt);
  const ms = (await greeted.jsonValue()) as number;
  await context.close();
  return ms;
}

async function weigh(origin: string): Promise<number> {
  const shell = await (await fetch(origin)).text();
  let bytes = 0;
  for (const [, file] of shell.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g))
    bytes += gzipSync(await (await fetch(origin + file)).bytes(), { level: 9 }).length;
  return bytes;
}
