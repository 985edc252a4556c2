import { expect, test } from 'vitest';
import { decodePacket, encodeEvent } from './socket-io-packets.ts';

test('bytes follow the text that has their places', () => {
  const header = new Uint8Array([1]);
  const bitfield = new Uint8Array([2, 3]);
  expect(encodeEvent('announce', { shareId: 'x', header, bitfield }, 7)).toEqual({
    text: '452-7["announce",{"shareId":"x","header":{"_placeholder":true,"num":0},"bitfield":{"_placeholder":true,"num":1}}]',
    attachments: [header, bitfield],
  });
});

test('an event without bytes is one text', () => {
  expect(encodeEvent('find', { shareId: 'x' }, 0)).toEqual({
    text: '420["find",{"shareId":"x"}]',
    attachments: [],
  });
});

test.each([
  ['40{"sid":"x"}', { kind: 'connected' }],
  ['4312[{"ok":true}]', { kind: 'answer', attachments: 0, id: 12, args: [{ ok: true }] }],
  ['462-3[{"ok":true}]', { kind: 'answer', attachments: 2, id: 3, args: [{ ok: true }] }],
  ['42["welcome",{}]', { kind: 'event', attachments: 0, args: ['welcome', {}] }],
  ['451-["signal",{}]', { kind: 'event', attachments: 1, args: ['signal', {}] }],
  ['6', undefined],
])('%s is understood', (text, packet) => {
  expect(decodePacket(text)).toEqual(packet);
});
