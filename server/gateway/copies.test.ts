import { afterEach, describe, expect, test, vi } from 'vitest';

import {
  ALL,
  announceTarget,
  announceVolunteer,
  connect,
  connectSharer,
  connectVolunteer,
  OK,
  orderedPieces,
  other,
  PIECE_BYTES,
  PIECE_COUNT,
  received,
  share,
  start,
  stop,
  targetOf,
} from './copies-scene.test-helper.ts';
import { announceOf } from './test-peer.test-helper.ts';

afterEach(stop);

describe('copies that a sharer asks for', () => {
  test('T28, T30: each piece goes to as many volunteers, in batches, with header, target and deadline', async () => {
    await start();
    const volunteers = [await connectVolunteer(), await connectVolunteer()];
    const target = await targetOf(2);
    const sharer = await connect();
    const holding = { ...announceOf(share, ...ALL), role: 'sharer', target };
    expect(await sharer.ask('announce', holding)).toEqual(OK);
    for (const volunteer of volunteers) {
      await vi.waitFor(() => expect(orderedPieces(volunteer)).toHaveLength(PIECE_COUNT));
      expect(orderedPieces(volunteer).toSorted((a, b) => a - b)).toEqual(ALL);
      expect(received(volunteer, 'replicate')[0]).toEqual({
        shareId: share.shareId,
        header: Buffer.from(share.header.bytes),
        target: Buffer.from(target),
        pieces: expect.any(Array),
        deadlineMs: expect.toSatisfy((ms) => Number(ms) > 30_000 && Number(ms) < 60_000),
      });
    }
  });

  test('T30: what a volunteer that leaves was told or held is asked of another within a second', async () => {
    await start();
    const first = await connectVolunteer();
    await connectSharer(1);
    await vi.waitFor(() => expect(orderedPieces(first)).toHaveLength(PIECE_COUNT));
    await announceVolunteer(first, 0, 1, 2);
    const second = await connectVolunteer();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(orderedPieces(second)).toEqual([]);
    first.socket.disconnect();
    await vi.waitFor(() => expect(orderedPieces(second)).toHaveLength(PIECE_COUNT), 1000);
  });

  test('T30: nothing is asked for that a browser holds in another tab, or the own browser of the sharer', async () => {
    await start();
    const [holderId, sharerId] = ['AAAAAAAAAAAAAAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBBBA'];
    const [inTwoTabs, beside] = [await connectVolunteer(), await connectVolunteer()];
    const member = await connect();
    await member.ask('announce', { ...announceOf(share, 4), holderId });
    const role = { role: 'volunteer' };
    await inTwoTabs.ask('announce', { ...announceOf(share), ...role, holderId });
    await beside.ask('announce', { ...announceOf(share, 7), ...role, holderId: sharerId });
    const sharer = await connect();
    const target = await targetOf(2);
    const holding = { ...announceOf(share, ...ALL), role: 'sharer', target, holderId: sharerId };
    expect(await sharer.ask('announce', holding)).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(inTwoTabs)).toHaveLength(PIECE_COUNT - 1));
    expect(orderedPieces(inTwoTabs)).not.toContain(4);
    expect(orderedPieces(beside)).toEqual([]);
  });

  test('T28: the highest serial holds, and only what the sharer has signed for this share', async () => {
    await start();
    const volunteer = await connectVolunteer();
    const sharer = await connectSharer(1);
    await vi.waitFor(() => expect(orderedPieces(volunteer)).toHaveLength(PIECE_COUNT));
    expect(await announceTarget(sharer, 0, 3)).toEqual(OK);
    await vi.waitFor(() => expect(received(volunteer, 'release')).toHaveLength(1));
    expect(received(volunteer, 'release')).toEqual([{ shareId: share.shareId }]);
    expect(await announceTarget(sharer, 1, 2)).toEqual(OK);
    const wrong = {
      ...announceOf(share, ...ALL),
      role: 'sharer',
      target: await targetOf(1, 9, other),
    };
    expect(await sharer.ask('announce', wrong)).toEqual({ ok: false, code: 'invalid' });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(orderedPieces(volunteer)).toHaveLength(PIECE_COUNT);
    expect(await announceVolunteer(volunteer, 0)).toEqual(OK);
    await vi.waitFor(() => expect(received(volunteer, 'release')).toHaveLength(2));
    expect(await announceTarget(sharer, 1, 4)).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(volunteer)).toHaveLength(2 * PIECE_COUNT - 1));
  });

  test('T28: a volunteer tells a tracker that has just started what the sharer asked for', async () => {
    await start();
    const [holder, helper] = [await connectVolunteer(), await connectVolunteer()];
    const target = await targetOf(2);
    const holding = { ...announceOf(share, 0, 1), role: 'volunteer', target };
    expect(await holder.ask('announce', holding)).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(helper).toSorted((a, b) => a - b)).toEqual([0, 1]));
    expect(orderedPieces(holder)).toEqual([]);
  });

  test('T30: a member asks for no copies, whatever it says', async () => {
    await start();
    const volunteer = await connectVolunteer();
    const member = await connect();
    await member.ask('announce', { ...announceOf(share, ...ALL), target: await targetOf(1) });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(orderedPieces(volunteer)).toEqual([]);
  });
});

describe('a volunteer', () => {
  test('T29: offers room first, and announces no more than that', async () => {
    await start();
    const peer = await connect();
    const refused = { ok: false, code: 'not-a-volunteer' };
    expect(await announceVolunteer(peer, 0)).toEqual(refused);
    expect(await peer.ask('unload', { bytes: 1 })).toEqual(refused);
    expect(await peer.ask('decline', { shareId: share.shareId })).toEqual(refused);
    const offer = { freeBytes: PIECE_BYTES, heldBytes: PIECE_BYTES };
    expect(await peer.ask('volunteer', offer)).toEqual(OK);
    expect(await announceVolunteer(peer, 0, 1)).toEqual(OK);
    expect(await announceVolunteer(peer, 0, 1, 2)).toEqual({ ok: false, code: 'over-budget' });
    const gained = { shareId: share.shareId, gained: [[2, 2]] };
    expect(await peer.ask('announce', gained)).toEqual({ ok: false, code: 'over-budget' });
    expect(await peer.ask('volunteer', { withdraw: true })).toEqual(OK);
    expect(await announceVolunteer(peer, 0)).toEqual(refused);
    expect(await peer.ask('find', { shareId: share.shareId })).toMatchObject({
      code: 'unknown-share',
    });
  });

  test('T6, T29: is found after the members, and counted', async () => {
    await start();
    const volunteer = await connectVolunteer();
    await announceVolunteer(volunteer, 3);
    const [empty, member] = [await connectVolunteer(), await connect()];
    await announceVolunteer(empty);
    await member.ask('announce', announceOf(share, 1));
    const found = await (await connect()).ask('find', { shareId: share.shareId });
    expect(found).toMatchObject({ volunteerCount: 2, volunteerHolderCount: 1, holderCount: 2 });
    expect(Reflect.get(Object(found), 'peerIds')[0]).toBe(member.peerId);
    expect(await volunteer.ask('find', { shareId: share.shareId })).toMatchObject({
      volunteerCount: 1,
      volunteerHolderCount: 0,
    });
  });

  test('T31: that declines is not asked again, and another is at once', async () => {
    await start();
    const first = await connectVolunteer();
    await connectSharer(1);
    await vi.waitFor(() => expect(orderedPieces(first)).toHaveLength(PIECE_COUNT));
    const second = await connectVolunteer();
    expect(await first.ask('decline', { shareId: share.shareId })).toEqual(OK);
    await vi.waitFor(() => expect(orderedPieces(second)).toHaveLength(PIECE_COUNT), 1000);
    second.socket.disconnect();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(orderedPieces(first)).toHaveLength(PIECE_COUNT);
  });

  test('T31: that is full drops what has most holders, and the books forget it before it does', async () => {
    await start();
    const [full, second] = [await connectVolunteer(3 * PIECE_BYTES), await connectVolunteer()];
    await announceVolunteer(full, 2, 3, 4);
    await announceVolunteer(second, 3);
    await connectSharer(1);
    expect(await full.ask('unload', { bytes: PIECE_BYTES })).toEqual({
      ok: true,
      drops: [{ shareId: share.shareId, pieces: [[3, 3]] }],
    });
    const found = await second.ask('find', { shareId: share.shareId });
    const [bits] = Reflect.get(Object(found), 'bitfields').subarray(-2);
    expect(bits).toBe(0b0010_1000);
  });
});
