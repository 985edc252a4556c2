declare global {
  interface Window {
    linkProbe: {
      /** Resolves with the time from the file input's change to the link's presence in the page. */
      readonly linkMs: Promise<number>;
    };
  }
}

let chosenAtMs = Number.NaN;

document.addEventListener(
  'change',
  ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'file') {
      chosenAtMs = performance.now();
    }
  },
  { capture: true },
);

window.linkProbe = {
  linkMs: new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const labels = [...document.querySelectorAll('article label')];
      const label = labels.find(({ textContent }) => textContent === 'Share link');
      const field = label instanceof HTMLLabelElement ? label.control : null;
      if (!(field instanceof HTMLInputElement) || field.value === '') return;
      observer.disconnect();
      resolve(performance.now() - chosenAtMs);
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }),
};
