import { expect } from 'vitest';
import { PageProblems } from './browser/page-problems.ts';
import { test } from './stage/two-browsers-test.ts';

function addForeignScript(): void {
  const script = document.createElement('script');
  script.src = 'https://elsewhere.example/script.js';
  document.body.append(script);
}

function addForeignPicture(): void {
  const picture = new Image();
  picture.src = 'https://elsewhere.example/picture.png';
  document.body.append(picture);
}

function callElsewhere(): void {
  fetch('https://elsewhere.example/').catch(() => undefined);
}

function writeMarkup(): void {
  document.body.innerHTML = '<b>markup</b>';
}

function failLater(): void {
  setTimeout(() => {
    throw new Error('nobody catches this');
  });
}

const MISDEEDS = [addForeignScript, addForeignPicture, callElsewhere, writeMarkup, failLater];

for (const misdeed of MISDEEDS) {
  test(`case U3; T18: what the policy forbids does not go unnoticed in any test: ${misdeed.name}`, async ({
    stage,
    browser,
  }) => {
    // A context that the stage does not watch: there it would fail this test.
    const context = await browser.newContext();
    const problems = new PageProblems();
    await problems.watch(context);
    const page = await context.newPage();
    await page.goto(stage.url);
    expect(problems.found).toEqual([]);
    await page.evaluate(misdeed).catch(() => undefined);
    await expect.poll(() => problems.found.length).toBeGreaterThan(0);
    await context.close();
  });
}

test('case U3; T18: nor does any of it in Firefox', async ({ stage, firefoxBrowser }) => {
  for (const misdeed of MISDEEDS) {
    const context = await firefoxBrowser.createBrowserContext();
    const page = await context.newPage();
    const problems = new PageProblems();
    await problems.watchFirefox(page);
    await page.goto(stage.url);
    expect(problems.found).toEqual([]);
    await page.evaluate(misdeed).catch(() => undefined);
    await expect.poll(() => problems.found.length, { message: misdeed.name }).toBeGreaterThan(0);
    await context.close();
  }
});
