import type { Configuration } from './configuration.ts';

/** One plain sentence for the person who started the tracker. */
export function explainStartFailure(
  error: unknown,
  { HOST, PORT, METRICS_PORT }: Pick<Configuration, 'HOST' | 'PORT' | 'METRICS_PORT'>,
): string {
  const isMetrics = METRICS_PORT !== undefined && readField(error, 'port') === METRICS_PORT;
  const [port, name] = isMetrics ? [METRICS_PORT, 'METRICS_PORT'] : [PORT, 'PORT'];
  switch (readField(error, 'code')) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that one, or choose another with ${name}=8081.`;
    case 'EACCES':
      return `Port ${port} is not for this user to open. Choose one above 1023 with ${name}=8080.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${HOST} is not an address of this machine.`;
    default:
      return `The tracker could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readField(error: unknown, field: 'code' | 'port'): unknown {
  return error instanceof Error ? Reflect.get(error, field) : undefined;
}
