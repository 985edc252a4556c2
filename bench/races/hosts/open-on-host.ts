import type { BenchBrowser } from '../browser.ts';
import type { ShapedHosts } from '../../../e2e/hosts/shaped-hosts.ts';
import { putChromiumOnHost } from '../../../e2e/hosts/chromium-on-host.ts';
import { openBrowser } from '../browser.ts';

/** A browser on one of the hosts, which takes the page at `origin` for a secure one although it comes by plain http. */
export function openOnHost(
  hosts: ShapedHosts,
  host: number,
  scratchFolder: string,
  origin: string,
): Promise<BenchBrowser> {
  const options = putChromiumOnHost(hosts, host, scratchFolder, origin);
  return openBrowser(scratchFolder, `host-${host}`, options);
}
