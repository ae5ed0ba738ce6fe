import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DEFAULT_SETTINGS, settingsPath } from '../../config/paths.ts';
import { parseYaml, readSettings, SettingsWrong } from '../../config/read-settings.ts';
import { readSecret } from '../../config/secrets.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { tempFile, tempFolder } from '../support/temp-folder.ts';

/** What is said of settings that cannot be used; the file is called s.yaml. */
function faultsOf(text: string): readonly string[] {
  return faultsFrom(() => parseYaml('s.yaml', text, SettingsSchema));
}

function faultsFrom(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsWrong) return error.faults;
    throw error;
  }
  return [];
}

test('a cluster is refused in words while half of an office could not be kept there', () => {
  const path = tempFile('settings.yaml', 'storage: { kind: cluster }');
  expect(faultsFrom(() => readSettings(path))).toEqual([
    expect.stringContaining(`${path}: storage.kind 还不能是 cluster`),
  ]);
});

describe('a wrong settings file', () => {
  test.for([
    {
      fault: 'a misspelt section',
      text: 'office: {}\nsorces: {}\n',
      says: ['s.yaml:2:1 sorces：没有这个设置，是不是想写 sources？'],
    },
    {
      fault: 'a misspelt key deep inside',
      text: 'channels:\n  email:\n    host: smtp.test\n    from: a@b.test\n    pasword: env:X\n',
      says: ['s.yaml:5:5 channels.email.pasword：没有这个设置，是不是想写 password？'],
    },
    {
      fault: 'a key that resembles none',
      text: 'channels:\n  carrierPigeon: {}\n',
      says: [
        's.yaml:2:3 channels.carrierPigeon：没有这个设置，这里可以写：email、wecom、dingtalk、feishu、govIm、sms、voice、webhook',
      ],
    },
    {
      fault: 'a number out of range',
      text: 'server:\n  host: 127.0.0.1\n  port: 99999\n',
      says: ['s.yaml:3:3 server.port：数值过大：期望 number <=65535'],
    },
    {
      fault: 'a text where a number belongs',
      text: 'server: { port: "8420" }\n',
      says: ['s.yaml:1:11 server.port：无效输入：期望 数字，实际接收 string'],
    },
    {
      fault: 'a key that is needed and missing, at the thing it is missing from',
      text: 'server: {}\nchannels:\n  email:\n    host: smtp.test\n',
      says: ['s.yaml:3:3 channels.email.from：无效输入：期望 string，实际接收 undefined'],
    },
    {
      fault: 'two faults at once',
      text: 'ofice: {}\nserver:\n  hots: a\n',
      says: [
        's.yaml:3:3 server.hots：没有这个设置，是不是想写 host？',
        's.yaml:1:1 ofice：没有这个设置，是不是想写 office？',
      ],
    },
    {
      fault: 'a list where the settings belong',
      text: '- office\n',
      says: ['s.yaml:1:1 ：无效输入：期望 object，实际接收 数组'],
    },
    {
      fault: 'a file saved by Windows, with a byte order mark',
      text: '\uFEFFserver: {}\r\nofice: {}\r\n',
      says: ['s.yaml:2:1 ofice：没有这个设置，是不是想写 office？'],
    },
  ])('names place and reason of $fault', ({ text, says }) => {
    expect(faultsOf(text)).toEqual(says);
  });

  test('names the line of the very item of a list', () => {
    const text = [
      'watches:',
      '  - id: water',
      '    name: 停水',
      '  - id: power',
      '    name: 停电',
      '    exlude: [演练]',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      's.yaml:6:5 watches.1.exlude：没有这个设置，是不是想写 exclude？',
    ]);
  });

  const reading = (reader: string): string =>
    `sources:\n  own:\n    - id: a\n      name: 本地网站\n      kind: portal\n      inputPath: rss\n      mediaTier: M3\n      url: https://news.test/\n      reader: ${reader}\n`;

  // Fixed: it offered none.
  test('offers the keys of the kind of reader that was chosen, not of another kind', () => {
    expect(faultsOf(reading('{ kind: listPage, itemSelector: li, linkSelectr: a }'))).toEqual([
      's.yaml:9:51 sources.own.0.reader.linkSelectr：没有这个设置，是不是想写 linkSelector？',
    ]);
    expect(faultsOf(reading('{ kind: feed, linkSelectr: a }'))).toEqual([
      's.yaml:9:29 sources.own.0.reader.linkSelectr：没有这个设置，这里可以写：kind',
    ]);
  });

  test.for([
    { fault: 'a bracket left open', text: 'server: {}\noffice: [\n', at: 's.yaml:3:1 ' },
    { fault: 'a key written twice', text: 'server: {}\nserver: {}\n', at: 's.yaml:2:1 ' },
    { fault: 'two documents', text: 'server: {}\n---\nserver: {}\n', at: 's.yaml:2:1 ' },
    { fault: 'a tab for indentation', text: 'server:\n\tport: 1\n', at: 's.yaml:2:1 ' },
  ])('that is no YAML ($fault) is named with the place', ({ text, at }) => {
    expect(faultsOf(text)[0]).toMatch(new RegExp(`^${at}不是正确的 YAML：.+`));
  });

  // Fixed: it ended in a stack trace.
  test('with a star in front of a text is told to quote it', () => {
    expect(faultsOf('fetching:\n  allowHosts:\n    - a.test\n    - *.local\n')).toEqual([
      's.yaml:4:7 没有名为 .local 的锚点；以 * 开头的文字须加引号',
    ]);
    expect(faultsOf('fetching: { allowHosts: ["*.local"] }')).toEqual([]);
  });

  // Fixed: it ended in a stack trace.
  test('that multiplies itself is refused, not worked out', () => {
    const tenfold = (name: string, of: string): string =>
      `${name}: &${name} [${Array.from({ length: 10 }, () => `*${of}`).join(', ')}]`;
    const text = ['a: &a [1]', tenfold('b', 'a'), tenfold('c', 'b'), tenfold('d', 'c')].join('\n');
    expect(faultsOf(text)).toEqual([expect.stringMatching(/^s\.yaml 不是正确的 YAML：.*alias/)]);
  });

  test('that is not there, or is a folder, is named', () => {
    const path = join(tempFolder(), 'none.yaml');
    expect(faultsFrom(() => readSettings(path))).toEqual([`${path}: 读不到这个文件`]);
    const folder = tempFolder();
    expect(faultsFrom(() => readSettings(folder))).toEqual([`${folder}: 读不到这个文件`]);
  });

  test('shows every fault on a line of its own, in one message', () => {
    const path = tempFile('settings.yaml', 'ofice: {}\nserver: { port: -1 }\n');
    expect(() => readSettings(path)).toThrow(
      expect.objectContaining({
        code: 'SETTINGS_WRONG',
        message: `设置有误：\n  ${path}:2:11 server.port：数值过小：期望 number >=0\n  ${path}:1:1 ofice：没有这个设置，是不是想写 office？`,
      }),
    );
  });
});

describe('the settings that ship', () => {
  const text = readFileSync(DEFAULT_SETTINGS, 'utf8');

  test('write out every default, as the schema has it; only the watches are examples', () => {
    const written = parse(text) as { watches: unknown[] };
    expect({ ...written, watches: [] }).toEqual(SettingsSchema.parse({}));
    expect(written.watches.length).toBeGreaterThan(0);
  });

  test('can be used as they stand', () => {
    const settings = readSettings(DEFAULT_SETTINGS);
    expect({ ...settings, watches: [] }).toEqual(SettingsSchema.parse({}));
    expect(settings.watches.map(({ id }) => id)).toEqual(['livelihood', 'safety', 'governance']);
  });

  test('have examples in their comments that can be used by taking the mark away', () => {
    const used = text
      .replace(/^( *)# (publicUrl:.*)$/m, '$1$2')
      .replace(/^( *)# (- .*)\n *(\w+): \[\]$/gm, '$1$3:\n$1  $2')
      .replace('channels: {}', 'channels:')
      .replaceAll(/^ {2}# ( *(?:email|host|port|security|user|password|from):.*)$/gm, '  $1');
    const { office, server, channels } = parseYaml('s.yaml', used, SettingsSchema);
    expect(office.regions).toEqual([{ code: '330106', name: '某某区', aliases: ['某区'] }]);
    expect(office.sensitivePeriods).toHaveLength(1);
    expect(server.publicUrl).toBe('https://huiying.example.gov.cn');
    expect(channels.email).toMatchObject({ password: 'env:HUIYING_SMTP_PASSWORD', port: 465 });
  });

  const keys = text
    .split('\n')
    .map((line, index) => ({ line: index + 1, found: /^( *(?:- )?)(\w{4,}):/.exec(line) }))
    .flatMap(({ line, found }) =>
      found ? [{ line, column: found[1]!.length + 1, key: found[2]! }] : [],
    );
  test('offer the right word for any key with a letter doubled', () => {
    expect(keys.length).toBeGreaterThan(35);
    for (const { line, column, key } of keys) {
      const typo = `${key.slice(0, 2)}${key.slice(1)}`;
      const lines = text.split('\n');
      lines[line - 1] = lines[line - 1]!.replace(`${key}:`, `${typo}:`);
      expect(faultsOf(lines.join('\n'))).toContainEqual(
        expect.stringMatching(
          new RegExp(`^s\\.yaml:${line}:${column} \\S*${typo}：没有这个设置，是不是想写 ${key}？$`),
        ),
      );
    }
  });

  test('say of themselves that an empty file means all defaults', () => {
    expect(parseYaml('s.yaml', '', SettingsSchema)).toEqual(SettingsSchema.parse({}));
  });
});

describe('the settings file', () => {
  test('is the one given, else the one of the environment', () => {
    const environment = { HUIYING_SETTINGS: '/etc/huiying/settings.yaml' };
    expect(settingsPath('my.yaml', environment)).toBe('my.yaml');
    expect(settingsPath(undefined, environment)).toBe('/etc/huiying/settings.yaml');
  });
});

describe('a secret', () => {
  const withPassword = (password: string): string =>
    `channels:\n  email:\n    host: smtp.test\n    from: a@b.test\n    password: ${password}\n`;

  test('is read from the environment or from a file, without the line end of the file', () => {
    const path = tempFile('smtp-password', 'kui-hua\n');
    expect(readSecret('env:SMTP_PASSWORD', { SMTP_PASSWORD: 'kui-hua' })).toBe('kui-hua');
    expect(readSecret(`file:${path}`, {})).toBe('kui-hua');
  });

  test.for([
    { what: 'a variable that is not set', reference: 'env:SMTP_PASSWORD', environment: {} },
    { what: 'an empty one', reference: 'env:SMTP_PASSWORD', environment: { SMTP_PASSWORD: '' } },
    { what: 'a file that is not there', reference: 'file:/no/such/file', environment: {} },
  ])('behind $what is named by its reference', ({ reference, environment }) => {
    expect(faultsFrom(() => readSecret(reference, environment))).toEqual([
      `${reference} 是空的或不存在`,
    ]);
  });

  test('in an empty file is named by its reference', () => {
    const path = tempFile('smtp-password', '\n');
    expect(faultsFrom(() => readSecret(`file:${path}`, {}))).toEqual([
      `file:${path} 是空的或不存在`,
    ]);
  });

  test('by itself in the settings is refused, and not repeated', () => {
    expect(faultsOf(withPassword('kui-hua-xiang-ri-7'))).toEqual([
      's.yaml:5:5 channels.email.password：密码和密钥须写成 env:变量名 或 file:文件路径',
    ]);
    expect(faultsOf(withPassword('env:SMTP_PASSWORD'))).toEqual([]);
  });
});
