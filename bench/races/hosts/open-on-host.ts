import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BenchBrowser } from '../browser.ts';
import type { ShapedHosts } from './shaped-hosts.ts';
import { locateChromium } from '../../../e2e/browser/launch-chromium.ts';
import { openBrowser } from '../browser.ts';

/** A browser on one of the hosts, which takes the page at `origin` for a secure one although it comes by plain http. */
export async function openOnHost(
  hosts: ShapedHosts,
  host: number,
  scratchFolder: string,
  origin: string,
): Promise<BenchBrowser> {
  const executablePath = join(scratchFolder, `chromium-on-host-${host}`);
  const command = `exec ip netns exec ${hosts.nameOf(host)} '${locateChromium()}' "$@"`;
  await writeFile(executablePath, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  const flags = [`--unsafely-treat-insecure-origin-as-secure=${origin}`];
  return openBrowser(scratchFolder, `host-${host}`, { executablePath, flags });
}
