import type { ViewAnswer, ViewRead, ViewRequest } from './view-protocol.ts';
import { PortSource } from './port-source.ts';
import { parseRange } from './view-range.ts';

const PATH = /^\/view\/([\w-]{20,64})$/;
const IN_VIEWS = /^\/view(?:\/|$)/;
/** A page that is busy answers later than that, one that is frozen never. */
const ANSWER_TIMEOUT_MS = 5_000;

/** What elements show or play, and nothing that a browser would open as a page. The page's word is not enough. */
const SHOWN_TYPES: ReadonlySet<string> = new Set([
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'video/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/aac',
  'audio/ogg',
  'audio/wav',
  'audio/flac',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  // An image element runs nothing of it and loads nothing for it.
  'image/svg+xml',
]);

/** What is known of a request before anything is done for it. */
export interface ViewFetch {
  readonly path: string;
  readonly destination: string;
  readonly range: string | null;
  readonly clientId: string;
}

interface ViewPage {
  readonly type: string;
  readonly frameType?: string;
  readonly postMessage: (message: ViewRequest, transfer: Transferable[]) => void;
}

export interface ViewDeskParts {
  readonly findPage: (clientId: string) => Promise<ViewPage | undefined>;
  /** Calls back later. Returns the way to stop it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/** Lets image, video and audio elements of a page show what that page reads out: to nobody else, and as nothing else. */
export class ViewDesk {
  readonly #parts: ViewDeskParts;

  constructor(parts: ViewDeskParts) {
    this.#parts = parts;
  }

  /** The response for a path below `/view`, or undefined for every other path: that is not ours to answer. */
  answer(fetch: ViewFetch): Promise<Response> | undefined {
    return IN_VIEWS.test(fetch.path) ? this.#answer(fetch) : undefined;
  }

  async #answer({ path, destination, range, clientId }: ViewFetch): Promise<Response> {
    const id = PATH.exec(path)?.[1];
    // A frame, a script, an object or a navigation gets no byte, whatever it knows.
    if (id === undefined || !['image', 'video', 'audio'].includes(destination)) return refuse(404);
    const page = await this.#parts.findPage(clientId);
    if (page?.type !== 'window' || page.frameType !== 'top-level') return refuse(404);
    const { port1: port, port2 } = new MessageChannel();
    page.postMessage({ kind: 'view', id }, [port2]);
    const answer = await this.#hear(port);
    if (answer?.kind !== 'shown' || !isShownIn(answer.type, destination)) {
      port.close();
      return refuse(404);
    }
    return respond(port, answer, range);
  }

  /** The page's answer, or undefined where none came in time. */
  #hear(port: MessagePort): Promise<ViewAnswer | undefined> {
    return new Promise((resolve) => {
      const stopWaiting = this.#parts.after(ANSWER_TIMEOUT_MS, () => resolve(undefined));
      const take = ({ data }: MessageEvent<ViewAnswer>): void => {
        stopWaiting();
        resolve(data);
      };
      port.addEventListener('message', take, { once: true });
      port.start();
    });
  }
}

function isShownIn(type: string, destination: string): boolean {
  return SHOWN_TYPES.has(type) && type.startsWith(`${destination}/`);
}

function respond(
  port: MessagePort,
  { type, size }: { readonly type: string; readonly size: number },
  range: string | null,
): Response {
  const part = parseRange(range, size);
  const headers = computeHeaders();
  headers.set('Accept-Ranges', 'bytes');
  if (part.kind === 'unsatisfiable') {
    port.close();
    headers.set('Content-Range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const [offset, end] = part.kind === 'all' ? [0, size] : [part.first, part.last + 1];
  const read: ViewRead = { kind: 'read', offset, length: end - offset };
  port.postMessage(read);
  headers.set('Content-Type', type);
  headers.set('Content-Length', String(end - offset));
  if (part.kind === 'part') headers.set('Content-Range', `bytes ${offset}-${end - 1}/${size}`);
  const body = new ReadableStream(new PortSource(port, () => {}), { highWaterMark: 0 });
  return new Response(body, { status: part.kind === 'part' ? 206 : 200, headers });
}

function refuse(status: number): Response {
  const headers = computeHeaders();
  // Without a type a navigation would become a download.
  headers.set('Content-Type', 'text/plain');
  return new Response(null, { status, headers });
}

/** Never a page, never run, never kept, and of no use to another site. */
function computeHeaders(): Headers {
  return new Headers({
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
}
