import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

import sirv from 'sirv';

export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  onMissing: () => void,
) => void;

/** Serves the built page; undefined where it has not been built. */
export function createPageFiles(root: string): PageHandler | undefined {
  if (!existsSync(join(root, 'index.html'))) return undefined;
  return sirv(root, {
    etag: true,
    setHeaders: (response, path) => {
      // Names under assets/ carry a hash of what is in them; every other name stays while its content changes.
      const isHashed = path.startsWith('/assets/');
      response.setHeader(
        'Cache-Control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

/** The first of these folders that holds a built page. */
export function findPageRoot(candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => existsSync(join(candidate, 'index.html')));
}
