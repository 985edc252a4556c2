declare global {
  /** Only where the browser has Trusted Types. A TrustedScriptURL is typed as the string that it stands for. */
  var trustedTypes:
    | { createPolicy: (name: string, rules: ScriptUrlRules) => ScriptUrlRules }
    | undefined;
}

interface ScriptUrlRules {
  readonly createScriptURL: (url: string) => string;
}

const ALLOWED = new Set(['/service-worker.js']);

let policy: ScriptUrlRules | undefined;

/** Vouches for the one script that this page loads by address, where the page's policy asks for it. */
export function trustScriptUrl(url: string): string {
  const rules: ScriptUrlRules = { createScriptURL: assertAllowed };
  policy ??= globalThis.trustedTypes?.createPolicy('peerify', rules) ?? rules;
  return policy.createScriptURL(url);
}

function assertAllowed(url: string): string {
  if (!ALLOWED.has(url)) throw new TypeError('not a script of this page');
  return url;
}
