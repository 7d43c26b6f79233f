import { type AgentBlock, valueOf } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import { type AgentTarget, isKnown } from './agent-target';
import { STS_REGIONS } from './sts-regions';

/** The agent's region if `region` is not set. Source: `DefaultRegion` in go-secure-stdlib/awsutil 0.3.0. */
const DEFAULT_REGION = 'us-east-1';

/**
 * The problems for which Vault would refuse a signed login: its header and its region.
 *
 * @param config the `config` of the method, of type iam
 */
export function checkLogin(config: AgentBlock, target: AgentTarget): AgentProblem[] {
  return [...checkHeader(config, target), ...checkRegion(config, target)];
}

/** Source: `validateVaultHeaderValue` in `builtin/credential/aws/path_login.go` of Vault (1.21.1). */
function checkHeader(config: AgentBlock, { serverIdHeader }: AgentTarget): AgentProblem[] {
  const given = valueOf(config, 'header_value');
  if (typeof given !== 'string' && given !== undefined) {
    return [];
  }
  if (!isKnown(`${given}${serverIdHeader}`) || (given ?? '') === (serverIdHeader ?? '')) {
    return [];
  }
  if (serverIdHeader === undefined) {
    const rule =
      'must be left out: the mount compares no server ID, so it does not prevent a replay of the login';
    return [agentProblem(config, 'header_value', 'ignored', rule, given)];
  }
  const rule = `must be '${serverIdHeader}', the server ID of the mount`;
  return [agentProblem(config, 'header_value', 'login', rule, given ?? '')];
}

/**
 * The login is signed for the agent's region, and STS takes a signature for its own region only.
 *
 * Vault decides which STS that is: the STS of its client configuration, else the global STS, whose region is
 * us-east-1. With `use_sts_region_from_client` it is the STS of the signature's region, if Vault knows that
 * region.
 *
 * Source: `pathLoginIamGetRoleNameCallerIdAndEntity` and `stsRegionalEndpoint` in
 * `builtin/credential/aws/path_login.go` of Vault (1.21.1), `GenerateLoginData` and `GetRegion` in
 * go-secure-stdlib/awsutil 0.3.0; Vault issues 28720, 15088 and 11067.
 */
function checkRegion(config: AgentBlock, target: AgentTarget): AgentProblem[] {
  const given = valueOf(config, 'region');
  const region = given ?? DEFAULT_REGION;
  const wanted = target.stsRegion ?? DEFAULT_REGION;
  if (typeof region !== 'string' || !isKnown(region + wanted)) {
    return [];
  }
  const refuse = (rule: string) => [
    agentProblem(
      config,
      'region',
      'login',
      given === undefined ? `${rule}; without it the agent uses ${DEFAULT_REGION}` : rule,
      given,
    ),
  ];
  if (target.useStsRegionFromClient) {
    // The agent detects an empty region, and Vault uses the detected one.
    return region === '' || STS_REGIONS.includes(region)
      ? []
      : refuse(
          'must be a region whose STS Vault 1.21.1 knows: with use_sts_region_from_client Vault sends the login there',
        );
  }
  if (region === wanted) {
    return [];
  }
  const asks =
    target.stsRegion === undefined
      ? `Vault asks the global STS, which accepts signatures for this region only`
      : `Vault's STS endpoint accepts signatures for this region only`;
  return refuse(
    region === ''
      ? `must be '${wanted}': ${asks}, and the agent would detect the region of its machine`
      : `must be '${wanted}': ${asks}`,
  );
}
