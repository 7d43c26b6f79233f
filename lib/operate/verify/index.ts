export { askCallerArn } from './caller';
export { type AwsCredentialIdentityProvider, credentialsFromChain, loadCredentials } from './credentials';
export { type DeclaredLogin, KNOWN_AT_APPLY } from './declared-login';
export type { Diagnosis } from './diagnose';
export { renderReport } from './render-report';
export type { PathReport, VerifyReport } from './report';
export { verify } from './verify';
export { type Reason, whyRefused } from './why-refused';
