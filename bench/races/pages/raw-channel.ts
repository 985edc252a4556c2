/** One end of a bare data channel: what the browser can carry when nothing else is asked of it. */
export interface RawChannel {
  /** Makes a connection and its channel; resolves with a description that holds every candidate. */
  readonly offer: () => Promise<string>;
  readonly answer: (offer: string) => Promise<string>;
  readonly accept: (answer: string) => Promise<void>;
  /** Resolves once the channel has taken everything. */
  readonly send: (messageBytes: number, totalBytes: number) => Promise<void>;
  /** Resolves with the time from the first message to the last byte. */
  readonly receive: (totalBytes: number) => Promise<number>;
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

let connection: RTCPeerConnection | undefined;
let channel: RTCDataChannel | undefined;

window.rawChannel = {
  async offer() {
    const pc = connect();
    await pc.setLocalDescription(await pc.createOffer());
    return describeWithCandidates(pc);
  },
  async answer(offer) {
    const pc = connect();
    await pc.setRemoteDescription({ type: 'offer', sdp: offer });
    await pc.setLocalDescription(await pc.createAnswer());
    return describeWithCandidates(pc);
  },
  async accept(answer) {
    await connection?.setRemoteDescription({ type: 'answer', sdp: answer });
  },
  async send(messageBytes, totalBytes) {
    const opened = await findOpenChannel();
    const message = new Uint8Array(messageBytes).map((_, i) => (i * 31) & 0xff);
    opened.bufferedAmountLowThreshold = LOW_MARK_BYTES;
    for (let leftBytes = totalBytes; leftBytes > 0;) {
      while (leftBytes > 0 && opened.bufferedAmount < HIGH_MARK_BYTES) {
        opened.send(message.subarray(0, Math.min(messageBytes, leftBytes)));
        leftBytes -= messageBytes;
      }
      if (leftBytes > 0) await happening(opened, 'bufferedamountlow');
    }
  },
  async receive(totalBytes) {
    const opened = await findOpenChannel();
    return new Promise((resolve) => {
      let firstAtMs: number | undefined;
      let leftBytes = totalBytes;
      opened.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        firstAtMs ??= performance.now();
        leftBytes -= data.byteLength;
        if (leftBytes <= 0) resolve(performance.now() - firstAtMs);
      });
    });
  },
  close() {
    connection?.close();
  },
};

function connect(): RTCPeerConnection {
  connection = new RTCPeerConnection();
  channel = connection.createDataChannel('raw', { negotiated: true, id: CHANNEL_ID });
  channel.binaryType = 'arraybuffer';
  return connection;
}

async function describeWithCandidates(pc: RTCPeerConnection): Promise<string> {
  while (pc.iceGatheringState !== 'complete') await happening(pc, 'icegatheringstatechange');
  return pc.localDescription?.sdp ?? '';
}

async function findOpenChannel(): Promise<RTCDataChannel> {
  if (channel === undefined) throw new Error('not connected');
  if (channel.readyState !== 'open') await happening(channel, 'open');
  return channel;
}

function happening(target: EventTarget, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    target.addEventListener(event, resolve, { once: true });
  });
}
