import type { Socket } from 'node:dgram';
import { createSocket } from 'node:dgram';

import type { LineShape } from './shaped-line.ts';
import { ShapedLine } from './shaped-line.ts';

export interface UdpAddress {
  readonly address: string;
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';
/** A queue of the system's own that is too short would lose packets that nobody meant to lose. */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * A line between two processes of this machine, one shape for each direction, for UDP: a door for each address that
 * one of them wants to reach. Whoever sends to a door reaches what lies behind it, and is answered from there.
 */
export class UdpLines {
  readonly #lines: readonly [ShapedLine, ShapedLine];
  readonly #sockets = new Set<Socket>();
  readonly #doors = new Map<string, Promise<UdpAddress>>();

  /** Which packets are lost goes by the seed. */
  constructor(shape: LineShape, seed = 1) {
    this.#lines = [new ShapedLine(shape, seed), new ShapedLine(shape, seed + 1)];
  }

  /** For the process at this end, 0 or 1, to reach an address of the other's. */
  openDoor(end: 0 | 1, target: UdpAddress): Promise<UdpAddress> {
    const key = `${end} ${target.address} ${target.port}`;
    let door = this.#doors.get(key);
    if (door === undefined) {
      door = this.#openDoor(end, target);
      this.#doors.set(key, door);
    }
    return door;
  }

  close(): void {
    for (const line of this.#lines) line.cut();
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
  }

  async #openDoor(end: 0 | 1, target: UdpAddress): Promise<UdpAddress> {
    const there = this.#lines[end];
    const back = this.#lines[end === 0 ? 1 : 0];
    const door = await this.#bind();
    const senders = new Map<number, Promise<Socket>>();
    const bindFor = async (sender: UdpAddress): Promise<Socket> => {
      const socket = await this.#bind();
      socket.on('message', (packet) => {
        back.carry(packet.byteLength, () => door.send(packet, sender.port, sender.address));
      });
      return socket;
    };
    door.on('message', (packet, sender) => {
      const socket = senders.get(sender.port) ?? bindFor(sender);
      senders.set(sender.port, socket);
      there.carry(packet.byteLength, () => {
        void socket.then((bound) => bound.send(packet, target.port, target.address));
      });
    });
    return door.address();
  }

  async #bind(): Promise<Socket> {
    const socket = createSocket({
      type: 'udp4',
      recvBufferSize: SOCKET_BUFFER_BYTES,
      sendBufferSize: SOCKET_BUFFER_BYTES,
    });
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.bind(0, LOOPBACK, resolve);
    });
    return socket;
  }
}
