import { expect, test } from 'vitest';
import { ScreenWakeLock } from './wake-lock.ts';

/** A browser that grants when the test says so, and how many locks it has given that were not let go. */
function createLocks() {
  const waiting: ((isGranted: boolean) => void)[] = [];
  const scene = { askCount: 0, heldCount: 0 };
  const request = (): Promise<WakeLockSentinel> => {
    scene.askCount += 1;
    return new Promise((resolve, reject) => {
      waiting.push((isGranted) => {
        if (!isGranted) {
          reject(new DOMException('low battery', 'NotAllowedError'));
          return;
        }
        scene.heldCount += 1;
        const sentinel = Object.assign(new EventTarget(), {
          type: 'screen' as const,
          released: false,
          onrelease: null,
          release: async () => {
            if (sentinel.released) return;
            sentinel.released = true;
            scene.heldCount -= 1;
          },
        });
        resolve(sentinel);
      });
    });
  };
  const answer = async (isGranted: boolean): Promise<void> => {
    waiting.shift()?.(isGranted);
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
  };
  return { scene, answer, lock: new ScreenWakeLock({ request }) };
}

test('one lock is taken, and let go', async () => {
  const { scene, answer, lock } = createLocks();
  lock.set(true);
  lock.set(true);
  await answer(true);
  lock.set(true);
  expect(scene).toEqual({ askCount: 1, heldCount: 1 });
  lock.set(false);
  await answer(true);
  expect(scene).toEqual({ askCount: 1, heldCount: 0 });
});

test('one that is granted too late is let go at once', async () => {
  const { scene, answer, lock } = createLocks();
  lock.set(true);
  lock.set(false);
  await answer(true);
  expect(scene).toEqual({ askCount: 1, heldCount: 0 });
});

test('one that is refused is asked for again the next time', async () => {
  const { scene, answer, lock } = createLocks();
  lock.set(true);
  await answer(false);
  lock.set(false);
  lock.set(true);
  await answer(true);
  expect(scene).toEqual({ askCount: 2, heldCount: 1 });
});

test('a browser without locks goes without', () => {
  const lock = new ScreenWakeLock(undefined);
  expect(() => lock.set(true)).not.toThrow();
});
