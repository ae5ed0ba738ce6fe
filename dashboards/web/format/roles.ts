/** Roles with their words, for lists that carry only codes (docs/glossary.md). */
export const ROLES: readonly (readonly [role: string, name: string])[] = [
  ['monitor', '监测员'],
  ['dutyOfficer', '值班员'],
  ['analyst', '研判员'],
  ['opinionLead', '舆情工作负责人'],
  ['coordinator', '综合协调'],
  ['liaison', '联络员'],
  ['handler', '承办人'],
  ['unitHead', '单位负责人'],
  ['deputyLeader', '分管领导'],
  ['principal', '主要负责人'],
  ['spokesperson', '新闻发言人'],
  ['secrecyReviewer', '保密审查员'],
  ['releaseReviewer', '审核人'],
  ['publisher', '发布人员'],
  ['supervisor', '督办员'],
  ['inspector', '纪检监督'],
  ['publicityOffice', '宣传部门'],
  ['cyberspaceOffice', '网信部门'],
  ['emergencyOffice', '应急（总值班室）'],
  ['governmentOffice', '同级政府办公室'],
  ['higherOffice', '上级主管部门'],
  ['sysAdmin', '系统管理员'],
  ['secAdmin', '安全管理员'],
  ['auditAdmin', '审计管理员'],
];

const WORDS = new Map(ROLES);

export const roleWord = (role: string): string => WORDS.get(role) ?? role;
