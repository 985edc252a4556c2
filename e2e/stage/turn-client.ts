import type { Socket as UdpSocket } from 'node:dgram';
import type { Socket as TcpSocket } from 'node:net';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';

const ALLOCATE = 0x0003;
const CREATE_PERMISSION = 0x0008;
const ERROR_BIT = 0x0110;

const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const ERROR_CODE = 0x0009;
const XOR_PEER_ADDRESS = 0x0012;
const REALM = 0x0014;
const NONCE = 0x0015;
const REQUESTED_TRANSPORT = 0x0019;

const COOKIE = Buffer.from([0x21, 0x12, 0xa4, 0x42]);
const HEADER_LENGTH = 20;
const INTEGRITY_LENGTH = 24;
const ANSWER_TIMEOUT_MS = 5_000;

/** What a server relays between: RFC 8656's UDP and RFC 6062's TCP, by their protocol numbers. */
export const RELAYED = { udp: 17, tcp: 6 } as const;

export interface TurnUser {
  readonly username: string;
  readonly credential: string;
}

type Attribute = readonly [type: number, value: Buffer];

/** One client of a TURN server, for what browsers do not ask. Answers are 'ok' or the error's number. */
export class TurnClient {
  readonly #socket: UdpSocket | TcpSocket;
  readonly #user: TurnUser;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  private constructor(socket: UdpSocket | TcpSocket, user: TurnUser) {
    this.#socket = socket;
    this.#user = user;
  }

  static async open(port: number, user: TurnUser, by: 'udp' | 'tcp' = 'udp'): Promise<TurnClient> {
    const socket = by === 'udp' ? createSocket('udp4') : connect(port, '127.0.0.1');
    if (!isTcp(socket)) socket.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new TurnClient(socket, user);
  }

  close(): void {
    if (isTcp(this.#socket)) this.#socket.destroy();
    else this.#socket.close();
  }

  /** Asks for a place that others can send to. */
  async allocate(relayed: number = RELAYED.udp): Promise<'ok' | number> {
    const transport: Attribute = [REQUESTED_TRANSPORT, Buffer.from([relayed, 0, 0, 0])];
    const challenge = await this.#ask(encode(ALLOCATE, [transport]));
    this.#realm = findAttribute(challenge, REALM) ?? this.#realm;
    this.#nonce = findAttribute(challenge, NONCE) ?? this.#nonce;
    return readVerdict(await this.#ask(this.#sign(ALLOCATE, [transport])));
  }

  /** Asks that what comes from this IPv4 address be passed on, and the other way. */
  async permit(address: string): Promise<'ok' | number> {
    const bytes = address.split('.').map((part, i) => Number(part) ^ (COOKIE[i] ?? 0));
    const peer = Buffer.from([0, 1, 0, 0, ...bytes]);
    return readVerdict(await this.#ask(this.#sign(CREATE_PERMISSION, [[XOR_PEER_ADDRESS, peer]])));
  }

  #sign(type: number, attributes: readonly Attribute[]): Buffer {
    const { username, credential } = this.#user;
    const message = encode(type, [
      ...attributes,
      [USERNAME, Buffer.from(username)],
      [REALM, this.#realm],
      [NONCE, this.#nonce],
    ]);
    // What is signed says already how long it will be.
    message.writeUInt16BE(message.byteLength - HEADER_LENGTH + INTEGRITY_LENGTH, 2);
    const key = createHash('md5')
      .update(`${username}:${String(this.#realm)}:${credential}`)
      .digest();
    const signature = createHmac('sha1', key).update(message).digest();
    return Buffer.concat([message, encodeAttribute([MESSAGE_INTEGRITY, signature])]);
  }

  async #ask(message: Buffer): Promise<Buffer> {
    const socket = this.#socket;
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const answer = once(socket, isTcp(socket) ? 'data' : 'message', { signal });
    if (isTcp(socket)) socket.write(message);
    else socket.send(message);
    const [bytes]: unknown[] = await answer;
    if (!Buffer.isBuffer(bytes)) throw new Error('no bytes came');
    return bytes;
  }
}

function isTcp(socket: UdpSocket | TcpSocket): socket is TcpSocket {
  return 'destroy' in socket;
}

function encode(type: number, attributes: readonly Attribute[]): Buffer {
  const body = Buffer.concat(attributes.map(encodeAttribute));
  const start = Buffer.alloc(4);
  start.writeUInt16BE(type, 0);
  start.writeUInt16BE(body.byteLength, 2);
  return Buffer.concat([start, COOKIE, randomBytes(12), body]);
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt16BE(type, 0);
  start.writeUInt16BE(value.byteLength, 2);
  return Buffer.concat([start, value, Buffer.alloc(padding(value.byteLength))]);
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}

function findAttribute(message: Buffer, wanted: number): Buffer | undefined {
  for (let at = HEADER_LENGTH; at + 4 <= message.byteLength;) {
    const length = message.readUInt16BE(at + 2);
    if (message.readUInt16BE(at) === wanted) return message.subarray(at + 4, at + 4 + length);
    at += 4 + length + padding(length);
  }
  return undefined;
}

function readVerdict(message: Buffer): 'ok' | number {
  if ((message.readUInt16BE(0) & ERROR_BIT) !== ERROR_BIT) return 'ok';
  const error = findAttribute(message, ERROR_CODE);
  if (error === undefined) throw new Error('an error without a number');
  return error.readUInt8(2) * 100 + error.readUInt8(3);
}
