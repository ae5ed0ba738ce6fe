import smtpServer from 'smtp-server';

/** A mail server on loopback that says yes to everything and remembers what came when. */
export async function startMailServer() {
  /** Every Message-ID that came, also when it came again. */
  const received: string[] = [];
  /** When it first came, ms since the epoch. */
  const acceptedAt = new Map<string, number>();
  const server = new smtpServer.SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 200,
    onData(stream, _session, done) {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^message-id:\s*<(\w+)@/im.exec(Buffer.concat(chunks).toString())?.[1];
        if (id) {
          received.push(id);
          if (!acceptedAt.has(id)) acceptedAt.set(id, Date.now());
        }
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    acceptedAt,
    close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
