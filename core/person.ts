import { z } from 'zod';

/** Roles of the office; who may do what stands with the rule that asks for the role. */
export const ROLES = [
  'monitor',
  'dutyOfficer',
  'analyst',
  'opinionLead',
  'coordinator',
  'liaison',
  'handler',
  'unitHead',
  'deputyLeader',
  'principal',
  'spokesperson',
  'secrecyReviewer',
  'releaseReviewer',
  'publisher',
  'supervisor',
  'inspector',
  'publicityOffice',
  'cyberspaceOffice',
  'emergencyOffice',
  'governmentOffice',
  'higherOffice',
  'sysAdmin',
  'secAdmin',
  'auditAdmin',
] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  monitor: '监测员',
  dutyOfficer: '值班员',
  analyst: '研判员',
  opinionLead: '舆情工作负责人',
  coordinator: '综合协调',
  liaison: '联络员',
  handler: '承办人',
  unitHead: '单位负责人',
  deputyLeader: '分管领导',
  principal: '主要负责人',
  spokesperson: '新闻发言人',
  secrecyReviewer: '保密审查员',
  releaseReviewer: '审核人',
  publisher: '发布人员',
  supervisor: '督办员',
  inspector: '纪检监督',
  publicityOffice: '宣传部门',
  cyberspaceOffice: '网信部门',
  emergencyOffice: '应急（总值班室）',
  governmentOffice: '同级政府办公室',
  higherOffice: '上级主管部门',
  sysAdmin: '系统管理员',
  secAdmin: '安全管理员',
  auditAdmin: '审计管理员',
};

/** The three administrators hold no business role, nor each other's. */
export const ADMIN_ROLES: readonly Role[] = ['sysAdmin', 'secAdmin', 'auditAdmin'];

/** Who acts, as written beside the act. */
export const ActorSchema = z.object({ personId: z.string(), name: z.string() });
export type Actor = Readonly<z.infer<typeof ActorSchema>>;

/** The machine, where a rule and not a person acted. */
export const MACHINE: Actor = { personId: 'machine', name: '系统' };

/** 动态口令: what a person's authenticator knows too, encrypted under a key of the folder. */
const SecondFactorSchema = z.object({
  sealed: z.string(),
  /** When its first code was given. */
  since: z.coerce.date(),
  /** The step of the newest code that was used; none at or before it counts again. */
  usedStep: z.int(),
});

/** A person of the office: may sign in, hold roles, be reached. */
export const PersonSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(z.never()).default([]),
  name: z.string().min(1),
  signInName: z.string().min(1),
  unit: z.string().default(''),
  roles: z.array(RoleSchema),
  email: z.email().optional(),
  phone: z.string().optional(),
  /** scrypt, salted; absent until a password was set. */
  passwordHash: z.string().optional(),
  mustChangePassword: z.boolean().default(false),
  /** Absent until it was set up. */
  secondFactor: SecondFactorSchema.optional(),
  /** Shown, and not confirmed by a code yet. */
  offeredFactor: z.object({ sealed: z.string(), at: z.coerce.date() }).optional(),
  isDisabled: z.boolean().default(false),
  createdAt: z.coerce.date(),
});
export type Person = Readonly<z.infer<typeof PersonSchema>>;

export const actorOf = (person: Person): Actor => ({ personId: person.id, name: person.name });

export const hasRole = (person: Person, ...roles: readonly Role[]): boolean =>
  roles.some((role) => person.roles.includes(role));
