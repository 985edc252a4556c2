import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

import { encodeBase64Url } from '../share/base64url.ts';
import { welcomeSchema } from './welcome.ts';

const peerId = encodeBase64Url(new Uint8Array(16).fill(9));
const welcome = { version: 1, peerId, announceIntervalMs: 120_000 };

describe('ICE servers', () => {
  test.each(['http://x.example', 'javascript:alert(1)', 'stun:', 'turn:x y', ''])(
    'an address that no browser would take is refused: %s',
    (url) => {
      const iceServers = [{ urls: [url] }];
      expect(v.safeParse(welcomeSchema, { ...welcome, iceServers }).success).toBe(false);
    },
  );

  test.each(['stun:stun.example:3478', 'turns:t.example:443?transport=tcp', 'turn:[::1]:3478'])(
    'an address as browsers take them is fine: %s',
    (url) => {
      const iceServers = [{ urls: [url] }];
      expect(v.safeParse(welcomeSchema, { ...welcome, iceServers }).success).toBe(true);
    },
  );
});
