import { addIdleVideo } from '../../../web/transport/idle-video.ts';

/** One tab's ends of bare data channels: what the browser can carry when nothing else is asked of it. Links have numbers. */
export interface RawChannel {
  /**
   * Makes a connection and its channel, beside the video section that ours have where it is asked for; resolves with a
   * description that holds every candidate.
   */
  readonly offer: (link: number, hasIdleVideo: boolean) => Promise<string>;
  readonly answer: (link: number, offer: string) => Promise<string>;
  readonly accept: (link: number, answer: string) => Promise<void>;
  /** Resolves once the channel has taken everything, or is closed. */
  readonly send: (link: number, messageBytes: number, totalBytes: number) => Promise<void>;
  /** Resolves with the time from the first message of any link to the last byte over all. */
  readonly receive: (links: readonly number[], totalBytes: number) => Promise<number>;
  readonly close: () => void;
}

declare global {
  interface Window {
    rawChannel: RawChannel;
  }
}

/** Enough in the queue that the network never waits for the page, whatever step it reports in. */
const HIGH_MARK_BYTES = 2 * 1024 * 1024;
const LOW_MARK_BYTES = 1024 * 1024;
const CHANNEL_ID = 0;

interface Link {
  readonly connection: RTCPeerConnection;
  readonly channel: RTCDataChannel;
  /** Aborted by our own close: the browser tells of the other end's alone. */
  readonly closing: AbortController;
}

const links = new Map<number, Link>();

window.rawChannel = {
  async offer(link, hasIdleVideo) {
    const { connection } = connect(link);
    if (hasIdleVideo) addIdleVideo(connection);
    await connection.setLocalDescription(await connection.createOffer());
    return describeWithCandidates(connection);
  },
  async answer(link, offer) {
    const { connection } = connect(link);
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    await connection.setLocalDescription(await connection.createAnswer());
    return describeWithCandidates(connection);
  },
  async accept(link, answer) {
    await links.get(link)?.connection.setRemoteDescription({ type: 'answer', sdp: answer });
  },
  async send(link, messageBytes, totalBytes) {
    const channel = await findOpenChannel(link);
    const closing = links.get(link)?.closing ?? new AbortController();
    channel.addEventListener('close', () => closing.abort());
    const closed = happening(closing.signal, 'abort');
    const message = new Uint8Array(messageBytes).map((_, i) => (i * 31) & 0xff);
    channel.bufferedAmountLowThreshold = LOW_MARK_BYTES;
    for (let leftBytes = totalBytes; leftBytes > 0 && !closing.signal.aborted;) {
      while (leftBytes > 0 && channel.bufferedAmount < HIGH_MARK_BYTES) {
        channel.send(message.subarray(0, Math.min(messageBytes, leftBytes)));
        leftBytes -= messageBytes;
      }
      if (leftBytes > 0) await Promise.race([happening(channel, 'bufferedamountlow'), closed]);
    }
  },
  receive(numbers, totalBytes) {
    return new Promise((resolve) => {
      let firstAtMs: number | undefined;
      let leftBytes = totalBytes;
      for (const link of numbers) {
        links
          .get(link)
          ?.channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
            firstAtMs ??= performance.now();
            leftBytes -= data.byteLength;
            if (leftBytes <= 0) resolve(performance.now() - firstAtMs);
          });
      }
    });
  },
  close() {
    for (const { connection, closing } of links.values()) {
      connection.close();
      closing.abort();
    }
    links.clear();
  },
};

function connect(link: number): Link {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('raw', { negotiated: true, id: CHANNEL_ID });
  channel.binaryType = 'arraybuffer';
  const made = { connection, channel, closing: new AbortController() };
  links.set(link, made);
  return made;
}

async function describeWithCandidates(connection: RTCPeerConnection): Promise<string> {
  while (connection.iceGatheringState !== 'complete') {
    await happening(connection, 'icegatheringstatechange');
  }
  return connection.localDescription?.sdp ?? '';
}

async function findOpenChannel(link: number): Promise<RTCDataChannel> {
  const channel = links.get(link)?.channel;
  if (channel === undefined) throw new Error('not connected');
  if (channel.readyState !== 'open') await happening(channel, 'open');
  return channel;
}

function happening(target: EventTarget, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    target.addEventListener(event, resolve, { once: true });
  });
}
