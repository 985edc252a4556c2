import * as v from 'valibot';

import { turnUrls } from '../shared/tracker/ice-fields.ts';
import { iceServersSchema } from '../shared/tracker/welcome.ts';
import { DEFAULT_MAX_SOCKETS } from './gateway/gateway-limits.ts';

type Environment = Readonly<Record<string, string | undefined>>;

function wholeNumberText(min: number, max: number) {
  return v.pipe(
    v.string(),
    v.regex(/^\d+$/u),
    v.transform(Number),
    v.minValue(min),
    v.maxValue(max),
  );
}

function wholeNumber(min: number, max: number, fallback: number) {
  return v.optional(wholeNumberText(min, max), String(fallback));
}

const origin = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text) && new URL(text).origin === text),
);

const list = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
);

/** Each user name and its credential let a guesser try secrets without asking anybody, so a short one will not do. */
const turnSecret = v.pipe(v.string(), v.regex(/^[!-~]{32,256}$/u));

const json = v.rawTransform<string, unknown>(({ dataset, addIssue, NEVER }) => {
  try {
    return JSON.parse(dataset.value) as unknown;
  } catch {
    addIssue({ message: 'not JSON' });
    return NEVER;
  }
});

const configurationSchema = v.object({
  PORT: wholeNumber(0, 65_535, 8080),
  HOST: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(255)), '0.0.0.0'),
  METRICS_PORT: v.optional(wholeNumberText(1, 65_535)),
  TRUST_PROXY_HOPS: wholeNumber(0, 8, 0),
  ALLOWED_ORIGINS: v.optional(v.pipe(list, v.array(origin)), ''),
  // None unless configured: a STUN server learns the address of whoever asks it, and that is for the host to decide.
  ICE_SERVERS: v.optional(v.pipe(v.string(), json, iceServersSchema), '[]'),
  TURN_URLS: v.optional(v.pipe(list, turnUrls)),
  TURN_SECRET: v.optional(turnSecret),
  LOG_LEVEL: v.optional(v.picklist(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
  DENIED_SHARES_FILE: v.optional(v.string()),
  MAX_SOCKETS: wholeNumber(1, 1_000_000, DEFAULT_MAX_SOCKETS),
  MAX_SOCKETS_PER_ADDRESS: wholeNumber(1, 1_000_000, 256),
  MAX_CONNECTIONS_PER_MINUTE: wholeNumber(1, 1_000_000, 600),
  MAX_UNKNOWN_SHARES_PER_MINUTE: wholeNumber(1, 1_000_000, 120),
  MAX_TURN_CREDENTIALS_PER_MINUTE: wholeNumber(1, 1_000_000, 30),
});

/** What each variable takes, in the words of the sentence that refuses another. */
const EXPECTED: Readonly<Record<string, string>> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'an address or a host name',
  METRICS_PORT: 'a whole number from 1 to 65535',
  TRUST_PROXY_HOPS: 'a whole number from 0 to 8',
  ALLOWED_ORIGINS: 'origins separated by commas, such as https://peerify.example',
  ICE_SERVERS: 'a JSON array such as [{"urls":["stun:stun.example:3478"]}]',
  TURN_URLS: 'up to 8 addresses separated by commas, such as turn:turn.example:3478',
  TURN_SECRET: '32 to 256 printable characters without blanks',
  LOG_LEVEL: 'silent, error, warn, info or debug',
};

type Variables = v.InferOutput<typeof configurationSchema>;

export interface Configuration extends Omit<Variables, 'TURN_URLS' | 'TURN_SECRET'> {
  /** Undefined where neither of its two variables is set. */
  readonly relay: { readonly urls: readonly string[]; readonly secret: string } | undefined;
}

export type ConfigurationResult =
  | { readonly ok: true; readonly value: Configuration }
  | { readonly ok: false; readonly sentence: string };

/** Reads the environment. An empty variable counts as one that is not set. */
export function readConfiguration(environment: Environment): ConfigurationResult {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = v.safeParse(configurationSchema, set, { abortEarly: true });
  if (result.success) return joinRelay(result.output);
  const name = String(result.issues[0].path?.[0]?.key);
  const expected = EXPECTED[name] ?? 'a whole number from 1 to 1000000';
  return { ok: false, sentence: `${name} must be ${expected}.` };
}

function joinRelay({ TURN_URLS, TURN_SECRET, ...rest }: Variables): ConfigurationResult {
  if (TURN_URLS !== undefined && TURN_SECRET !== undefined) {
    return { ok: true, value: { ...rest, relay: { urls: TURN_URLS, secret: TURN_SECRET } } };
  }
  if (TURN_URLS === undefined && TURN_SECRET === undefined) {
    return { ok: true, value: { ...rest, relay: undefined } };
  }
  const [missing, set] =
    TURN_URLS === undefined ? ['TURN_URLS', 'TURN_SECRET'] : ['TURN_SECRET', 'TURN_URLS'];
  return { ok: false, sentence: `${missing} must be set where ${set} is.` };
}
