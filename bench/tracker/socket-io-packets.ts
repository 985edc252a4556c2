/** As much of Socket.IO's protocol 5 over Engine.IO's protocol 4 as a client under load speaks. */
export const CONNECT_PACKET = '40';
export const PING_PACKET = '2';
export const PONG_PACKET = '3';

export type Packet =
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly attachments: number; readonly args: readonly unknown[] }
  | {
      readonly kind: 'answer';
      readonly attachments: number;
      readonly id: number;
      readonly args: readonly unknown[];
    };

export interface EncodedEvent {
  readonly text: string;
  /** Frames that follow the text, in this order. */
  readonly attachments: readonly Uint8Array[];
}

/** An event with one payload whose fields may be bytes, to be acknowledged under this number. */
export function encodeEvent(
  event: string,
  payload: Readonly<Record<string, unknown>>,
  id: number,
): EncodedEvent {
  const attachments: Uint8Array[] = [];
  const fields = Object.entries(payload).map(([name, value]) => {
    if (!(value instanceof Uint8Array)) return [name, value];
    attachments.push(value);
    return [name, { _placeholder: true, num: attachments.length - 1 }];
  });
  const json = JSON.stringify([event, Object.fromEntries(fields)]);
  const head = attachments.length === 0 ? '42' : `45${attachments.length}-`;
  return { text: `${head}${id}${json}`, attachments };
}

/** Undefined for what needs no answer and carries nothing. Bytes come after the text, as its attachments. */
export function decodePacket(text: string): Packet | undefined {
  if (text.startsWith('40')) return { kind: 'connected' };
  const match = /^4([2356])(?:(\d+)-)?(\d*)(\[.*)$/su.exec(text);
  if (match === null) return undefined;
  const [, type, count = '0', id = '', json = '[]'] = match;
  const args: readonly unknown[] = JSON.parse(json);
  const attachments = Number(count);
  return type === '3' || type === '6'
    ? { kind: 'answer', attachments, id: Number(id), args }
    : { kind: 'event', attachments, args };
}
