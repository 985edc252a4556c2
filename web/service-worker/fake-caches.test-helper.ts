/** Caches in memory: paths for addresses, and responses of status 200 alone. */
export class FakeCaches {
  readonly kept = new Map<string, Map<string, string>>();

  async match(path: string, options: MultiCacheQueryOptions = {}): Promise<Response | undefined> {
    for (const [name, files] of this.kept) {
      const file =
        options.cacheName === undefined || options.cacheName === name ? files.get(path) : undefined;
      if (file !== undefined) return new Response(file);
    }
    return undefined;
  }

  async open(name: string): Promise<Cache> {
    const files = this.kept.get(name) ?? new Map<string, string>();
    this.kept.set(name, files);
    const cache: Pick<Cache, 'match' | 'put' | 'keys'> = {
      match: async (path) => this.match(readPath(path), { cacheName: name }),
      put: async (path, response) => void files.set(readPath(path), await response.text()),
      keys: async () =>
        [...files.keys()].map((path) => new Request(`https://peerify.example${path}`)),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the calls that are made on one
    return cache as Cache;
  }

  async keys(): Promise<string[]> {
    return [...this.kept.keys()];
  }

  async has(name: string): Promise<boolean> {
    return this.kept.has(name);
  }

  async delete(name: string): Promise<boolean> {
    return this.kept.delete(name);
  }

  paths(name: string): string[] {
    return [...(this.kept.get(name)?.keys() ?? [])];
  }
}

function readPath(request: RequestInfo | URL): string {
  if (typeof request !== 'string') throw new TypeError('addresses are paths here');
  return request;
}
