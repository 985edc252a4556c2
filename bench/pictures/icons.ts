import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../e2e/browser/launch-chromium.ts';
import { printLine } from '../report.ts';

const PUBLIC = join(import.meta.dirname, '../../web/public');

interface IconPlan {
  readonly name: string;
  readonly size: number;
  /** Without round corners: the system cuts them, and shows what lies within 80 % of the width for certain. */
  readonly isFull: boolean;
}

const ICONS: readonly IconPlan[] = [
  { name: 'icon-192.png', size: 192, isFull: false },
  { name: 'icon-512.png', size: 512, isFull: false },
  { name: 'icon-maskable.png', size: 512, isFull: true },
  { name: 'apple-touch-icon.png', size: 180, isFull: true },
];

/** Draws the icons of the installed page from the one that tabs show. */
export async function makeIcons(): Promise<void> {
  const drawing = readFileSync(join(PUBLIC, 'favicon.svg'), 'utf8');
  const browser = await launchChromium();
  const page = await browser.newPage();
  for (const icon of ICONS) {
    await drawIcon(page, drawing, icon);
    const { size } = statSync(join(PUBLIC, icon.name));
    printLine({ bench: 'icons', name: icon.name, bytes: size });
  }
  await browser.close();
}

async function drawIcon(page: Page, drawing: string, { name, size, isFull }: IconPlan) {
  const shape = isFull ? drawing.replace(' rx="8"', '') : drawing;
  const address = `data:image/svg+xml;base64,${Buffer.from(shape).toString('base64')}`;
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0"><img width="${size}" height="${size}" style="display:block" src="${address}">`,
  );
  await page.locator('img').screenshot({ path: join(PUBLIC, name), omitBackground: true });
}
