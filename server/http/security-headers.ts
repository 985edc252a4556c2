import type { IncomingMessage, ServerResponse } from 'node:http';

import helmet from 'helmet';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * The page may load its own files and talk to its own tracker, and nothing else.
 * Neither HSTS nor upgrade-insecure-requests: both would break a tracker on plain HTTP, as on localhost. The proxy
 * that adds TLS adds HSTS.
 */
export function createSecurityHeaders(): Middleware {
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        connectSrc: [computeConnectSource],
        // Streamed downloads start in a frame of our own origin.
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        // The page's only policy: web/platform/trusted-script-url.ts.
        trustedTypes: ['peerify'],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader(
      'Permissions-Policy',
      'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
    );
    setHeaders(request, response, next);
  };
}

/**
 * Not every browser takes 'self' to cover websockets, so their address is spelt out. A Host header is anybody's text:
 * one that could end a directive is not repeated.
 */
function computeConnectSource(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  const isHost = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/iu.test(host);
  return isHost ? `'self' ws://${host} wss://${host}` : "'self'";
}
