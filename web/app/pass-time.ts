import type { Clock } from '../../shared/swarm/ports/clock.ts';

export function passTime(clock: Clock, durationMs: number): Promise<void> {
  return new Promise((resolve) => clock.schedule(durationMs, resolve));
}
