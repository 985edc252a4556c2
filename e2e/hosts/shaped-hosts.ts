import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Kilobits (10^3 bits) a second, as the link counts them: headers included. */
export interface LinkRate {
  readonly upKbit: number;
  readonly downKbit: number;
}

export const HUB_ADDRESS = '10.77.0.1';

const PREFIX = 'peerify-on-';
const BRIDGE = 'bridge0';
/** A host's own end of its link; the hub's end has the host's number. */
const UPLINK = 'uplink';
/** How much may leave at once, and how long a queue may get before packets are dropped. */
const BURST = '64kb';
const LATENCY = '60ms';

/**
 * Hosts of their own on one machine: network namespaces around one hub, which is the only thing that they can reach.
 * What a host sends is shaped on its side of the link, what it receives on the hub's. The names carry the process that
 * owns them, so that what a killed one left behind can be told from what is in use.
 */
export class ShapedHosts {
  readonly #owner: number;
  readonly #hosts = new Set<number>();

  constructor(owner: number) {
    this.#owner = owner;
  }

  get hub(): string {
    return `${PREFIX}${this.#owner}-hub`;
  }

  nameOf(host: number): string {
    return `${PREFIX}${this.#owner}-host${host}`;
  }

  addHub(): void {
    run('ip', 'netns', 'add', this.hub);
    runIn(this.hub, 'ip', 'link', 'set', 'lo', 'up');
    runIn(this.hub, 'ip', 'link', 'add', BRIDGE, 'type', 'bridge');
    runIn(this.hub, 'ip', 'addr', 'add', `${HUB_ADDRESS}/24`, 'dev', BRIDGE);
    runIn(this.hub, 'ip', 'link', 'set', BRIDGE, 'up');
  }

  /** Hosts are numbered from 1. The default route leads to the hub: a browser without one finds no address of its own. */
  addHost(host: number): void {
    const name = this.nameOf(host);
    const outer = `host${host}`;
    run('ip', 'netns', 'add', name);
    const ends = ['link', 'add', UPLINK, 'netns', name, 'type', 'veth'];
    run('ip', ...ends, 'peer', 'name', outer, 'netns', this.hub);
    runIn(name, 'ip', 'link', 'set', 'lo', 'up');
    this.setAddress(host, addressOf(host));
    runIn(this.hub, 'ip', 'link', 'set', outer, 'master', BRIDGE, 'up');
    this.#hosts.add(host);
  }

  /** Its only address from now on, as of one that changes networks: what came from the one before leads nowhere. */
  setAddress(host: number, address: string): void {
    const name = this.nameOf(host);
    runIn(name, 'ip', 'addr', 'flush', 'dev', UPLINK);
    runIn(name, 'ip', 'addr', 'add', `${address}/24`, 'dev', UPLINK);
    runIn(name, 'ip', 'link', 'set', UPLINK, 'up');
    runIn(name, 'ip', 'route', 'replace', 'default', 'via', HUB_ADDRESS);
  }

  setRate(host: number, { upKbit, downKbit }: LinkRate): void {
    shape(this.nameOf(host), UPLINK, upKbit);
    shape(this.hub, `host${host}`, downKbit);
  }

  /** Line rate both ways, as far as this machine goes. */
  unshape(host: number): void {
    for (const [name, link] of [
      [this.nameOf(host), UPLINK],
      [this.hub, `host${host}`],
    ] as const) {
      try {
        runIn(name, 'tc', 'qdisc', 'del', 'dev', link, 'root');
      } catch {
        // It was not shaped.
      }
    }
  }

  /** Bytes that left the host by its uplink so far, headers included. To be asked inside the hub. */
  countSentBytes(host: number): number {
    return Number(readFileSync(`/sys/class/net/host${host}/statistics/rx_bytes`, 'utf8'));
  }

  /** Every process on the host. */
  listProcesses(host: number): readonly number[] {
    return listProcesses(this.nameOf(host));
  }
}

export function signalProcesses(ids: readonly number[], signal: NodeJS.Signals): void {
  for (const id of ids) {
    try {
      process.kill(id, signal);
    } catch {
      // It has just ended.
    }
  }
}

export function addressOf(host: number): string {
  return `10.77.0.${10 + host}`;
}

/** Why hosts cannot be made here, as a clause; undefined where they can. */
export function findObstacleToHosts(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may make network namespaces';
  for (const tool of ['ip', 'tc']) {
    try {
      run(tool, '-V');
    } catch {
      return `there is no ${tool}`;
    }
  }
  return undefined;
}

/** Removes the hosts of one owner with every process on them, or all whose owner is no more. */
export function removeHosts(owner?: number): void {
  const names = run('ip', 'netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const itsOwner = Number.parseInt(name.slice(PREFIX.length), 10);
    if (owner === undefined ? isAlive(itsOwner) : itsOwner !== owner) continue;
    signalProcesses(listProcesses(name), 'SIGKILL');
    run('ip', 'netns', 'del', name);
  }
}

function listProcesses(namespace: string): readonly number[] {
  return run('ip', 'netns', 'pids', namespace).split('\n').filter(Boolean).map(Number);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function shape(namespace: string, device: string, kbit: number): void {
  const qdisc = ['qdisc', 'replace', 'dev', device, 'root', 'tbf'];
  runIn(namespace, 'tc', ...qdisc, 'rate', `${kbit}kbit`, 'burst', BURST, 'latency', LATENCY);
}

function runIn(namespace: string, program: string, ...args: readonly string[]): string {
  return run('ip', 'netns', 'exec', namespace, program, ...args);
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
