import { expect, test } from 'vitest';
import type { Route } from '../../shared/swarm/ports/transport.ts';
import { PeerRoutes } from './peer-routes.ts';

/** Routes as a test says them, and who was asked for. */
function createRoutes(answers: Record<string, Route | undefined>) {
  const asked: string[] = [];
  const routes = new PeerRoutes(async (peerId) => {
    asked.push(peerId);
    return answers[peerId];
  });
  return { routes, take: () => asked.splice(0) };
}

test('a route is asked for once, and again after a quarter of a minute', async () => {
  const answers: Record<string, Route> = { a: 'direct' };
  const { routes, take } = createRoutes(answers);
  routes.refresh(['a'], 0);
  expect(routes.route('a')).toBeUndefined();
  await Promise.resolve();
  expect(routes.route('a')).toBe('direct');
  routes.refresh(['a'], 14_000);
  expect(take()).toEqual(['a']);
  answers['a'] = 'relayed';
  routes.refresh(['a'], 15_000);
  expect(routes.route('a')).toBe('direct');
  await Promise.resolve();
  expect([take(), routes.route('a')]).toEqual([['a'], 'relayed']);
});

test('one that is not known yet is asked for sooner', async () => {
  const { routes, take } = createRoutes({});
  routes.refresh(['a'], 0);
  routes.refresh(['a'], 1_000);
  await Promise.resolve();
  routes.refresh(['a'], 2_000);
  expect(take()).toEqual(['a', 'a']);
});

test('who has left is forgotten, also where the answer comes later', async () => {
  const { routes } = createRoutes({ a: 'direct' });
  routes.refresh(['a'], 0);
  routes.refresh([], 1);
  await Promise.resolve();
  expect(routes.route('a')).toBeUndefined();
});
