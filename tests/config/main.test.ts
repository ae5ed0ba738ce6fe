import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../config/exit-codes.ts';
import {
  addressOf,
  anOfficeFolder,
  runProduct,
  stop,
  type ProductProcess,
} from '../support/product-process.ts';

const ONE_TIME_PASSWORD = /一次性密码：(\S+)（只显示这一次/;

interface Readiness {
  readonly isReady: boolean;
  readonly failing: readonly string[];
  readonly parts: readonly { readonly name: string; readonly detail: string }[];
}

describe('the product', () => {
  test('shows a password at its first start, once, and ends at once when asked to', async () => {
    const folder = anOfficeFolder();
    const first = runProduct(folder, []);
    await addressOf(first);
    const [, password] = await first.says(ONE_TIME_PASSWORD);
    expect(await stop(first)).toBe(EXIT.ok);
    expect(first.stderr()).toContain('已停止。');
    expect(first.stderr().split(password!)).toHaveLength(2);
    expect(first.stdout()).not.toContain(password);

    const second = runProduct(folder, []);
    await addressOf(second);
    expect(await stop(second)).toBe(EXIT.ok);
    expect(second.stderr()).not.toContain('密码');
  });

  test('answers those who watch it: alive, not ready while nobody can be called, its figures', async () => {
    const product = runProduct(anOfficeFolder(), []);
    const url = await addressOf(product);

    const live = await fetch(`${url}/livez`);
    expect([live.status, await live.json()]).toEqual([200, { isLive: true }]);

    const ready = await fetch(`${url}/readyz`);
    const readiness = (await ready.json()) as Readiness;
    expect([ready.status, readiness.isReady, readiness.failing]).toEqual([503, false, ['值班']]);
    expect(readiness.parts.find(({ name }) => name === '值班')?.detail).toContain('值班员未排班');

    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await metrics.text()).split('\n').filter((line) => line !== '');
    expect(lines).toContain('huiying_outbox_oldest_seconds 0');
    expect(
      lines.filter((line) => !/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? [-+.\w]+)$/.test(line)),
    ).toEqual([]);

    const described = await fetch(`${url}/api/openapi.json`);
    expect(await described.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
  });

  test('is ready once somebody who was added on the command line can be called, and signs in', async () => {
    const folder = anOfficeFolder({
      channels: { email: { host: '127.0.0.1', from: 'a@office.test' } },
    });
    const product = runProduct(folder, []);
    const url = await addressOf(product);
    const person = ['--name', '张三', '--email', 'zhang@office.test', '--duty', 'first'];
    const roles = ['--role', 'dutyOfficer', 'opinionLead'];
    const adding = runProduct(folder, ['user', 'add', 'zhang', ...person, ...roles]);
    expect(await adding.ended()).toBe(EXIT.ok);
    expect(adding.stderr()).toContain('已添加 张三（zhang）');

    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, ((await ready.json()) as Readiness).failing]).toEqual([200, []]);

    // The password stands alone on stdout, for a script to take.
    const password = adding.stdout().trimEnd();
    expect(password).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
    const signedIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ signInName: 'zhang', password }),
    });
    expect([signedIn.status, await signedIn.json()]).toEqual([
      200,
      expect.objectContaining({ mustChangePassword: true }),
    ]);
  });

  test('refuses a folder that another process of it has, in a sentence', async () => {
    const folder = anOfficeFolder();
    const first = runProduct(folder, []);
    const url = await addressOf(first);
    const second = runProduct(folder, []);
    expect(await second.ended()).toBe(EXIT.failed);
    expect(second.stderr()).toBe(
      '数据目录 ./data 正被另一个回应进程使用；同一目录只能有一个进程\n',
    );
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  test('says in a sentence that its address is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const product = runProduct(anOfficeFolder({ server: { port } }), []);
    expect(await product.ended()).toBe(EXIT.failed);
    expect(product.stderr()).toMatch(new RegExp(`^地址 127\\.0\\.0\\.1:${port} 已被占用.*\\n$`));
  });

  // Fixed: it ended in a stack trace.
  test('says in a sentence that its folder cannot be used', async () => {
    const product = runProduct(anOfficeFolder({ storage: { folder: './settings.yaml/data' } }), []);
    expect(await product.ended()).toBe(EXIT.failed);
    expect(product.stderr()).toMatch(/^数据目录 \.\/settings\.yaml\/data 不能用：.+\n$/);
  });

  test('does not start without a secret that its settings point to', async () => {
    const password = 'env:HUIYING_TEST_PASSWORD';
    const email = { host: '127.0.0.1', from: 'a@office.test', password };
    const product = runProduct(anOfficeFolder({ channels: { email } }), []);
    expect(await product.ended()).toBe(EXIT.settings);
    expect(product.stderr()).toBe(`设置有误：\n  ${password} 是空的或不存在\n`);
  });

  // Fixed: npm and the launcher pass on a Ctrl-C that the terminal sent to all; the echo killed the product.
  test('finishes its work though the signal to end comes twice', async () => {
    const askTwice = async (signal: 'SIGTERM' | 'SIGINT'): Promise<ProductProcess> => {
      const product = runProduct(anOfficeFolder(), []);
      await addressOf(product);
      product.signal(signal);
      await product.says(/正在停止/);
      product.signal(signal);
      await product.ended();
      return product;
    };
    const [asked, interrupted] = await Promise.all([askTwice('SIGTERM'), askTwice('SIGINT')]);
    expect([await asked.ended(), await interrupted.ended()]).toEqual([EXIT.ok, 130]);
    for (const product of [asked, interrupted]) expect(product.stderr()).toMatch(/已停止。\n$/);
  });
});

describe('the command line', () => {
  test.for([
    {
      what: 'config check passes settings that are good',
      args: ['config', 'check'],
      code: EXIT.ok,
      out: /^settings\.yaml：没有问题\n$/,
      err: /^$/,
    },
    {
      what: 'config check names the place in settings that are wrong',
      args: ['config', 'check', '--settings', 'wrong.yaml'],
      code: EXIT.settings,
      out: /^$/,
      err: /^设置有误：\n {2}wrong\.yaml:2:1 sorces：没有这个设置，是不是想写 sources？\n$/,
    },
    {
      what: 'config print shows what holds, and of a secret only where it is',
      args: ['config', 'print', '--settings', 'mail.yaml'],
      code: EXIT.ok,
      out: /host: smtp\.test\n[^]*password: env:HUIYING_TEST_PASSWORD\n/,
      err: /^$/,
    },
    {
      what: 'an unknown command is refused',
      args: ['nosuch'],
      code: EXIT.usage,
      out: /^$/,
      err: /^error: .+/,
    },
    {
      what: 'doctor fails on wrong settings and says what mends it',
      args: ['doctor', '--settings', 'wrong.yaml'],
      code: EXIT.failed,
      out: /^✗ 设置：[^]*→ 改正 wrong\.yaml\n$/,
      err: /^$/,
    },
    {
      what: 'user add names a role that does not exist',
      args: ['user', 'add', 'li', '--name', '李四', '--role', 'boss'],
      code: EXIT.failed,
      out: /^$/,
      err: /^填写有误：roles：没有“boss”这个角色\n$/,
    },
    {
      what: 'user add knows two seats of duty and no third',
      args: ['user', 'add', 'li', '--name', '李四', '--role', 'dutyOfficer', '--duty', 'third'],
      code: EXIT.usage,
      out: /^$/,
      err: /^error: .*third.*first, second/,
    },
  ])('$what', async ({ args, code, out, err }) => {
    const folder = anOfficeFolder();
    writeFileSync(join(folder, 'wrong.yaml'), 'office: {}\nsorces: {}\n');
    writeFileSync(
      join(folder, 'mail.yaml'),
      stringify({
        channels: {
          email: { host: 'smtp.test', from: 'a@b.test', password: 'env:HUIYING_TEST_PASSWORD' },
        },
      }),
    );
    const environment = { HUIYING_TEST_PASSWORD: 'kui-hua-xiang-ri-7' };
    const run = runProduct(folder, args, { environment });
    expect(await run.ended()).toBe(code);
    expect(run.stdout()).toMatch(out);
    expect(run.stderr()).toMatch(err);
    expect(run.stdout()).not.toContain('kui-hua');
  });
});
