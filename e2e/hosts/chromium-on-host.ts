import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ProfileOptions } from '../browser/launch-chromium.ts';
import type { ShapedHosts } from './shaped-hosts.ts';
import { locateChromium } from '../browser/launch-chromium.ts';

/** Chromium on one of the hosts. It takes the page at `origin` for a secure one although it comes by plain http. */
export function putChromiumOnHost(
  hosts: ShapedHosts,
  host: number,
  scratchFolder: string,
  origin: string,
): ProfileOptions {
  const executablePath = join(scratchFolder, `chromium-on-host-${host}`);
  const command = `exec ip netns exec ${hosts.nameOf(host)} '${locateChromium()}' "$@"`;
  writeFileSync(executablePath, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return { executablePath, flags: [`--unsafely-treat-insecure-origin-as-secure=${origin}`] };
}
