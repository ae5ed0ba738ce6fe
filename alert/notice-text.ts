import { beijingMinute, durationInWords, gradeLabel, type Person } from '#core';
import type { Alert } from './alert.ts';
import type { Countdown, Milestone } from './countdown.ts';
import { isOpen } from './countdown-state.ts';
import { signatureOf } from './joint-notice.ts';

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The nearest deadline in words; one of the text's lines. */
  readonly deadline?: string;
  readonly link: string;
}

/** What a message is about; every reminder reads differently, so that none is taken for an old one. */
export interface Message {
  readonly isDrill: boolean;
  readonly subject: string;
  /** One sentence: what is asked of the reader. */
  readonly ask: string;
  readonly lines: readonly string[];
  readonly link: string;
  readonly button: string;
  readonly shortCode: string;
  /** The line that a short message keeps. */
  readonly deadline?: string | undefined;
}

/** The message of a ladder step to one person. */
export function alertText(
  alert: Alert,
  to: { person: Person; number: number; shortCode: string; link: string },
  countdowns: readonly Countdown[],
  now: Date,
): NoticeText {
  const clock = beijingMinute(now).slice(11);
  const repeat = to.number > 1 ? `·第${to.number}次催办 ${clock}` : '';
  const limits = countdownLines(countdowns, now);
  const isToSign = signatureOf(alert, to.person.id) !== undefined;
  return render({
    isDrill: alert.isDrill,
    subject: `【${gradeLabel(alert.grade)}${alert.isGradeConfirmed ? '' : '·待确认'}${repeat}】${alert.title}`,
    ask: `${to.person.name}：${isToSign ? '请签收这条联合通知。' : '请确认这条预警由您处理。'}`,
    lines: [
      `为什么叫您：${alert.reason}`,
      ...limits,
      ...(alert.firstRecord
        ? [`首发：${alert.firstRecord.words} ${alert.firstRecord.url ?? ''}`]
        : []),
      `预警发出：${beijingMinute(alert.firedAt)}，已等待${durationInWords(now.getTime() - alert.firedAt.getTime())}`,
    ],
    link: to.link,
    button: isToSign ? '签收' : '确认，我来处理',
    shortCode: to.shortCode,
    deadline: limits[0],
  });
}

/** The reminder after an acknowledgement, while a step owed is open. */
export function reminderText(
  alert: Alert,
  to: { shortCode: string; link: string; returnAt: Date; owed: string },
  countdowns: readonly Countdown[],
  now: Date,
): NoticeText {
  const clock = beijingMinute(now).slice(11);
  const returnClock = beijingMinute(to.returnAt).slice(11);
  return render({
    isDrill: alert.isDrill,
    subject: `【${gradeLabel(alert.grade)}·提醒 ${clock}】${alert.title}`,
    ask: `您已确认，但还没有办：${to.owed}。${returnClock} 前没有回应，将继续叫下一人。`,
    lines: [`依据：${alert.reason}`, ...countdownLines(countdowns, now)],
    link: to.link,
    button: '我还在处理',
    shortCode: to.shortCode,
  });
}

/** The message of a countdown's milestones; several that passed together are named in one. */
export function milestoneText(
  countdown: Countdown,
  fired: readonly Milestone[],
  to: { shortCode: string; link: string },
  now: Date,
): NoticeText {
  const leftMs = countdown.statutoryDueAt.getTime() - now.getTime();
  const isOver = leftMs <= 0;
  const deadline = `到期：${beijingMinute(countdown.statutoryDueAt)}`;
  const passed = fired
    .filter(({ beforeMs }) => beforeMs === undefined || fired.length === 1)
    .map(({ ratio }) => `${Math.round(ratio * 100)}%`)
    .join('、');
  const state = isOver ? `已超时${durationInWords(leftMs)}` : `还剩${durationInWords(leftMs)}`;
  return render({
    isDrill: countdown.isDrill,
    subject: `【${countdown.name}·${state}】${countdown.eventTitle}`,
    ask: isOver
      ? `${countdown.name}到期未完成，请立即处理。${countdown.state === 'breached' ? '超时已记录，不能撤销。' : '系统时钟刚刚变动，是否超时正在核对。'}`
      : `${countdown.name}已用去${passed}的时间。`,
    lines: [
      `依据：${countdown.basis}`,
      `起算：${beijingMinute(countdown.start.at)}（${countdown.start.reason}）`,
      deadline,
      ...(countdown.isBornBreached ? ['启动时起算时间已过期限，因此一启动即为超时。'] : []),
    ],
    link: to.link,
    button: '查看并处理',
    shortCode: to.shortCode,
    deadline,
  });
}

/** The message of a source in trouble, to those who keep the sources. */
export function sourceText(
  alert: Alert,
  to: { readonly shortCode: string; readonly link: string },
): NoticeText {
  return render({
    isDrill: alert.isDrill,
    subject: `【信息源】${alert.title}`,
    ask: '这个信息源可能漏掉信息，请查看。',
    lines: [`情况：${alert.reason}`, `发现：${beijingMinute(alert.firedAt)}`],
    link: to.link,
    button: '确认，我来处理',
    shortCode: to.shortCode,
  });
}

/** The message of a trouble of the product itself, to those who run it. */
export function operatorText(
  alert: Alert,
  to: { readonly shortCode: string; readonly link: string },
): NoticeText {
  return render({
    isDrill: alert.isDrill,
    subject: `【系统】${alert.title}`,
    ask: '请查看本系统的运行情况。',
    lines: [`情况：${alert.reason}`, `发现：${beijingMinute(alert.firedAt)}`],
    link: to.link,
    button: '确认，我来处理',
    shortCode: to.shortCode,
  });
}

function countdownLines(countdowns: readonly Countdown[], now: Date): string[] {
  return countdowns
    .filter(isOpen)
    .toSorted((a, b) => a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime())
    .map(({ name, statutoryDueAt }) => {
      const leftMs = statutoryDueAt.getTime() - now.getTime();
      const left =
        leftMs > 0 ? `还剩${durationInWords(leftMs)}` : `已超时${durationInWords(leftMs)}`;
      return `${name}：${beijingMinute(statutoryDueAt)} 到期，${left}`;
    });
}

/** The message that every other message is made of. */
export function render(message: Message): NoticeText {
  const { isDrill, subject, ask, lines, link, button, shortCode, deadline } = message;
  const marked = isDrill ? `【演练】${subject}` : subject;
  const band = isDrill ? '这是一次演练，不是真实事件。' : '';
  const foot = `编号 ${shortCode}。编号相同的消息是同一条，可能因网络重发。`;
  const text = [band, ask, ...lines, `${button}：${link}`, foot].filter(Boolean).join('\n');
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(marked)}</title></head>
<body style="margin:0;padding:16px;font:17px/1.6 sans-serif;color:#1c2330;background:#fff">
${band ? `<p style="margin:0 0 12px;padding:8px 12px;background:#8f4a00;color:#fff">${band}</p>` : ''}
<h1 style="margin:0 0 8px;font-size:20px;line-height:1.4">${escapeHtml(subject)}</h1>
<p style="margin:0 0 12px">${escapeHtml(ask)}</p>
${lines.map((line) => `<p style="margin:0 0 8px;color:#3c4250">${escapeHtml(line)}</p>`).join('\n')}
<p style="margin:20px 0"><a href="${escapeHtml(link)}" style="display:inline-block;min-width:240px;padding:14px 24px;background:#0b57d0;color:#fff;text-align:center;text-decoration:none;border-radius:8px;font-weight:bold">${button}</a></p>
<p style="margin:0;font-size:13px;color:#5a6069">${escapeHtml(foot)}</p>
</body></html>`;
  return { subject: marked, text, html, link, ...(deadline && { deadline }) };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
