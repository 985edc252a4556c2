import { decodeMessage } from '../../../shared/wire/codec.ts';

/** What crossed a tab's data channels, read from the frames themselves. Times are of the wall clock, in milliseconds. */
export interface ChannelReport {
  /** Bytes of blocks handed to the channels. */
  readonly sentBytes: number;
  /** Bytes of blocks that came once more. */
  readonly duplicateBytes: number;
  readonly firstBlockAtMs: number;
  /** When each piece was verified, which is when others were first told of it. */
  readonly verifiedAtMs: readonly number[];
  readonly responses: readonly BlockResponse[];
}

export interface BlockResponse {
  /** Where the block came from. */
  readonly address: string;
  /** From its last request there to its arrival. */
  readonly responseMs: number;
  /** From its first request there: with the time for which that peer put it off. */
  readonly waitedMs: number;
}

declare global {
  interface Window {
    channelProbe: {
      readonly report: () => ChannelReport;
      readonly sentBytes: () => number;
      /** Whether super-seeding is over: this tab has seen every piece with others. */
      readonly isSpread: () => boolean;
      /** Resolves when so many pieces are verified. */
      readonly whenVerified: (count: number) => Promise<void>;
    };
  }
}

let sentBytes = 0;
let duplicateBytes = 0;
let firstBlockAtMs = Number.NaN;
let isSpread = false;
let onVerified = (): void => {};
const verified = new Map<number, number>();
const seen = new Set<string>();
/** Of each block that is on its way, by channel. */
const requests = new Map<string, { readonly firstAtMs: number; readonly lastAtMs: number }>();
const responses: (Omit<BlockResponse, 'address'> & { readonly connection: RTCPeerConnection })[] =
  [];

window.RTCPeerConnection = class extends RTCPeerConnection {
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, options);
    watchChannel(channel, this);
    return channel;
  }
};

window.channelProbe = {
  report: () => ({
    sentBytes,
    duplicateBytes,
    firstBlockAtMs,
    verifiedAtMs: [...verified.values()],
    responses: responses.map(({ connection, ...times }) => ({
      address: findAddress(connection),
      ...times,
    })),
  }),
  sentBytes: () => sentBytes,
  isSpread: () => isSpread,
  whenVerified: (count) =>
    new Promise((resolve) => {
      onVerified = () => {
        if (verified.size >= count) resolve();
      };
      onVerified();
    }),
};

/** Requests go by their own channel: in the endgame two peers are asked for the same block. */
let channelCount = 0;

function watchChannel(channel: RTCDataChannel, connection: RTCPeerConnection): void {
  channelCount += 1;
  const number = channelCount;
  const send = channel.send.bind(channel);
  let hasSentBitfield = false;
  const watchedSend = (frame: Uint8Array<ArrayBuffer>): void => {
    send(frame);
    const message = decodeMessage(frame);
    if (!message.ok) return;
    const { value } = message;
    if (value.type === 'block') sentBytes += value.bytes.byteLength;
    if (value.type === 'have') {
      for (const piece of value.pieces) if (!verified.has(piece)) verified.set(piece, now());
      onVerified();
    }
    if (value.type === 'bitfield') {
      if (hasSentBitfield) isSpread = true;
      hasSentBitfield = true;
    }
    if (value.type === 'request') {
      const key = `${number}/${value.piece}/${value.block}`;
      const atMs = now();
      requests.set(key, { firstAtMs: requests.get(key)?.firstAtMs ?? atMs, lastAtMs: atMs });
    }
  };
  Object.defineProperty(channel, 'send', { value: watchedSend });
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ArrayBuffer)) return;
    const message = decodeMessage(new Uint8Array(data));
    if (!message.ok || message.value.type !== 'block') return;
    const { piece, block, bytes } = message.value;
    if (seen.size === 0) firstBlockAtMs = now();
    if (seen.has(`${piece}/${block}`)) duplicateBytes += bytes.byteLength;
    seen.add(`${piece}/${block}`);
    const key = `${number}/${piece}/${block}`;
    const request = requests.get(key);
    if (request === undefined) return;
    requests.delete(key);
    const { firstAtMs, lastAtMs } = request;
    responses.push({ connection, responseMs: now() - lastAtMs, waitedMs: now() - firstAtMs });
  });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function findAddress(connection: RTCPeerConnection): string {
  const pair = connection.sctp?.transport.iceTransport.getSelectedCandidatePair();
  return pair?.remote.address ?? '';
}
