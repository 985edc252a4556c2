import type { BrowserContext } from 'playwright-core';

import type { UdpAddress, UdpLines } from './udp-lines.ts';
import { buildPageScript } from '../stage/build-page-script.ts';

/** Pages that this browser opens from now on reach other peers through the lines alone. */
export async function leadThrough(
  context: BrowserContext,
  end: 0 | 1,
  lines: UdpLines,
): Promise<void> {
  await context.exposeFunction('openDoor', (target: UdpAddress) => lines.openDoor(end, target));
  await context.addInitScript(await buildPageScript('lines/lead-through-page.ts'));
}
