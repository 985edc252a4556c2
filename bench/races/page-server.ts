import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>race</title><input type="file">';

/** Serves an almost empty page at `/` and scripts from files by their paths, while `work` runs. */
export async function withPageServer<Result>(
  scripts: Readonly<Record<string, string>>,
  work: (url: string) => Promise<Result>,
  host = '127.0.0.1',
): Promise<Result> {
  const server = createServer((request, response) => {
    void (async () => {
      const file = scripts[request.url ?? ''];
      const type = file === undefined ? 'text/html' : 'text/javascript';
      response.setHeader('Content-Type', `${type}; charset=utf-8`);
      response.end(file === undefined ? EMPTY_PAGE : await readFile(file));
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await work(`http://${host}:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
