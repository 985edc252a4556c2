import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { RunningShare } from './running-share.ts';
import type { Sight } from './sight.ts';

/** As often as anybody can follow. */
const LOOK_EVERY_MS = 250;

/** Looks at a share again and again, one look after the other, until what it returns is called. */
export function lookAt(
  find: () => Pick<RunningShare, 'sight'> | undefined,
  clock: Clock,
  onSight: (sight: Sight | undefined) => void,
): () => void {
  let isEnded = false;
  let cancel: (() => void) | undefined;
  const look = async (): Promise<void> => {
    const sight = await find()?.sight();
    if (isEnded) return;
    onSight(sight);
    cancel = clock.schedule(LOOK_EVERY_MS, () => void look());
  };
  void look();
  return () => {
    isEnded = true;
    cancel?.();
  };
}
