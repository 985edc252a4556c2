import { expect } from 'vitest';
import { isDataDescription } from '../../shared/swarm/data-description.ts';

/** Both ends describe data and an idle video, in little room, and nothing that could be fed back about. */
export function expectDataDescriptions(descriptions: readonly string[]): void {
  expect(descriptions).toHaveLength(2);
  for (const sdp of descriptions) {
    expect(isDataDescription(sdp)).toBe(true);
    expect(sdp).toMatch(/^m=video (?!0 )/m);
    expect(sdp).not.toMatch(/^a=rtcp-fb:/m);
    expect(sdp.length).toBeLessThan(2048);
  }
}
