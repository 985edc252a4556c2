import type { BuiltServers } from './built-servers.ts';
import { ForkedProcess } from './forked-process.ts';
import type { ServerMemory, ServerStrain } from './server-probe.ts';

export type Arm = 'tracker' | 'bare';

const AS_IN_SERVICE = { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' };
/** All peers come from one address here; nothing else is other than in service. */
const ONE_ADDRESS = {
  ...AS_IN_SERVICE,
  MAX_SOCKETS: '1000000',
  MAX_SOCKETS_PER_ADDRESS: '1000000',
  MAX_CONNECTIONS_PER_MINUTE: '1000000',
};

/** A server in a process of its own, with a probe inside that looks at the process alone. */
export class LoadServer {
  readonly url: string;
  readonly #process: ForkedProcess;

  static start(arm: Arm, servers: BuiltServers): Promise<LoadServer> {
    return LoadServer.#start(arm, servers, ONE_ADDRESS);
  }

  /** The tracker with every limit that it has in service. */
  static startLimited(servers: BuiltServers): Promise<LoadServer> {
    return LoadServer.#start('tracker', servers, AS_IN_SERVICE);
  }

  static async #start(
    arm: Arm,
    servers: BuiltServers,
    environment: Readonly<Record<string, string>>,
  ): Promise<LoadServer> {
    const process = new ForkedProcess(servers[arm], { preload: [servers.probe], environment });
    return new LoadServer(process, await process.readOutput(/ready at (http:\/\/\S+)\n/u));
  }

  private constructor(process: ForkedProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  readMemory(): Promise<ServerMemory> {
    return this.#process.ask<ServerMemory>('memory');
  }

  /** What `work` asks of the server. */
  async strain<Result>(
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly strain: ServerStrain }> {
    await this.#process.ask('begin');
    const result = await work();
    return { result, strain: await this.#process.ask<ServerStrain>('end') };
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  kill(): void {
    this.#process.kill();
  }
}
