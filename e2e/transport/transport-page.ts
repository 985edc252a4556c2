import type { TransportHost } from '../../shared/swarm/transport-ends.test-helper.ts';
import { TRANSPORT_CASES } from '../../shared/swarm/transport.acceptance.ts';
import {
  closeAll,
  createPair,
  join,
  TestEnd,
} from '../../shared/swarm/transport-ends.test-helper.ts';
import { createSimplePeerTransport } from '../../web/transport/simple-peer-transport.ts';
import type { Leftovers } from './in-band-channels.ts';
import { countKept, meetStranger } from './in-band-channels.ts';
import { serveRemote } from './remote-ends.ts';

const SETTLE_MS = 300;
const CASE_TIMEOUT_MS = 20_000;

const HOST: TransportHost = {
  createTransport: createSimplePeerTransport,
  settle: () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS)),
};

declare global {
  interface Window {
    /** What went wrong with the case of this name, or undefined. */
    runTransportCase: (name: string) => Promise<string | undefined>;
    /** Two ends, one of which says that it takes no message above so many bytes. Resolves with what each end logged. */
    sendToSmallReader: (maxMessageBytes: number) => Promise<readonly string[]>;
    /** The offer and the answer of one connection. */
    negotiate: () => Promise<readonly string[]>;
    /** Begins and closes so many connections. */
    churnConnections: (count: number) => Promise<void>;
    /** Connects two ends, sends a frame and closes them, so many times. Resolves with the most that lived at a time. */
    cycleConnections: (count: number) => Promise<number>;
    /** Connects to a stranger that opens channels of its own beside ours. */
    meetStranger: (strangerEnd: 'initiator' | 'responder') => Promise<Leftovers>;
    /** How many connections that met a stranger are held by something. */
    countKept: () => number;
  }
}

serveRemote();

window.runTransportCase = async (name) => {
  const found = TRANSPORT_CASES.find((transportCase) => transportCase.name === name);
  if (found === undefined) return 'no such case';
  const timeout = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`not done after ${CASE_TIMEOUT_MS} ms`), CASE_TIMEOUT_MS);
  });
  const running = found.run(HOST).then(() => undefined, String);
  return Promise.race([running, timeout]);
};

window.churnConnections = async (count) => {
  const transport = await createSimplePeerTransport();
  for (let i = 0; i < count; i += 1) new TestEnd(transport, 'initiator').connection.close();
  await HOST.settle();
};

window.cycleConnections = async (count) => {
  const live = new Set<RTCPeerConnection>();
  class CountedConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      live.add(this);
    }
    override close(): void {
      live.delete(this);
      super.close();
    }
  }
  window.RTCPeerConnection = CountedConnection;
  const transports = [
    await createSimplePeerTransport(),
    await createSimplePeerTransport(),
  ] as const;
  let peak = 0;
  for (let i = 0; i < count; i += 1) {
    const [a, b] = [
      new TestEnd(transports[0], 'initiator'),
      new TestEnd(transports[1], 'responder'),
    ];
    join(a, b);
    await Promise.all([a, b].map((end) => end.until(() => end.isOpen)));
    a.connection.send(new Uint8Array(100));
    await b.until(() => b.frames.length > 0);
    peak = Math.max(peak, live.size);
    a.connection.close();
    await b.until(() => b.count('close') > 0);
  }
  return live.size > 0 ? Infinity : peak;
};

window.meetStranger = (strangerEnd) => meetStranger(HOST, strangerEnd);
window.countKept = countKept;

window.negotiate = async () => {
  const [a, b] = await createPair(HOST);
  const descriptions: string[] = [];
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.onSignal = (signal) => {
      if (signal.type !== 'candidate') descriptions.push(signal.sdp);
      to.connection.signal(signal);
    };
  }
  await Promise.all([a, b].map((end) => end.until(() => end.isOpen)));
  closeAll(a, b);
  return descriptions;
};

window.sendToSmallReader = async (maxMessageBytes) => {
  const [a, b] = await createPair(HOST);
  a.onSignal = (signal) => b.connection.signal(signal);
  b.onSignal = (signal) => {
    const line = `a=max-message-size:${maxMessageBytes}`;
    a.connection.signal(
      signal.type === 'candidate'
        ? signal
        : { ...signal, sdp: signal.sdp.replace(/a=max-message-size:\d+/, line) },
    );
  };
  await Promise.all([a, b].map((end) => end.until(() => end.isOpen || end.count('close') > 0)));
  for (let i = 0; i < 3; i += 1) a.connection.send(new Uint8Array(64 * 1024));
  await HOST.settle();
  const outcomes = [a, b].map(
    (end) => `${end.count('frame')} frames, ${end.count('close')} closed`,
  );
  closeAll(a, b);
  return outcomes;
};
