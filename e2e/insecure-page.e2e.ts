import { expect } from 'vitest';
import { test } from './stage/test.ts';

test('case U4: over plain HTTP from another machine the page explains, and half-works at nothing', async ({
  stage,
}) => {
  const context = await stage.openContext();
  const page = await context.newPage();
  const fileId = `1${'A'.repeat(43)}`;
  await page.goto(`${stage.url.replace('localhost', 'peerify.test')}#${fileId}`);
  await page
    .getByRole('heading', { name: 'This page was opened over an insecure address' })
    .waitFor();
  await page.getByText('Open it over https').waitFor();
  expect(await page.getByLabel('Choose files').count()).toBe(0);
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await page.getByRole('article').count()).toBe(0);
});

test('a browser without WebRTC is told so, and half-works at nothing', async ({ stage }) => {
  const context = await stage.openContext();
  await context.addInitScript(() => {
    for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) {
      Reflect.deleteProperty(window, name);
    }
  });
  const page = await context.newPage();
  await page.goto(`${stage.url}#1${'A'.repeat(43)}`);
  await page
    .getByRole('heading', { name: 'This browser cannot connect to other browsers' })
    .waitFor();
  await page.getByText('Use a current Chrome, Edge, Firefox or Safari').waitFor();
  expect(await page.getByLabel('Choose files').count()).toBe(0);
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await page.getByRole('article').count()).toBe(0);
});
