import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const PUBLIC = join(import.meta.dirname, 'web/public');
const WORKER = 'service-worker.js';
const DOCUMENT = 'index.html';
/** What the worker calls its build: see web/service-worker/shell-worker.ts. */
const PLACE = '__BUILD__';

/** Tells the service worker which files the page is made of, so that each build has a worker of its own. */
export const builtFiles: Plugin = {
  name: 'built-files',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== 'chunk') return;
      const built = Object.values(bundle).filter(({ fileName }) => fileName !== WORKER);
      const entry = built.find((file) => file.type === 'chunk' && file.name === 'page');
      if (entry === undefined || !worker.code.includes(PLACE)) {
        throw new Error('the service worker cannot be told its build');
      }
      const names = readdirSync(PUBLIC);
      const digest = createHash('sha256');
      for (const file of built) {
        digest.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
      }
      for (const name of names) digest.update(name).update(readFileSync(join(PUBLIC, name)));
      const files = [...built.map(({ fileName }) => fileName), ...names]
        .filter((name) => name !== DOCUMENT)
        .map((name) => `/${name}`);
      const version = digest.digest('hex').slice(0, 16);
      const build = { version, entry: `/${entry.fileName}`, files };
      worker.code = worker.code.replace(PLACE, () => JSON.stringify(build));
    },
  },
};
