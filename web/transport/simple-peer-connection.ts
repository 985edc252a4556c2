import SimplePeer from 'simple-peer';
import type { Bytes } from '../../shared/share/bytes.ts';
import type {
  Connection,
  ConnectionEvents,
  Fingerprints,
  Route,
  Signal,
} from '../../shared/swarm/ports/transport.ts';
import { addIdleVideo } from './idle-video.ts';
import { findRoute } from './find-route.ts';
import { hideAddress } from './hide-address.ts';
import { findFingerprints } from './sdp-fingerprints.ts';
import { toPortSignal, toSimplePeerSignal } from './simple-peer-signal.ts';

/** Agreed beforehand, so that neither end has to announce it. */
const CHANNEL_CONFIG = { negotiated: true, id: 1000 };
/** Below this the queue is as good as empty. */
const MIN_LOW_MARK_BYTES = 4 * 1024;
/** What an honest peer may have sent before this end knows that negotiation is over. */
const MAX_EARLY_EVENTS = 64;

/**
 * simple-peer negotiates. The bytes go past it over the one data channel that it opens, because its stream keeps 64
 * KiB in flight and copies every message.
 */
export class SimplePeerConnection implements Connection {
  readonly #events: ConnectionEvents;
  /** Told once, whichever end closed it. */
  readonly #onClosed: () => void;
  readonly #peer: SimplePeer;
  #pc: RTCPeerConnection | undefined;
  #channel: RTCDataChannel | undefined;
  /** The channel may open before the page learns that negotiation is over, and only then are all fingerprints known. */
  readonly #early: (() => void)[] = [];
  /** Ends all listening: a browser holds a channel that somebody listens to, and with it the connection. */
  readonly #listening = new AbortController();
  #isClosed = false;

  constructor(
    end: 'initiator' | 'responder',
    config: RTCConfiguration,
    events: ConnectionEvents,
    onClosed: () => void,
  ) {
    this.#events = events;
    this.#onClosed = onClosed;
    const adopt = (pc: RTCPeerConnection) => {
      if (end === 'initiator') addIdleVideo(pc);
      this.#adopt(pc);
    };
    const adoptChannel = (channel: RTCDataChannel) => this.#adoptChannel(channel);
    class AdoptedPeerConnection extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        adopt(this);
      }
      override createDataChannel(label: string, config?: RTCDataChannelInit): RTCDataChannel {
        const channel = super.createDataChannel(label, config);
        adoptChannel(channel);
        return channel;
      }
    }
    this.#peer = new SimplePeer({
      initiator: end === 'initiator',
      trickle: true,
      config,
      channelConfig: CHANNEL_CONFIG,
      wrtc: { RTCPeerConnection: AdoptedPeerConnection, RTCSessionDescription, RTCIceCandidate },
    });
    this.#peer.on('signal', (data) => {
      const said = toPortSignal(data);
      const isHidden = config.iceTransportPolicy === 'relay';
      const signal = said !== undefined && isHidden ? hideAddress(said) : said;
      if (signal !== undefined && !this.#isClosed) events.onSignal(signal);
    });
    this.#peer.on('error', () => this.#end());
    this.#peer.on('close', () => this.#end());
  }

  get bufferedBytes(): number {
    return this.#channel?.bufferedAmount ?? 0;
  }

  signal(signal: Signal): void {
    if (this.#peer.destroyed) return;
    try {
      this.#peer.signal(toSimplePeerSignal(signal));
    } catch {
      // A candidate that the browser cannot read: it is ignored.
    }
  }

  send(frame: Bytes): void {
    const channel = this.#channel;
    if (channel?.readyState !== 'open') return;
    try {
      channel.send(frame);
    } catch {
      // The queue is full or the channel just closed: neither can be mended.
      this.#end();
      return;
    }
    lowerMark(channel);
  }

  fingerprints(): Fingerprints {
    return {
      local: findFingerprints(this.#pc?.currentLocalDescription?.sdp),
      remote: findFingerprints(this.#pc?.currentRemoteDescription?.sdp),
    };
  }

  async findRoute(): Promise<Route | undefined> {
    if (this.#isClosed || this.#pc === undefined) return undefined;
    try {
      return findRoute(await this.#pc.getStats());
    } catch {
      // Closed meanwhile.
      return undefined;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#listening.abort();
    this.#channel?.close();
    this.#peer.destroy();
    // Browsers allow so many connections, and count closed ones until they are collected.
    this.#channel = undefined;
    this.#pc = undefined;
    this.#onClosed();
  }

  /** As if the network had failed. */
  drop(): void {
    this.#end();
  }

  #adopt(pc: RTCPeerConnection): void {
    const { signal } = this.#listening;
    pc.addEventListener('signalingstatechange', () => this.#onceNegotiated(), { signal });
    // W1: whoever opens channels of its own is not one of us. Closed from within this event, Chromium never frees it.
    const leave = () => setTimeout(() => this.#end());
    pc.addEventListener('datachannel', leave, { signal });
    this.#pc = pc;
  }

  #adoptChannel(channel: RTCDataChannel): void {
    const { signal } = this.#listening;
    channel.binaryType = 'arraybuffer';
    const open = () => this.#onceNegotiated(() => this.#events.onOpen());
    channel.addEventListener('open', open, { signal });
    const take = ({ data }: MessageEvent<unknown>) => {
      // Text is not part of the protocol; an empty frame is refused by its reader.
      const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
      this.#onceNegotiated(() => this.#events.onFrame(frame));
    };
    channel.addEventListener('message', take, { signal });
    const drain = () => {
      lowerMark(channel);
      if (!this.#isClosed) this.#events.onDrain();
    };
    channel.addEventListener('bufferedamountlow', drain, { signal });
    channel.addEventListener('close', () => this.#end(), { signal });
    this.#channel = channel;
  }

  /** Runs what waits, and then `task`, in order: now or when both descriptions are in force. */
  #onceNegotiated(task?: () => void): void {
    if (task !== undefined) this.#early.push(task);
    const isNegotiated = this.#pc?.signalingState === 'stable' && this.#pc.currentRemoteDescription;
    if (isNegotiated) {
      for (const waiting of this.#early.splice(0)) if (!this.#isClosed) waiting();
    } else if (this.#early.length > MAX_EARLY_EVENTS) this.#end();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.close();
    this.#events.onClose();
  }
}

/** Asks to be told when half of what waits has gone, whatever the speed of the link, and then again. */
function lowerMark(channel: RTCDataChannel): void {
  channel.bufferedAmountLowThreshold = Math.max(MIN_LOW_MARK_BYTES, channel.bufferedAmount / 2);
}
