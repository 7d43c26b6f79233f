export {
  chooseAgent,
  type DeclaredAgent,
  declaredAgents,
  type DeployedStack,
  guideAgents,
} from './declared-agents';
export { declaredLogin } from './declared-login';
export { stackLogin } from './stack-login';
export { testUserCredentials } from './test-user-credentials';
