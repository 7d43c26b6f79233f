export type {
  AgentConfig,
  AgentVault,
  AutoAuth,
  AwsMethod,
  AwsMethodType,
  PlainBlock,
  PlainBody,
  PlainValue,
  Sink,
} from './agent-config';
export type { AgentItem } from './agent-item';
export { type AgentEffect, type AgentProblem, describeProblem, EFFECTS } from './agent-problem';
export type { AgentRole, AgentTarget } from './agent-target';
export { withSecretsOf } from './agent-secrets';
export { checkAgent, checkAgentConfig } from './check-agent';
export { fittingAgent, fittingRegion, withoutSecrets } from './fitting';
export { renderAgentHcl } from './render-hcl';
export { renderAgentJson } from './render-json';
export { writePrivate } from './write-private';
