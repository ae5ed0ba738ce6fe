import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type FailureKind } from '#core';
import type { Problem } from '#contract';
import { FieldRefused } from './errors.ts';

const STATUS: Readonly<Record<FailureKind, number>> = {
  invalid: 400,
  signedOut: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  failed: 500,
  unavailable: 503,
};

const FOR_PEOPLE: Partial<Record<FailureKind, string>> = {
  failed: '处理失败，请把编号告诉管理员',
  unavailable: '暂时无法使用，请稍后再试',
};

/** Failures of HTTP itself, met before any code of ours runs. */
const HTTP_FAILURES: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['BAD_REQUEST', '请求的格式不对'],
  403: ['FORBIDDEN', '这个地址不能访问'],
  404: ['NOT_FOUND', '没有这个地址'],
  405: ['METHOD_NOT_ALLOWED', '这个地址不接受这种请求'],
  413: ['TOO_LARGE', '提交的内容过大'],
  414: ['TOO_LONG', '地址过长'],
  415: ['MEDIA_TYPE', '提交的内容须为 JSON'],
  429: ['TOO_MANY_REQUESTS', '请求过于频繁，请稍后再试'],
};

/** RFC 9457 problem details of whatever was thrown. What we did not foresee tells nothing of the inside. */
export function toProblem(thrown: unknown, trace: string): Problem {
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const fields = thrown.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      reason: message ?? '不符合要求',
    }));
    return { ...problem(400, 'INVALID', '填写有误', trace), fields };
  }
  if (thrown instanceof AppError) {
    const status = STATUS[thrown.kind];
    // A failure of the machine is worded for the log; the person gets what can be done.
    const title = FOR_PEOPLE[thrown.kind] ?? thrown.message;
    const found = problem(status, thrown.code, title, trace);
    return thrown instanceof FieldRefused ? { ...found, fields: [...thrown.fields] } : found;
  }
  const status = statusOf(thrown);
  const [code, title] = HTTP_FAILURES[status] ?? [];
  if (code && title) return problem(status, code, title, trace);
  return problem(500, 'INTERNAL', '系统出错了，请把编号告诉管理员', trace);
}

function problem(status: number, code: string, title: string, trace: string): Problem {
  return { type: `urn:huiying:problem:${code}`, title, status, code, trace };
}

function statusOf(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return 500;
  return Number(thrown.statusCode);
}
