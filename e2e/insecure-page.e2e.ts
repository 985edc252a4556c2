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
