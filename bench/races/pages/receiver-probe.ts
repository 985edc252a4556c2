/** What happened in a receiving tab and when, in milliseconds of its own `performance.now()`. */
export interface ReceiverTimes {
  readonly pressedAtMs: number;
  /** The first frame with file data in it. */
  readonly firstBlockAtMs: number;
  /** The page says that it is past downloading: every piece is here and verified. */
  readonly verifiedAtMs: number;
  /** The longest task between press and verified; tasks up to 50 ms are not told, and count as 0. */
  readonly longestTaskMs: number;
}

declare global {
  interface Window {
    receiverProbe: {
      /** Resolves when every piece is verified. */
      readonly verified: Promise<ReceiverTimes>;
    };
  }
}

/** Frames of control are shorter than this, and blocks longer. */
const MIN_BLOCK_BYTES = 8 * 1024;

let pressedAtMs = Number.NaN;
let firstBlockAtMs = Number.NaN;
const tasks: PerformanceEntry[] = [];
const taskObserver = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
taskObserver.observe({ type: 'longtask' });

document.addEventListener(
  'click',
  ({ target }) => {
    const button = target instanceof Element ? target.closest('button') : null;
    if (button?.textContent.trim() === 'Download') pressedAtMs = performance.now();
  },
  { capture: true },
);

window.RTCPeerConnection = class extends RTCPeerConnection {
  override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
    const channel = super.createDataChannel(label, options);
    watchFirstBlock(channel);
    return channel;
  }
};

window.receiverProbe = {
  verified: new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const states = [...document.querySelectorAll('[role=status]')];
      if (!states.some(({ textContent }) => /^(?:Verifying|Complete)/u.test(textContent))) return;
      observer.disconnect();
      const verifiedAtMs = performance.now();
      // The task under way is told after its end.
      setTimeout(() => {
        tasks.push(...taskObserver.takeRecords());
        const longestTaskMs = findLongestTask(pressedAtMs, verifiedAtMs);
        resolve({ pressedAtMs, firstBlockAtMs, verifiedAtMs, longestTaskMs });
      });
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  }),
};

function findLongestTask(fromMs: number, toMs: number): number {
  return tasks
    .filter(({ startTime, duration }) => startTime < toMs && startTime + duration > fromMs)
    .reduce((longest, { duration }) => Math.max(longest, duration), 0);
}

function watchFirstBlock(channel: RTCDataChannel): void {
  const watch = ({ data }: MessageEvent<unknown>): void => {
    if (!(data instanceof ArrayBuffer) || data.byteLength < MIN_BLOCK_BYTES) return;
    // Others may send as well, or the same one over another connection.
    if (Number.isNaN(firstBlockAtMs)) firstBlockAtMs = performance.now();
    channel.removeEventListener('message', watch);
  };
  channel.addEventListener('message', watch);
}
