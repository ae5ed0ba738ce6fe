import { z } from 'zod';
import { Moment } from './common.ts';

export const RoleView = z.object({ role: z.string(), name: z.string() });

export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  signInName: z.string(),
  unit: z.string(),
  roles: z.array(RoleView),
  email: z.string().optional(),
  phone: z.string().optional(),
  isDisabled: z.boolean(),
  /** Whether some channel that is set up here reaches this person. */
  isReachable: z.boolean(),
  /** Whether this person has set up 动态口令; what it is nobody can read. */
  hasSecondFactor: z.boolean(),
});
export type PersonView = z.infer<typeof PersonView>;

/** POST /api/v1/people and PUT /api/v1/people/:personId. */
export const PersonBody = z.object({
  name: z.string().trim().min(1).max(50),
  signInName: z
    .string()
    .trim()
    .regex(/^[a-z0-9._-]{2,40}$/, '登录名：2–40 位小写字母、数字、. _ -'),
  unit: z.string().trim().max(100).default(''),
  roles: z.array(z.string()).min(1, '至少一个角色'),
  email: z.email('邮箱地址不完整').optional(),
  phone: z.string().trim().max(30).optional(),
  isDisabled: z.boolean().default(false),
});
export type PersonBody = z.infer<typeof PersonBody>;

/** A one-time password, shown once to the administrator who made the account. */
export const NewPersonView = z.object({ person: PersonView, oneTimePassword: z.string() });
export type NewPersonView = z.infer<typeof NewPersonView>;

export const DutyBody = z.object({
  firstId: z.string().optional(),
  secondId: z.string().optional(),
});
export type DutyBody = z.infer<typeof DutyBody>;

export const DutyView = z.object({
  /** Set by hand; in force only where there is no roster. */
  first: PersonView.optional(),
  second: PersonView.optional(),
  /** Whether a roster is in force. */
  hasRoster: z.boolean(),
  /** Who is on duty now, and why. */
  onDuty: z.array(
    z.object({
      seatName: z.string(),
      name: z.string(),
      reason: z.string(),
      until: Moment.optional(),
    }),
  ),
  /** What stands in the way of reaching somebody at each rung, in words; empty when all is well. */
  gaps: z.array(z.string()),
});
export type DutyView = z.infer<typeof DutyView>;

export const SignInBody = z.object({ signInName: z.string().min(1), password: z.string().min(1) });
export type SignInBody = z.infer<typeof SignInBody>;

export const ChangePasswordBody = z.object({
  oldPassword: z.string().min(1),
  newPassword: z.string().min(12, '至少 12 位').max(200),
});
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;

/** POST /api/v1/second-factor: what is to be typed into an authenticator, shown once. */
export const OfferFactorBody = z.object({ password: z.string().min(1) });
export const OfferedFactorView = z.object({ secret: z.string(), link: z.string() });
export type OfferedFactorView = z.infer<typeof OfferedFactorView>;

/** POST /api/v1/second-factor/confirmation */
export const ConfirmFactorBody = z.object({ code: z.string().trim().max(20) });

export const MeView = z.object({
  person: PersonView,
  mustChangePassword: z.boolean(),
  /** Sent back as `X-CSRF-Token` with every change. */
  csrfToken: z.string(),
  isDrill: z.boolean(),
  officeName: z.string(),
});
export type MeView = z.infer<typeof MeView>;
