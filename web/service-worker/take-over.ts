import type { SavingLock } from './save-protocol.ts';

const SAVING: SavingLock = 'peerify/saving';

export interface TakeOverParts {
  readonly locks: Pick<LockManager, 'query'>;
  readonly skipWaiting: () => Promise<void>;
}

/**
 * Lets a new worker take the old one's place at once, unless a page saves by way of that: browsers end it for this
 * after some minutes, however much is still to come. That page asks again when it is done.
 */
export async function takeOver({ locks, skipWaiting }: TakeOverParts): Promise<void> {
  // A browser that says nothing of its locks has no page that holds one.
  const { held = [] } = await locks.query().catch((): LockManagerSnapshot => ({}));
  if (!held.some(({ name }) => name === SAVING)) await skipWaiting();
}
