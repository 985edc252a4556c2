import type { Bytes } from '../share/bytes.ts';
import type { Signal } from './ports/transport.ts';
import type { TransportHost } from './transport-ends.test-helper.ts';
import { equalBytes } from '../share/bytes.ts';
import { closeAll, createPair, join, openPair, TestEnd } from './transport-ends.test-helper.ts';

export interface TransportCase {
  readonly name: string;
  /** Rejects where the transport does not do what the name says. It may hang: the host sets the time limit. */
  readonly run: (host: TransportHost) => Promise<void>;
}

const MAX_FRAME_LENGTH = 64 * 1024;

/** What every Transport does, without a test framework, so that the same cases run in a page. */
export const TRANSPORT_CASES: readonly TransportCase[] = [
  {
    name: 'both ends open, once, when signals go over as they come',
    run: async (host) => {
      const [a, b] = await openPair(host);
      await host.settle();
      check(a.count('open') === 1 && b.count('open') === 1, 'opened once');
      check(a.count('close') === 0 && b.count('close') === 0, 'and stayed open');
      closeAll(a, b);
    },
  },
  {
    name: 'an open connection knows its route, a closed one knows none',
    run: async (host) => {
      const [a, b] = await openPair(host);
      const routes = await Promise.all(
        [a, b].map(async ({ connection }) => connection.findRoute?.()),
      );
      check(
        routes.every((route) => route === 'direct'),
        `direct at both ends, not ${routes.join(' and ')}`,
      );
      closeAll(a, b);
      check((await a.connection.findRoute?.()) === undefined, 'none once closed');
    },
  },
  {
    name: 'candidates may come before the answer they belong to',
    run: async (host) => {
      const [a, b] = await createPair(host);
      a.onSignal = (signal) => b.connection.signal(signal);
      const held: Signal[] = [];
      b.onSignal = (signal) => held.push(signal);
      await b.until(() =>
        ['answer', 'candidate'].every((type) => held.some((signal) => signal.type === type)),
      );
      await host.settle();
      b.onSignal = (signal) => a.connection.signal(signal);
      for (const signal of held.toSorted(
        (x, y) => Number(isCandidate(y)) - Number(isCandidate(x)),
      )) {
        a.connection.signal(signal);
      }
      await Promise.all([a.until(() => a.isOpen), b.until(() => b.isOpen)]);
      closeAll(a, b);
    },
  },
  {
    name: 'no event comes from within connect',
    run: async (host) => {
      const transport = await host.createTransport();
      let hasReturned = false;
      let isEarly = false;
      const end = new TestEnd(transport, 'initiator', () => {
        isEarly ||= !hasReturned;
      });
      hasReturned = true;
      await end.until(() => end.count('signal') > 0);
      check(!isEarly, 'nothing before connect returned');
      end.connection.close();
    },
  },
  {
    name: 'W1: frames of every length arrive whole and in order, both ways',
    run: async (host) => {
      const [a, b] = await openPair(host);
      const lengths = [1, 2, 16_384, MAX_FRAME_LENGTH - 1, MAX_FRAME_LENGTH, 1, MAX_FRAME_LENGTH];
      const sent = lengths.map((length, i) => fillFrame(length, i));
      for (const frame of sent) {
        a.connection.send(frame);
        b.connection.send(frame.toReversed());
      }
      await Promise.all([a, b].map((end) => end.until(() => end.frames.length === sent.length)));
      sent.forEach((frame, i) => {
        check(isSame(b.frames[i], frame), `frame ${i} there`);
        check(isSame(a.frames[i], frame.toReversed()), `frame ${i} back`);
      });
      closeAll(a, b);
    },
  },
  {
    name: 'a frame may be a part of a buffer, and its buffer may be reused once it was sent',
    run: async (host) => {
      const [a, b] = await openPair(host);
      const buffer = fillFrame(1000, 1);
      const part = buffer.subarray(100, 300);
      const expected = part.slice();
      a.connection.send(part);
      buffer.fill(0);
      await b.until(() => b.frames.length === 1);
      check(isSame(b.frames[0], expected), 'the part as it was');
      closeAll(a, b);
    },
  },
  {
    name: 'what waits to be sent is counted, and its end is told',
    run: async (host) => {
      const [a, b] = await openPair(host);
      check(a.connection.bufferedBytes === 0, 'nothing waits at first');
      const count = 32;
      for (let i = 0; i < count; i += 1) a.connection.send(fillFrame(MAX_FRAME_LENGTH, i));
      const peakBytes = a.connection.bufferedBytes;
      check(peakBytes > MAX_FRAME_LENGTH, 'the queue has grown');
      await a.until(() => a.count('drain') > 0);
      check(a.bufferedAtDrain <= peakBytes / 2, 'told when half has gone, or later');
      await b.until(() => b.frames.length === count);
      await host.settle();
      check(a.connection.bufferedBytes === 0, 'nothing waits at last');
      closeAll(a, b);
    },
  },
  {
    name: 'closing one end closes the other, once, and tells nothing to the one that closed',
    run: async (host) => {
      const [a, b] = await openPair(host);
      a.connection.close();
      a.connection.close();
      await b.until(() => b.count('close') > 0);
      await host.settle();
      check(b.count('close') === 1, 'the other end was told once');
      check(a.count('close') === 0, 'ours was not told');
      b.connection.close();
      await host.settle();
      check(b.count('close') === 1, 'closing what is closed is nothing');
    },
  },
  {
    name: 'a closed connection does nothing whatever is asked of it',
    run: async (host) => {
      const [a, b] = await openPair(host);
      a.connection.close();
      const before = a.log.length;
      a.connection.send(fillFrame(10, 1));
      a.connection.signal({ type: 'offer', sdp: 'v=0' });
      a.connection.signal(NONSENSE_CANDIDATE);
      await b.until(() => b.count('close') > 0);
      b.connection.send(fillFrame(10, 1));
      await host.settle();
      check(a.log.length === before, 'no event after close');
      check(b.frames.length === 0 && a.frames.length === 0, 'no frame after close');
    },
  },
  {
    name: 'what is sent before it is open is lost, not kept',
    run: async (host) => {
      const [a, b] = await createPair(host);
      a.connection.send(fillFrame(10, 1));
      join(a, b);
      await Promise.all([a.until(() => a.isOpen), b.until(() => b.isOpen)]);
      a.connection.send(fillFrame(20, 2));
      await b.until(() => b.frames.length > 0);
      check(b.frames[0]?.byteLength === 20, 'the first frame is the one sent when open');
      closeAll(a, b);
    },
  },
  {
    name: 'candidates that make no sense are ignored',
    run: async (host) => {
      const [a, b] = await createPair(host);
      b.connection.signal(NONSENSE_CANDIDATE);
      a.connection.signal(NONSENSE_CANDIDATE);
      join(a, b);
      await Promise.all([a.until(() => a.isOpen), b.until(() => b.isOpen)]);
      a.connection.signal(NONSENSE_CANDIDATE);
      a.connection.signal(CANDIDATE_OF_NOTHING);
      await host.settle();
      check(a.isOpen && a.count('close') === 0 && b.count('close') === 0, 'still open');
      closeAll(a, b);
    },
  },
  {
    name: 'a description that makes no sense throws nothing, and closes once at most',
    run: async (host) => {
      const end = new TestEnd(await host.createTransport(), 'responder');
      end.connection.signal({ type: 'offer', sdp: 'no description' });
      await host.settle();
      check(end.count('open') === 0 && end.count('close') <= 1, 'not open, closed once at most');
      end.connection.close();
    },
  },
  {
    name: 'A4: the fingerprints that one end calls local the other calls remote',
    run: async (host) => {
      const [a, b] = await openPair(host);
      const [of, ofOther] = [a.connection.fingerprints(), b.connection.fingerprints()];
      check(of.local.length > 0 && of.remote.length > 0, 'there are some');
      check(of.local.join() === ofOther.remote.join(), 'ours is their remote one');
      check(of.remote.join() === ofOther.local.join(), 'theirs is our remote one');
      check(of.local.join() !== of.remote.join(), 'each end has its own');
      closeAll(a, b);
    },
  },
  {
    name: 'the certificate is the same for every connection of one transport',
    run: async (host) => {
      const transport = await host.createTransport();
      const others = [await host.createTransport(), await host.createTransport()];
      const ends = others.map((other) => ({
        a: new TestEnd(transport, 'initiator'),
        b: new TestEnd(other, 'responder'),
      }));
      for (const { a, b } of ends) join(a, b);
      for (const { a, b } of ends) {
        await Promise.all([a.until(() => a.isOpen), b.until(() => b.isOpen)]);
      }
      const seen = new Set(ends.map(({ b }) => b.connection.fingerprints().remote.join()));
      check(seen.size === 1, 'one certificate');
      for (const { a, b } of ends) closeAll(a, b);
    },
  },
];

const NONSENSE_CANDIDATE: Signal = {
  type: 'candidate',
  candidate: 'nonsense',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

const CANDIDATE_OF_NOTHING: Signal = {
  type: 'candidate',
  candidate: 'nonsense',
  sdpMid: null,
  sdpMLineIndex: null,
};

function fillFrame(length: number, seed: number): Bytes {
  return Uint8Array.from({ length }, (_, i) => i * 31 + seed * 17 + (i >> 8));
}

function isCandidate(signal: Signal): boolean {
  return signal.type === 'candidate';
}

function isSame(got: Bytes | undefined, expected: Bytes): boolean {
  return got !== undefined && equalBytes(got, expected);
}

function check(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`);
}
