import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    relayOnly: { connections: RTCPeerConnection[]; errorCodes: number[] };
  }
}

/** Puts pages that are opened from now on into a network where nothing but a TURN server can be reached. */
export async function allowRelaysOnly(context: BrowserContext): Promise<void> {
  await context.addInitScript(leaveRelaysOnly);
}

/** Runs in a page before anything else. */
export function leaveRelaysOnly(): void {
  const seen: Window['relayOnly'] = { connections: [], errorCodes: [] };
  window.relayOnly = seen;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
      seen.connections.push(this);
      this.addEventListener('icecandidateerror', ({ errorCode }) =>
        seen.errorCodes.push(errorCode),
      );
    }
  };
}

/** What TURN servers have refused the page with. */
export function listRelayErrors(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => window.relayOnly.errorCodes);
}

export function listConnectionStates(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    window.relayOnly.connections.map(({ connectionState }) => connectionState),
  );
}

/** The kinds of the addresses at both ends of each connection that stands, as 'relay relay'. */
export function listRoutes(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const routes: string[] = [];
    for (const connection of window.relayOnly.connections) {
      const stats: ReadonlyMap<string, Record<string, unknown>> = await connection.getStats();
      const kindOf = (id: unknown): string => String(stats.get(String(id))?.['candidateType']);
      for (const { type, selectedCandidatePairId } of stats.values()) {
        const pair = type === 'transport' ? stats.get(String(selectedCandidatePairId)) : undefined;
        if (pair === undefined) continue;
        routes.push(`${kindOf(pair['localCandidateId'])} ${kindOf(pair['remoteCandidateId'])}`);
      }
    }
    return routes;
  });
}
