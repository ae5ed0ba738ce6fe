import { z } from 'zod';

type Issue = Parameters<NonNullable<ReturnType<typeof z.config>['customError']>>[0];

/** What a schema refused, in the words of people who fill in forms; undefined leaves it to the library's own. */
function inPlainWords(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return '必须填写';
  if (!('origin' in issue) || issue.origin !== 'string') return undefined;
  if (issue.code === 'too_small') {
    return Number(issue.minimum) <= 1 ? '必须填写' : `至少 ${issue.minimum} 个字`;
  }
  return issue.code === 'too_big' ? `最多 ${issue.maximum} 个字` : undefined;
}

/** Whoever reads a refusal reads Chinese; this sets the words of every schema in the process. */
export function speakChinese(): void {
  z.config({ ...z.locales.zhCN(), customError: inPlainWords });
}
