import { createServer } from 'node:net';
import smtpServer from 'smtp-server';

/**
 * A mail server in a process of its own, as far from the product as a real one. Its behaviour is the first argument;
 * it says its port first and then the Message-ID of each mail that it took whole.
 *
 * greylist: 451 to each receiver once · refuse: 550 to every receiver · full: 452 after the body · dies: takes the body
 * and is gone before it answers · swallows: takes the body and never answers · silent: takes the connection and never says a word · takes: says yes
 */
const [behaviour = 'takes', port = '0'] = process.argv.slice(2);
const say = (line: string | number): void => void process.stdout.write(`${line}\n`);
const refusal = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode });

if (behaviour === 'silent') {
  const server = createServer(() => undefined);
  server.listen(Number(port), '127.0.0.1', () => {
    const address = server.address();
    say(typeof address === 'object' && address ? address.port : '');
  });
} else {
  const seen = new Set<string>();
  const server = new smtpServer.SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (behaviour === 'refuse') return done(refusal(550));
      if (behaviour !== 'greylist' || seen.has(address)) return done();
      seen.add(address);
      done(refusal(451));
    },
    onData(stream, _session, done) {
      const chunks: Uint8Array[] = [];
      stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      stream.on('end', () => {
        if (behaviour === 'full') return done(refusal(452));
        if (behaviour === 'swallows') return;
        const id = /^message-id:\s*<([^@]+)@/im.exec(Buffer.concat(chunks).toString())?.[1];
        process.stdout.write(`${id ?? ''}\n`, () => {
          if (behaviour === 'dies') process.kill(process.pid, 'SIGKILL');
          done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(Number(port), '127.0.0.1', () => {
    const address = server.server.address();
    say(typeof address === 'object' && address ? address.port : '');
  });
}
