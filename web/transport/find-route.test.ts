import { expect, test } from 'vitest';
import { findRoute } from './find-route.ts';

const CANDIDATES = {
  host: { type: 'local-candidate', candidateType: 'host' },
  relay: { type: 'local-candidate', candidateType: 'relay' },
  far: { type: 'remote-candidate', candidateType: 'srflx' },
};
const SELECTED = {
  ...CANDIDATES,
  transport: { type: 'transport', selectedCandidatePairId: 'pair' },
};

function pairOf(localCandidateId: string, remoteCandidateId: string): object {
  return { type: 'candidate-pair', localCandidateId, remoteCandidateId };
}

function routeIn(report: Readonly<Record<string, object>>): string | undefined {
  return findRoute(new Map(Object.entries(report)));
}

test('the pair that the transport names says whether a relay stands between', () => {
  const others = { ...SELECTED, other: pairOf('relay', 'far') };
  expect(routeIn({ ...others, pair: pairOf('host', 'far') })).toBe('direct');
  expect(routeIn({ ...others, pair: pairOf('relay', 'far') })).toBe('relayed');
  expect(routeIn({ ...others, pair: pairOf('host', 'relay') })).toBe('relayed');
});

test('without a transport that names it, the nominated pair that succeeded counts', () => {
  const tried = { ...pairOf('relay', 'far'), nominated: false, state: 'succeeded' };
  const failed = { ...pairOf('relay', 'far'), nominated: true, state: 'failed' };
  const used = { ...pairOf('host', 'far'), nominated: true, state: 'succeeded' };
  expect(routeIn({ ...CANDIDATES, tried, failed, used })).toBe('direct');
});

test('nothing is claimed before a pair is in use, nor of an address that the browser hides', () => {
  expect(routeIn({})).toBeUndefined();
  expect(routeIn(CANDIDATES)).toBeUndefined();
  expect(routeIn({ ...SELECTED, pair: pairOf('host', 'hidden') })).toBeUndefined();
  expect(routeIn({ ...SELECTED, pair: pairOf('relay', 'hidden') })).toBe('relayed');
});
