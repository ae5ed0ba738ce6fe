import type { Person, Role } from '#core';

/** A person of the office; the name is the id and the sign-in name too. */
export function aPerson(name: string, roles: readonly Role[], more: Partial<Person> = {}): Person {
  return {
    id: name,
    revision: 1,
    effects: [],
    name,
    signInName: name,
    unit: '市政府办公室',
    roles: [...roles],
    mustChangePassword: false,
    isDisabled: false,
    createdAt: new Date('2026-01-05T01:00:00Z'),
    ...more,
  };
}

/** The smallest office that can answer: who drafts, who reviews, who signs, who publishes. */
export const office = {
  handler: aPerson('骆书桥', ['handler']),
  otherHandler: aPerson('丁维安', ['handler']),
  reviewer: aPerson('陶知夏', ['releaseReviewer']),
  secrecy: aPerson('衡亦轩', ['secrecyReviewer']),
  deputy: aPerson('纪文澜', ['deputyLeader']),
  principal: aPerson('方景亭', ['principal']),
  publisher: aPerson('简若汀', ['publisher']),
  dutyOfficer: aPerson('顾明远', ['dutyOfficer']),
} as const;
