/** One plain sentence for the person who started the tracker. */
export function explainStartFailure(
  error: unknown,
  { HOST, PORT }: { readonly HOST: string; readonly PORT: number },
): string {
  switch (readCode(error)) {
    case 'EADDRINUSE':
      return `Port ${PORT} is in use by another program. Stop that one, or choose another with PORT=8081.`;
    case 'EACCES':
      return `Port ${PORT} is not for this user to open. Choose one above 1023 with PORT=8080.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${HOST} is not an address of this machine.`;
    default:
      return `The tracker could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
