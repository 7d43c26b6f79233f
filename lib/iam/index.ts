export { canonicalArn, parsePrincipal, type Principal } from './principal';
export { type Statement, statementsOf } from './statements';
