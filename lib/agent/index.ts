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
export { renderAgentHcl } from './render-hcl';
