import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { StorePause } from './store-pause.ts';

const SECOND_MS = 1_000;

/** A share that the store has just stopped, on a page that looks at it twice a second. */
class Scene {
  readonly clock = new VirtualClock();
  hasRoom = false;
  missingBytes = 1_000_000;
  readonly triedAtSeconds: number[] = [];
  readonly triedBytes: number[] = [];
  goneOnCount = 0;
  readonly pause = new StorePause({
    clock: this.clock,
    hasRoom: async (byteLength) => {
      this.triedAtSeconds.push(this.clock.nowMs() / SECOND_MS);
      this.triedBytes.push(byteLength);
      return this.hasRoom;
    },
    missingBytes: () => this.missingBytes,
    goOn: () => {
      this.pause.end();
      this.goneOnCount += 1;
    },
  });

  async pass(seconds: number): Promise<void> {
    for (let i = 0; i < 2 * seconds; i += 1) {
      this.clock.advance(SECOND_MS / 2);
      await this.pause.refresh();
    }
  }
}

test('D10: it is tried after 5 s, ever more seldom, and at least once a minute', async () => {
  const scene = new Scene();
  scene.pause.begin();
  await scene.pass(200);
  expect(scene.triedAtSeconds).toEqual([5, 15, 35, 75, 135, 195]);
  scene.hasRoom = true;
  await scene.pass(120);
  expect([scene.goneOnCount, scene.triedAtSeconds.at(-1)]).toEqual([1, 255]);
});

test('D10: what fails again at once is tried as seldom as before, and after a while as at first', async () => {
  const scene = new Scene();
  scene.pause.begin();
  await scene.pass(35);
  scene.hasRoom = true;
  await scene.pass(40);
  expect(scene.goneOnCount).toBe(1);
  scene.pause.begin();
  await scene.pass(59);
  expect(scene.goneOnCount).toBe(1);
  await scene.pass(1);
  expect(scene.goneOnCount).toBe(2);
  await scene.pass(61);
  scene.pause.begin();
  await scene.pass(5);
  expect(scene.goneOnCount).toBe(3);
});

test('D10: where room may be it is tried at once, but not twice in 5 s', async () => {
  const scene = new Scene();
  scene.pause.begin();
  await scene.pass(40);
  scene.triedAtSeconds.length = 0;
  scene.pause.hurry();
  await scene.pass(1);
  scene.pause.hurry();
  await scene.pass(6);
  expect(scene.triedAtSeconds).toEqual([40.5, 45.5]);
});

test('D10: what a person has decided meanwhile holds', async () => {
  const scene = new Scene();
  scene.hasRoom = true;
  scene.pause.begin();
  scene.pause.end();
  scene.pause.hurry();
  await scene.pass(120);
  expect([scene.goneOnCount, scene.triedAtSeconds]).toEqual([0, []]);
  scene.pause.begin();
  await scene.pass(4);
  const looking = scene.pass(1);
  scene.pause.end();
  await looking;
  expect(scene.goneOnCount).toBe(0);
});

test('D10: room is looked for as much as is missing, within what is stored at once', async () => {
  const scene = new Scene();
  scene.pause.begin();
  for (const missingBytes of [0, 1_000_000, 1_000_000_000]) {
    scene.missingBytes = missingBytes;
    scene.pause.hurry();
    await scene.pass(5);
  }
  expect([...new Set(scene.triedBytes)]).toEqual([65_536, 1_000_000, 4_194_304]);
});
