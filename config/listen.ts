import { AppError } from '#core';
import type { Settings } from './settings.ts';

/** The address to listen on is taken, or not one of this machine's. */
export class AddressUnusable extends AppError {
  readonly code = 'ADDRESS_UNUSABLE';
  override readonly kind = 'unavailable';

  constructor({ host, port }: Settings['server'], cause: unknown) {
    const { code } = cause as { code?: string };
    const why =
      code === 'EADDRINUSE'
        ? '已被占用（也许回应已经在运行）'
        : code === 'EACCES'
          ? '没有权限（1024 以下的端口一般须 root）'
          : `无法监听（${code ?? '原因不明'}）`;
    super(`地址 ${host}:${port} ${why}；换一个：设置里的 server.host、server.port，演练用 --port`, {
      cause,
    });
  }
}

/** @throws {AddressUnusable} */
export async function listen(
  server: { listen(at: { host: string; port: number }): Promise<unknown> },
  at: Settings['server'],
): Promise<void> {
  try {
    await server.listen({ host: at.host, port: at.port });
  } catch (error) {
    if ((error as { syscall?: string }).syscall !== undefined) throw new AddressUnusable(at, error);
    throw error;
  }
}
