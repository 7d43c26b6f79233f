export { accessJson, accessReport, type AccessReport } from './access-report';
export { notJudgedOf, rulesOfGrant, type RulesOfPolicy } from './access-rows';
export { type Access, type Grant, type IdentityGroup, type LoginRole, ofType, readAccess } from './access';
export { accessPage } from './html/page';
export { matchPrincipal, type MatchRule, type PrincipalFacts, type RoleBinds } from './match-principal';
export { capabilitiesBy, type KnownRules, notJudged } from './policy-documents';
export { INSTANCE_BINDS, type PrincipalSet, widthOf } from './principal';
export { type Read, readTogether } from './read-together';
export { renderAccess } from './render-access';
