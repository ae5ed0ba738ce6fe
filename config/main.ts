import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AppError, beijingDay } from '#core';
import type { addUser } from './add-user.ts';
import type { DrillOptions } from './drill.ts';
import { EXIT } from './exit-codes.ts';
import { settingsPath } from './paths.ts';
import { SettingsWrong } from './read-yaml.ts';
import { say } from './terminal.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const done = (code: number): void => void (process.exitCode = code);

function toNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('须是数字。');
  return value;
}

// Start reading here: without a command it serves (serve.ts, then compose.ts). Each command loads its own part: the
// watchdog, which stands beside the product all year, must not carry all of it in memory.
const program = new Command('huiying')
  .description('回应：政务舆情监测、预警与按时回应')
  .helpOption('-h, --help', '显示帮助')
  .helpCommand('help [命令]', '显示某个命令的帮助')
  .option('--settings <文件>', '设置文件；默认 ./settings.yaml，没有则用自带的')
  .exitOverride()
  .showSuggestionAfterError();
const chosen = (): string =>
  settingsPath(program.opts<{ settings?: string }>().settings, process.env);
const chosenSettings = async () => {
  const { readSettings } = await import('./read-settings.ts');
  return readSettings(chosen());
};

program
  .command('serve', { isDefault: true })
  .description('启动（默认命令）')
  .action(async () => {
    const { serve } = await import('./serve.ts');
    done(await serve({ settings: chosen() }));
  });

type DrillFlags = Omit<DrillOptions, 'isFresh' | 'isActing'> & {
  readonly fresh: boolean;
  readonly byHand: boolean;
};

program
  .command('drill')
  .description('演练：样例城市按剧本逐分钟展开，数据在 ./data-drill，任何消息都不会发到真实通道')
  .option('--speed <倍数>', '演练时间的快慢', toNumber, 20)
  .option('--scenario <名称>', '剧本', 'linjiang')
  .option('--folder <目录>', '演练数据目录', './data-drill')
  .option('--port <端口>', '网页端口', toNumber, 8421)
  .option('--fresh', '从头开始，丢弃上一次演练的数据', false)
  .option('--by-hand', '剧本里的人员不自动办理，全部由人扮演（页面上随时可以改）', false)
  .action(async ({ fresh, byHand, ...options }: DrillFlags) => {
    const { drill } = await import('./drill.ts');
    done(await drill({ ...options, isFresh: fresh, isActing: !byHand }));
  });

program
  .command('user')
  .description('人员')
  .command('add <登录名>')
  .description('新建人员，一次性密码只显示这一次；运行中也可以用')
  .requiredOption('--name <姓名>', '姓名')
  // Commander takes several words only for a name that ends in a Latin letter.
  .requiredOption('--role <role...>', '角色代码，可多个，如 dutyOfficer opinionLead')
  .option('--email <邮箱>', '接收通知的邮箱')
  .option('--unit <单位>', '单位或处室', '')
  .addOption(new Option('--duty <位次>', '同时设为第一或第二值班员').choices(['first', 'second']))
  .action(async (signInName: string, options: Parameters<typeof addUser>[1]) => {
    const { addUser } = await import('./add-user.ts');
    const added = await addUser(await chosenSettings(), { ...options, signInName });
    print(added.oneTimePassword);
    say(`已添加 ${added.person.name}（${signInName}）。上面一行是一次性密码，首次登录须修改。`);
  });

const source = program.command('source').description('信息源');
for (const [name, words, run] of [
  [
    'discover <地址或文件>',
    '看一个地址能怎样读：订阅源、列表的选择器，可抄进设置',
    'discoverSource',
  ],
  ['test <编号、地址或文件>', '试读：会取到什么，不写入', 'testSource'],
] as const) {
  source
    .command(name)
    .description(words)
    .option('--json', '以 JSON 打印', false)
    .action(async (what: string, { json: isJson }: { json: boolean }) => {
      const { [run]: tryIt } = await import('./try-source.ts');
      done(await tryIt(await chosenSettings(), { what, isJson }, { print, say }));
    });
}

program
  .command('import <文件>')
  .description('导入 CSV、XLSX、JSONL（热线导出、留言板、供应商文件）；运行中请在“信息源”页导入')
  .requiredOption('--source <编号>', '设置里 reader.kind 为 table 的信息源')
  .option('--dry-run', '只看会取到什么，不写入', false)
  .option('--json', '以 JSON 打印', false)
  .action(async (file: string, options: { source: string; dryRun: boolean; json: boolean }) => {
    const { source, dryRun: isDryRun, json: isJson } = options;
    const { importFile } = await import('./import-file.ts');
    done(await importFile(await chosenSettings(), { file, source, isDryRun, isJson }, print));
  });

program
  .command('watch')
  .description('监测方案')
  .command('test [文件]')
  .description(
    '用最近几天的库存信息试一个改动过的方案：会多符合多少、多发多少预警、夜间多少；不写入',
  )
  .option('--watch <编号>', '不给文件时：设置里的这个方案，与没有它相比')
  .option('--days <天数>', '最近几天', toNumber, 7)
  .option('--json', '以 JSON 打印', false)
  .action(
    async (
      file: string | undefined,
      { watch: id, days, json: isJson }: { watch?: string; days: number; json: boolean },
    ) => {
      const { testWatch } = await import('./test-watch.ts');
      done(await testWatch(await chosenSettings(), { file, id, days, isJson }, { print, say }));
    },
  );

program
  .command('replay')
  .description('把一段时间的原始数据按现在的读法重读，与库中对照；服务停止时用')
  .requiredOption('--from <时间>', '起，如 2026-03-02')
  .requiredOption('--to <时间>', '止（不含）')
  .option('--write', '把库中没有的补进来', false)
  .option('--json', '以 JSON 打印', false)
  .action(async (options: { from: string; to: string; write: boolean; json: boolean }) => {
    const { from, to, write: writes, json: isJson } = options;
    const { replay } = await import('./replay.ts');
    done(await replay(await chosenSettings(), { from, to, writes, isJson }, print));
  });

program
  .command('analyze <文件>')
  .description(
    '把本单位的一份档案（JSONL、CSV、XLSX）按时间从头分析一遍：命中、同文、成事、事实、建议等级、异动；不碰库',
  )
  .option('--column <column...>', '哪一列是什么，写成 名称=表头，如 text=诉求内容；常见表头不用写')
  .option('--all', '不论是否命中监测方案都分析', false)
  .option('--json', '每条一行 JSON，最后一行是事件与异动', false)
  .option('--progress', '在标准错误上报进度', false)
  .action(
    async (
      file: string,
      options: { column?: string[]; all: boolean; json: boolean; progress: boolean },
    ) => {
      const { column: columns = [], all: takesAll, json: isJson, progress } = options;
      const order = { file, columns, takesAll, isJson, showsProgress: progress };
      const { analyze } = await import('./analyze.ts');
      done(await analyze(await chosenSettings(), order, { print, say }));
    },
  );

program
  .command('regrade')
  .description(
    '把一段时间的事件按规则逐条重算，与当时的建议对照；可换一份定级规则看会差在哪里；不写入',
  )
  .requiredOption('--from <时间>', '起，如 2026-03-02')
  .requiredOption('--to <时间>', '止（不含）')
  .option('--grading <文件>', '试用的定级规则包；默认用设置里的')
  .option('--json', '以 JSON 打印', false)
  .action(async (options: { from: string; to: string; grading?: string; json: boolean }) => {
    const { json: isJson, ...order } = options;
    const { regrade } = await import('./regrade.ts');
    done(await regrade(await chosenSettings(), { ...order, isJson }, print));
  });

const model = program
  .command('model')
  .description('研判模型：从更正中学，版本都留着；服务停止时用');
model
  .command('list')
  .description('各版本、谁训练、交叉验证得分；* 为在用')
  .action(async () => {
    const { listModels } = await import('./model-commands.ts');
    done(await listModels(await chosenSettings(), print));
  });
model
  .command('train <项>')
  .description('按更正重新训练 topic、sentiment 或 contentClass，得到新版本，不自动启用')
  .action(async (kind: string) => {
    const { trainModel } = await import('./model-commands.ts');
    done(await trainModel(await chosenSettings(), kind, print));
  });
model
  .command('use <版本>')
  .description('启用一个版本，如 topic@2；也可以退回旧版本')
  .action(async (version: string) => {
    const { putModelInForce } = await import('./model-commands.ts');
    done(await putModelInForce(await chosenSettings(), version, print));
  });

const register = program
  .command('register')
  .description('发布登记簿和其他只增不改的记录；运行中也可以用');
register
  .command('verify')
  .description('校验：有没有被改动、抽去、调换；指出是哪一条')
  .option('--expect <摘要>', '另行保存的一条摘要；不在其中即末尾被截去')
  .option('--json', '以 JSON 打印', false)
  .action(async ({ expect, json }: { expect?: string; json: boolean }) => {
    const { verifyRegister } = await import('./register-commands.ts');
    done(verifyRegister(await chosenSettings(), { expect, isJson: json }, print));
  });
register
  .command('export')
  .description('导出为 CSV（Excel 可读）或 JSONL')
  .requiredOption('--out <文件>', '.csv 或 .jsonl')
  .action(async (options: { out: string }) => {
    const { exportRegister } = await import('./register-commands.ts');
    done(exportRegister(await chosenSettings(), options, print));
  });

const report = program.command('report').description('报告：从库中记录出报，服务停止时用');
report
  .command('make <种类>')
  .description(
    '出 morning 早报、daily 日报、weekly 周报、monthly 月报、flash 快报（首报）或 special 专报：PDF、Word、HTML、文本和报告模型；不编号',
  )
  .option('--date <日期>', '哪一天，周报取那一周，月报取上一个月，如 2026-03-02；默认今天')
  .option('--event <编号>', '快报、专报写哪个事件')
  .option('--out <目录>', '写到哪里', './reports')
  .option('--fonts <目录>', '本单位的字体：仿宋、小标宋、楷体、黑体、宋体')
  .option('--drill', '库里是演练数据', false)
  .action(
    async (
      kind: string,
      options: { date?: string; event?: string; out: string; fonts?: string; drill: boolean },
    ) => {
      const {
        date: day = beijingDay(new Date()),
        event: eventId,
        drill: isDrill,
        ...rest
      } = options;
      const order = { kind, day, eventId, isDrill, ...rest };
      const { makeReport } = await import('./report-commands.ts');
      done(await makeReport(await chosenSettings(), order, { print, say }));
    },
  );
report
  .command('measures')
  .description('指标：一个月的各项，由库中记录算出')
  .option('--month <月份>', '如 2026-11；默认本月')
  .option('--out <目录>', '连同名单写成 CSV')
  .option('--drill', '库里是演练数据', false)
  .action(async (options: { month?: string; out?: string; drill: boolean }) => {
    const { month = beijingDay(new Date()).slice(0, 7), out, drill: isDrill } = options;
    const { printMeasures } = await import('./measure-commands.ts');
    done(await printMeasures(await chosenSettings(), { month, out, isDrill }, print));
  });
report
  .command('verify <模型>')
  .description('核对：四种文件与模型是否一致，引用的记录是否都在；模型是 report make 写的 .json')
  .option('--fonts <目录>', '出报时用的字体目录')
  .action(async (path: string, { fonts }: { fonts?: string }) => {
    const { verifyReport } = await import('./report-commands.ts');
    done(await verifyReport(await chosenSettings(), { path, fonts }, { print, say }));
  });

const config = program.command('config').description('设置');
config
  .command('check')
  .description('检查设置文件；有误时逐条指出位置和原因')
  .action(async () => {
    await chosenSettings();
    print(`${chosen()}：没有问题`);
  });
config
  .command('print')
  .description('打印生效的设置（含默认值）；密码只显示出处')
  .option('--json', '以 JSON 打印', false)
  .action(async ({ json }: { json: boolean }) => {
    const { stringify } = await import('yaml');
    const settings = await chosenSettings();
    print(json ? JSON.stringify(settings, null, 2) : stringify(settings));
  });
config
  .command('schema')
  .description('打印设置的 JSON Schema，供编辑器补全')
  .action(async () => {
    const { z } = await import('zod');
    const { SettingsSchema } = await import('./settings.ts');
    print(JSON.stringify(z.toJSONSchema(SettingsSchema, { io: 'input' }), null, 2));
  });

program
  .command('doctor')
  .description('体检：设置、数据目录、分词、页面、通道、能否叫到人')
  .option('--json', '以 JSON 打印', false)
  .action(async ({ json }: { json: boolean }) => {
    const { doctor } = await import('./doctor.ts');
    done(await doctor(chosen(), json, print));
  });

program
  .command('watchdog')
  .description('看门狗：在回应之外看它是否还活着，用自己的邮件或短信告诉人；设置是 watchdog.yaml')
  .option('--once', '只看一次，供 cron 或 systemd 定时器用', false)
  .option('--test', '每条路给每个人发一条测试，不看', false)
  .action(async (options: { once: boolean; test: boolean }) => {
    const { watchdog } = await import('./watchdog/watchdog.ts');
    done(await watchdog({ ...options, settings: program.opts<{ settings?: string }>().settings }));
  });

/** With the field that was refused, where it is one. */
async function inWords(error: AppError): Promise<string> {
  const { FieldRefused } = await import('#server');
  if (!(error instanceof FieldRefused)) return error.message;
  return `${error.message}：${error.fields.map(({ path, reason }) => `${path}：${reason}`).join('；')}`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    done(error.exitCode === 0 ? EXIT.ok : EXIT.usage);
  } else if (error instanceof AppError) {
    say(error instanceof SettingsWrong ? error.message : await inWords(error));
    done(error instanceof SettingsWrong ? EXIT.settings : EXIT.failed);
  } else {
    throw error;
  }
}
