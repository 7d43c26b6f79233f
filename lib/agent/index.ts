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
export { type AgentItem, agentItems } from './agent-item';
export { type AgentEffect, type AgentProblem, describeProblem, EFFECTS } from './agent-problem';
export { withSecretsOf } from './agent-secrets';
export type { AgentRole, AgentTarget } from './agent-target';
export { type AgentFileReport, checkAgentText, renderAgentFileReport } from './check-agent-file';
export { checkAgent, checkAgentConfig, mountPathOf } from './check-agent';
export { fittingAgent, fittingRegion, withoutStaticSecrets } from './fitting';
export { type KubernetesOptions, renderKubernetes } from './kubernetes';
export { parseAgentConfig } from './parse-config';
export { renderAgentHcl } from './render-hcl';
export { renderAgentJson } from './render-json';
export { renderSystemdUnit, type SystemdOptions } from './systemd';
export { writePrivate } from './write-private';
