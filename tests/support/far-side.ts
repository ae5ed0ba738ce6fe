import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A real HTTP server on this machine that stands for a robot, a gateway or a program of the office. */
export interface FarSide {
  readonly origin: string;
  readonly received: Received[];
  /** What it does with the next request and all after it. */
  answer(how: Answering): void;
  close(): Promise<void>;
}

export type Answering = (request: Received, response: ServerResponse) => void;

export const json =
  (body: unknown, status = 200): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

/** Takes the request and closes the connection without a word. */
export const hangUp: Answering = (_request, response) => void response.socket?.destroy();
export const staySilent: Answering = () => undefined;

export async function startFarSide(first: Answering): Promise<FarSide> {
  let answering = first;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://far.test');
      const one = { url, headers: request.headers, body: Buffer.concat(parts).toString() };
      received.push(one);
      answering(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    answer: (how) => (answering = how),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
