import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT_PAGE = join(import.meta.dirname, '../../dist/web');
const HASH = /-[\w-]{8}(?=\.(?:js|css)$)/;

/** A copy of the built page in a folder of its own, in which a new version can take the old one's place. */
export class DeployedPage {
  readonly root: string;
  #version = 0;

  constructor(root: string) {
    this.root = root;
    cpSync(BUILT_PAGE, root, { recursive: true });
  }

  /** As after a change of everything: each hashed file has another name, and none of the old ones is there. */
  deployNext(): void {
    this.#version += 1;
    const mark = `-version${this.#version}`;
    const assets = join(this.root, 'assets');
    const renamed = readdirSync(assets).map((name) => [name, name.replace(HASH, mark)] as const);
    for (const [before, after] of renamed) renameSync(join(assets, before), join(assets, after));
    for (const path of ['index.html', 'service-worker.js', ...readdirSync(assets).map(inAssets)]) {
      const file = join(this.root, path);
      const text = renamed.reduce(
        (text, [before, after]) => text.replaceAll(before, after),
        readFileSync(file, 'utf8'),
      );
      const isWorker = path === 'service-worker.js';
      writeFileSync(
        file,
        isWorker ? text.replace(/"version":"[^"]*"/, `"version":"${mark}"`) : text,
      );
    }
  }
}

function inAssets(name: string): string {
  return `assets/${name}`;
}
