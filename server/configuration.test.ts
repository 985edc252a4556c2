import { describe, expect, test } from 'vitest';

import { readConfiguration } from './configuration.ts';

describe('the environment', () => {
  test('an empty one gives the defaults', () => {
    expect(readConfiguration({ PORT: '', HOME: '/home/x' })).toEqual({
      ok: true,
      value: {
        PORT: 8080,
        HOST: '0.0.0.0',
        TRUST_PROXY_HOPS: 0,
        ALLOWED_ORIGINS: [],
        ICE_SERVERS: [],
        LOG_LEVEL: 'info',
        MAX_SOCKETS_PER_ADDRESS: 256,
        MAX_CONNECTIONS_PER_MINUTE: 600,
        MAX_UNKNOWN_SHARES_PER_MINUTE: 120,
      },
    });
  });

  test('values are read as what they mean', () => {
    const iceServers = [{ urls: ['turn:t.example:3478'], username: 'u', credential: 'c' }];
    const result = readConfiguration({
      PORT: '0',
      ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
      ICE_SERVERS: JSON.stringify(iceServers),
      TRUST_PROXY_HOPS: '2',
      METRICS_PORT: '9100',
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        PORT: 0,
        ALLOWED_ORIGINS: ['https://a.example', 'https://b.example:8443'],
        ICE_SERVERS: iceServers,
        TRUST_PROXY_HOPS: 2,
        METRICS_PORT: 9100,
      },
    });
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '127.0.0.1:9100'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['ALLOWED_ORIGINS', 'https://a.example/'],
    ['ALLOWED_ORIGINS', '*'],
    ['ICE_SERVERS', '{'],
    ['ICE_SERVERS', '{"urls":[]}'],
    ['ICE_SERVERS', '[{"urls":["http://x"]}]'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_SOCKETS_PER_ADDRESS', '0'],
  ])('%s=%s is refused in one sentence that names it', (name, value) => {
    const result = readConfiguration({ [name]: value });
    expect(result).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(new RegExp(`^${name} must be [^\\n]+\\.$`, 'u')),
    });
  });
});
