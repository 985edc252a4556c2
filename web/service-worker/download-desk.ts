import type { Demand } from './save-protocol.ts';
import { PortSource } from './port-source.ts';

const PATH = /^\/save\/([^/]+)$/;

export interface OfferedDownload {
  readonly id: string;
  readonly name: string;
  readonly size: number | undefined;
  readonly port: MessagePort;
}

/** Downloads that pages have offered and the browser has not taken yet. Each is handed out once. */
export class DownloadDesk {
  readonly #offered = new Map<string, OfferedDownload>();
  readonly #running = new Set<string>();

  offer(download: OfferedDownload): void {
    this.#offered.set(download.id, download);
    send(download.port, 'ready');
  }

  knows(id: string): boolean {
    return this.#offered.has(id) || this.#running.has(id);
  }

  /** The response for a path below `/save/`, or undefined for every other path: that is not ours to answer. */
  answer(path: string): Response | undefined {
    const id = PATH.exec(path)?.[1];
    if (id === undefined) return undefined;
    const download = this.#offered.get(id);
    this.#offered.delete(id);
    if (download === undefined) return new Response(null, { status: 404 });
    this.#running.add(id);
    send(download.port, 'started');
    const source = new PortSource(download.port, () => this.#running.delete(id));
    const body = new ReadableStream(source, { highWaterMark: 0 });
    return new Response(body, { headers: computeHeaders(download) });
  }
}

function send(port: MessagePort, demand: Demand): void {
  port.postMessage(demand);
}

/** A download and nothing else, whatever the bytes are: never shown, never run, never kept. */
function computeHeaders({ name, size }: OfferedDownload): Headers {
  const headers = new Headers({
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeExtendedValue(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  if (size !== undefined) headers.set('Content-Length', String(size));
  return headers;
}

/** RFC 8187, section 3.2.1: UTF-8, with everything but letters, digits and a few signs percent-encoded. */
function encodeExtendedValue(text: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCodePoint(byte);
    encoded += /[\w!#$&+.^`|~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
