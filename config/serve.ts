import { pino } from 'pino';
import { AppError, messageOf } from '#core';
import { compose, type Product } from './compose.ts';
import { EXIT } from './exit-codes.ts';
import { settingsPath } from './paths.ts';
import { readSettings, SettingsWrong } from './read-settings.ts';
import { firstSignal, say } from './terminal.ts';

/**
 * Runs the product until a signal ends it.
 *
 * @returns the exit code; see exit-codes.ts
 */
export async function serve(options: { readonly settings?: string }): Promise<number> {
  return await runToEnd(async () => {
    const path = settingsPath(options.settings, process.env);
    const settings = readSettings(path);
    const log = pino({ level: process.env['HUIYING_LOG_LEVEL'] ?? 'info' });
    const realNow = (): Date => new Date();
    const product = await compose(settings, { now: realNow, realNow, log });
    say(`回应已启动：${product.url}`);
    say(`设置：${path}；数据：${settings.storage.folder}；分词：${product.segmenterName}`);
    if (product.firstAdministrator) {
      const { signInName, oneTimePassword } = product.firstAdministrator;
      say(
        `第一位管理员：${signInName}，一次性密码：${oneTimePassword}（只显示这一次，首次登录须修改）`,
      );
    }
    const warnings = await product.warnings();
    if (warnings.length > 0) {
      say(`注意：${warnings.join('；')}。`);
      say('在“人员与值班”页设定人员和值班，在设置的 channels 里配置通道；体检：npx huiying doctor');
    }
    return product;
  });
}

/** Starts a product, waits for a signal, drains it. */
export async function runToEnd(start: () => Promise<Product>): Promise<number> {
  // Listened for from the first: one that comes while things are being opened must still see them closed.
  const signalled = firstSignal();
  let product: Product;
  try {
    product = await start();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(messageOf(error));
    return error instanceof SettingsWrong ? EXIT.settings : EXIT.failed;
  }
  const signal = await signalled;
  say('正在停止：做完手上的事……');
  await product.close();
  say('已停止。');
  return signal === 'SIGINT' ? 130 : EXIT.ok;
}
