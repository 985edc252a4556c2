import { afterEach, describe, expect, test } from 'vitest';
import type { HostMessage } from '../wire/messages.ts';
import type { RunnerOptions } from './runner-options.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { createVolunteerMembership } from './membership.ts';
import { misbehave } from './misbehaving-transport.test-helper.ts';
import { createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const sealed = await createSealedShare(3 * 64 * 1024 + 17);
const { share } = sealed;
const ALL = [0, 1, 2, 3];
/** One copy of everything; what the signature is the tracker looks at. */
const TARGET = Uint8Array.of(1, ...new Uint8Array(68));
const volunteer: Partial<RunnerOptions> = {
  membership: await createVolunteerMembership(share.header, share.shareId),
};

let scene: SwarmScene;
afterEach(() => scene.stopAll());

describe('a sharer that asks for one copy', () => {
  test('E21, E23: may leave when a volunteer has shown everything, and a newcomer gets it from there', async () => {
    scene = new SwarmScene(sealed);
    const sharer = await scene.joinSharer({ target: TARGET });
    const helper = await scene.join(undefined, volunteer);
    await scene.until(() => sharer.runner.snapshot().copies?.target === 1);
    helper.runner.want([0, 1]);
    await scene.until(() => sharer.runner.snapshot().copies?.counts.join() === '1,1,0,0');
    await scene.pass(3_000);
    expect(helper.runner.snapshot().heldPieces).toBe(2);
    expect(sharer.runner.snapshot().copies?.mayClose).toBe(false);
    helper.runner.want(ALL);
    await scene.until(() => sharer.runner.snapshot().copies?.mayClose === true);
    sharer.runner.stop();
    const newcomer = await scene.join();
    await scene.until(() => isComplete(newcomer));
    expect(await openAll(sealed, newcomer.store.pieces)).toEqual(sealed.stream);
    expect(newcomer.runner.snapshot().peers.map(({ role }) => role)).toEqual(['volunteer']);
  });

  test('E21, E23: may not any more when the volunteer has dropped something', async () => {
    scene = new SwarmScene(sealed);
    const sharer = await scene.joinSharer({ target: TARGET });
    const helper = await scene.join(undefined, volunteer);
    helper.runner.want(ALL);
    await scene.until(() => sharer.runner.snapshot().copies?.mayClose === true);
    await helper.runner.drop([1, 3]);
    await scene.until(() => sharer.runner.snapshot().copies?.mayClose === false);
    expect(sharer.runner.snapshot().copies?.counts.join()).toBe('1,0,1,0');
    expect(helper.store.pieces.has(1) || helper.store.pieces.has(3)).toBe(false);
  });

  test('E21: counts members as well', async () => {
    scene = new SwarmScene(sealed);
    const sharer = await scene.joinSharer();
    sharer.runner.setTarget(1, TARGET);
    await scene.join();
    await scene.until(() => sharer.runner.snapshot().copies?.mayClose === true);
  });

  test('E21, W8: is not taken in by one that claims everything and shows something else: the tracker is told', async () => {
    scene = new SwarmScene(sealed);
    const distrusted: string[] = [];
    const sharer = await scene.joinSharer({
      target: TARGET,
      signDistrust: async (peerId) => {
        distrusted.push(peerId);
        return new Uint8Array(64);
      },
    });
    const liar = await scene.join(
      new MapPieceStore(sealed.pieces.entries()),
      volunteer,
      undefined,
      (transport) =>
        misbehave(transport, (message, mouth) => {
          const digest = new Uint8Array(32).fill(1);
          mouth.say(message.type === 'shown' ? { ...message, digest } : message);
        }),
    );
    await scene.until(() => distrusted.length > 0);
    await scene.pass(3_000);
    expect(sharer.runner.snapshot().copies).toMatchObject({ minimum: 0, mayClose: false });
    expect(scene.tracker.distrusts.map(({ signature }) => signature?.byteLength)).toEqual([64]);
    expect(liar.runner.snapshot().peers).toHaveLength(1);
  });

  test('E21: is not taken for lied to where the answer comes after the same was asked again', async () => {
    const single = await createSealedShare(17);
    scene = new SwarmScene(single);
    const { header, shareId } = single.share;
    const sharer = await scene.joinSharer({ target: TARGET });
    const late: HostMessage[] = [];
    await scene.join(
      new MapPieceStore(single.pieces.entries()),
      { membership: await createVolunteerMembership(header, shareId) },
      undefined,
      (transport) =>
        misbehave(transport, (message, mouth) => {
          if (message.type !== 'shown') mouth.say(message);
          else if (late.push(message) > 1) late.splice(0).forEach((answer) => mouth.say(answer));
        }),
    );
    await scene.until(() => sharer.runner.snapshot().copies?.mayClose === true);
    await scene.pass(1_000);
    expect(scene.tracker.distrusts).toEqual([]);
    expect(sharer.runner.snapshot().copies?.mayClose).toBe(true);
  });
});
