import { io } from 'socket.io-client';

declare global {
  interface Window {
    connectProbe: {
      /** When "Open" was pressed, on the wall clock. */
      readonly openedAtMs: () => number;
      /** Connects two ends in this very page; resolves with the time from nothing until both channels are open. */
      readonly connectRaw: () => Promise<number>;
      /** The middle one of several round trips to the tracker, of one question each, over a connection that is open. */
      readonly askTracker: (shareId: string) => Promise<number>;
    };
  }
}

const QUESTIONS = 9;

let openedAtMs = Number.NaN;

document.addEventListener(
  'click',
  ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button?.textContent.trim() === 'Open') {
      openedAtMs = performance.timeOrigin + performance.now();
    }
  },
  { capture: true },
);

/** Nobody hesitates here: Download is pressed as soon as it is there. */
const observer = new MutationObserver(() => {
  const buttons = [...document.querySelectorAll('button')];
  const button = buttons.find(({ textContent }) => textContent.trim() === 'Download');
  if (button === undefined) return;
  observer.disconnect();
  button.click();
});
observer.observe(document, { subtree: true, childList: true, characterData: true });

window.connectProbe = {
  openedAtMs: () => openedAtMs,
  async connectRaw() {
    const startedAtMs = performance.now();
    const [first, second] = [new RTCPeerConnection(), new RTCPeerConnection()];
    const ends = [first, second] as const;
    for (const [from, to] of [ends, [second, first] as const]) {
      from.addEventListener('icecandidate', ({ candidate }) => {
        void to.addIceCandidate(candidate ?? undefined);
      });
    }
    const opening = ends.map((end) => waitForOpen(end));
    await first.setLocalDescription(await first.createOffer());
    await second.setRemoteDescription(first.localDescription ?? { type: 'offer', sdp: '' });
    await second.setLocalDescription(await second.createAnswer());
    await first.setRemoteDescription(second.localDescription ?? { type: 'answer', sdp: '' });
    await Promise.all(opening);
    const tookMs = performance.now() - startedAtMs;
    for (const end of ends) end.close();
    return tookMs;
  },
  async askTracker(shareId) {
    const socket = io(location.origin, { transports: ['websocket'] });
    await new Promise((resolve) => {
      socket.once('welcome', resolve);
    });
    const times: number[] = [];
    for (let i = 0; i < QUESTIONS; i += 1) {
      const startedAtMs = performance.now();
      await socket.emitWithAck('find', { shareId });
      times.push(performance.now() - startedAtMs);
    }
    socket.close();
    return times.toSorted((a, b) => a - b)[Math.floor(QUESTIONS / 2)] ?? Number.NaN;
  },
};

function waitForOpen(connection: RTCPeerConnection): Promise<unknown> {
  const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 });
  return new Promise((resolve) => {
    channel.addEventListener('open', resolve, { once: true });
  });
}
