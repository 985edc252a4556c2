import { describe, expect, test, vi } from 'vitest';
import { trustScriptUrl } from './trusted-script-url.ts';

describe('trustScriptUrl', () => {
  test('vouches for the service worker and nothing else, with one policy', () => {
    const createPolicy = vi.fn<(name: string, rules: object) => object>((_name, rules) => rules);
    vi.stubGlobal('trustedTypes', { createPolicy });
    expect(trustScriptUrl('/service-worker.js')).toBe('/service-worker.js');
    expect(trustScriptUrl('/service-worker.js')).toBe('/service-worker.js');
    expect(() => trustScriptUrl('https://other.example/service-worker.js')).toThrow(TypeError);
    expect(createPolicy).toHaveBeenCalledTimes(1);
    expect(createPolicy.mock.calls[0]?.[0]).toBe('peerify');
  });
});
