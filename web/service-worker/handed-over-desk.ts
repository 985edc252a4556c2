import type { HandedOver, HandedOverCache, HandedOverList } from './handed-over-protocol.ts';

const PATH = '/share-target';
const CACHE: HandedOverCache = 'peerify-handed-over';
const LIST: HandedOverList = '/handed-over';
const MAX_FILES = 1_000;
const MAX_BYTES = 2 * 1024 ** 3;
/** Characters of the text, and of the names and types of files, together: what another site may have posted. */
const MAX_TEXT_LENGTH = 1024 ** 2;

export interface HandedOverParts {
  readonly caches: Pick<CacheStorage, 'open' | 'delete'>;
  /** Milliseconds since 1970. */
  readonly epochMs: () => number;
}

/**
 * Takes what the system's share sheet hands over, before the server could, and sends the browser on to the page, which
 * finds it kept here. Only the last is kept. Undefined for every other request.
 */
export function takeHandedOver(
  request: Request,
  parts: HandedOverParts,
): Promise<Response> | undefined {
  const { pathname } = new URL(request.url);
  // What is no navigation of a whole page is no share sheet.
  const isHandover = request.method === 'POST' && request.destination === 'document';
  return pathname === PATH && isHandover ? take(request, parts) : undefined;
}

async function take(request: Request, { caches, epochMs }: HandedOverParts): Promise<Response> {
  const atMs = epochMs();
  await caches.delete(CACHE);
  try {
    const { files, text } = readForm(await request.formData());
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    const described = files.map(describe);
    if (files.length > MAX_FILES || bytes > MAX_BYTES) throw new RangeError('too much');
    if (measureText(text, described) > MAX_TEXT_LENGTH) throw new RangeError('too much text');
    const cache = await caches.open(CACHE);
    for (const [number, file] of files.entries()) {
      await cache.put(`${LIST}/${number}`, new Response(file));
    }
    await keepList(caches, { kind: 'files', atMs, files: described, text });
  } catch {
    await caches.delete(CACHE);
    await keepList(caches, { kind: 'too-large', atMs }).catch(() => undefined);
  }
  return new Response(null, { status: 303, headers: { Location: '/' } });
}

function readForm(form: FormData): { readonly files: readonly File[]; readonly text: string } {
  const files = form.getAll('files').filter((part) => part instanceof File);
  const [title, ...texts] = ['title', 'text', 'url']
    .map((name) => form.get(name))
    .map((part) => (typeof part === 'string' ? part.trim() : ''));
  const text = [...new Set(texts)].filter((part) => part !== '').join('\n');
  // A title alone is all that somebody meant to share; beside anything else it only describes that.
  return { files, text: text === '' && files.length === 0 ? (title ?? '') : text };
}

function describe({ name, type }: File) {
  return { name, type };
}

function measureText(text: string, described: readonly ReturnType<typeof describe>[]): number {
  return described.reduce((sum, { name, type }) => sum + name.length + type.length, text.length);
}

async function keepList(caches: HandedOverParts['caches'], handedOver: HandedOver): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(LIST, new Response(JSON.stringify(handedOver)));
}
